package io.countersign.web;

import io.countersign.identity.Callers;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.view.InternalResourceView;

/** The inbox as a page, and what tells it to read again. */
@Controller
class InboxPageController {

  private final InboxStreams streams;
  private final Callers callers;

  InboxPageController(InboxStreams streams, Callers callers) {
    this.streams = streams;
    this.callers = callers;
  }

  @GetMapping("/inbox")
  View page() {
    return new InternalResourceView("/assets/inbox/page.html");
  }

  /** An event {@code changed} whenever the caller's inbox may read differently. */
  @GetMapping(path = "/api/v1/inbox/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events() {
    return streams.open(InboxAddress.deciding(callers.current()));
  }
}
