package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.ApprovalRequest;
import io.countersign.review.Visibility;
import io.countersign.shared.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.InternalResourceView;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where the links lead that agents and messages carry. They carry no authority: whoever follows one
 * signs in, and reading changes nothing.
 */
@Controller
class ReviewLinkController {

  private static final String UNDER_WAY = ReviewLinkController.class.getName() + ".signIn";

  private final RequestCache back = new HttpSessionRequestCache();
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

  /**
   * Lets somebody who is signed in prove again who they are, and leads back to the request. Comes
   * here twice: before the sign-in, and after it.
   */
  @GetMapping("/review/{id}/sign-in")
  RedirectView signInAgain(
      @PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession();
    boolean isBack = id.equals(session.getAttribute(UNDER_WAY));
    session.removeAttribute(UNDER_WAY);
    Optional<ApprovalRequest> wanted =
        RequestId.find(id).flatMap(found -> visibility.find(callers.current(), found));
    if (isBack || wanted.isEmpty()) {
      return new RedirectView(UriComponentsBuilder.fromPath("/review/{id}").build(id).toString());
    }
    session.setAttribute(UNDER_WAY, id);
    back.saveRequest(request, response);
    String levels = wanted.get().signIn().map(it -> String.join(" ", it.levels())).orElse("");
    return new RedirectView(
        UriComponentsBuilder.fromPath("/oauth2/authorization/keycloak")
            .queryParam("again", "{levels}")
            .build(levels)
            .toString());
  }
}
