package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.InternalResourceView;

/**
 * Where the links lead that agents and messages carry. They carry no authority: whoever follows one
 * signs in, and reading changes nothing.
 */
@Controller
class ReviewLinkController {

  private final Visibility visibility;
  private final Callers callers;

  ReviewLinkController(Visibility visibility, Callers callers) {
    this.visibility = visibility;
    this.callers = callers;
  }

  /** The page of one request; it decides by a call of its own, as every other caller does. */
  @GetMapping("/review/{id}")
  ModelAndView review(@PathVariable String id) {
    Caller caller = callers.current();
    ModelAndView answer = new ModelAndView(new InternalResourceView("/assets/review/page.html"));
    if (RequestId.find(id).flatMap(found -> visibility.find(caller, found)).isEmpty()) {
      answer.setStatus(HttpStatus.NOT_FOUND);
    }
    return answer;
  }
}
