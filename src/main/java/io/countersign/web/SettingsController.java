package io.countersign.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.InternalResourceView;

/** The page on which people say how they want to be told; it saves by a call of its own. */
@Controller
class SettingsController {

  @GetMapping("/settings")
  ModelAndView settings() {
    return new ModelAndView(new InternalResourceView("/assets/settings/page.html"));
  }
}
