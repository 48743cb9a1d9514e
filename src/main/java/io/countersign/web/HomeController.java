package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.shared.Role;
import java.util.Arrays;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.view.RedirectView;

/** Sends people who open the bare address to where their work is. */
@Controller
class HomeController {

  private final Callers callers;

  HomeController(Callers callers) {
    this.callers = callers;
  }

  @GetMapping("/")
  RedirectView home() {
    return new RedirectView("/camunda/app/" + app(callers.current()) + "/default/", true);
  }

  private static String app(Caller person) {
    if (Arrays.stream(Role.values()).anyMatch(role -> role.decides() && person.has(role))) {
      return "tasklist";
    }
    boolean looksOn =
        person.has(Role.MANAGER) || person.has(Role.AUDITOR) || person.has(Role.OPERATOR);
    return looksOn ? "cockpit" : "welcome";
  }
}
