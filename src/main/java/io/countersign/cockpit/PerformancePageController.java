package io.countersign.cockpit;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.InternalResourceView;

/** The numbers on a page of their own, for phones: Cockpit itself is too wide for them. */
@Controller
class PerformancePageController {

  @GetMapping("/performance")
  View page() {
    return new InternalResourceView("/assets/performance/page.html");
  }
}
