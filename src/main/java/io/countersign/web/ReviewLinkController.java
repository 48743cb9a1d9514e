package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.review.ReviewDecisions;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.InternalResourceView;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Where the links lead that agents and messages carry. They carry no authority: whoever follows one
 * signs in, and reading changes nothing.
 */
@Controller
class ReviewLinkController {

  private final Visibility visibility;
  private final ReviewDecisions decisions;
  private final Callers callers;

  ReviewLinkController(Visibility visibility, ReviewDecisions decisions, Callers callers) {
    this.visibility = visibility;
    this.decisions = decisions;
    this.callers = callers;
  }

  /** To the task in Tasklist while the caller may decide it; else to a page that only shows. */
  @GetMapping("/review/{id}")
  ModelAndView review(@PathVariable String id) {
    Caller caller = callers.current();
    Optional<ApprovalRequest> request =
        RequestId.find(id).flatMap(found -> visibility.find(caller, found));
    View view =
        request
            .flatMap(found -> decisions.openTaskFor(caller, found.id()))
            .<View>map(
                task -> new RedirectView("/camunda/app/tasklist/default/#/?task=" + task, true))
            .orElseGet(() -> new InternalResourceView("/assets/review/page.html"));
    ModelAndView answer = new ModelAndView(view);
    if (request.isEmpty()) {
      answer.setStatus(HttpStatus.NOT_FOUND);
    }
    return answer;
  }
}
