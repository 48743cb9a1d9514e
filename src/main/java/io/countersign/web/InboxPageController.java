package io.countersign.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.InternalResourceView;

/** The inbox as a page; it reads what waits by a call of its own. */
@Controller
class InboxPageController {

  @GetMapping("/inbox")
  View page() {
    return new InternalResourceView("/assets/inbox/page.html");
  }
}
