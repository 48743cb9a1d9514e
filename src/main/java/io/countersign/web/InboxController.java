package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.request.Inbox;
import io.countersign.request.InboxQuery;
import io.countersign.request.Stage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the caller may decide now, most consequential first. */
@RestController
class InboxController {

  private final Inbox inbox;
  private final InboxStreams streams;
  private final Callers callers;

  InboxController(Inbox inbox, InboxStreams streams, Callers callers) {
    this.inbox = inbox;
    this.streams = streams;
    this.callers = callers;
  }

  /** One page, and how much there is in all. */
  record Page(
      List<InboxItem> items, long count, List<Inbox.Group> groups, @Nullable String nextCursor) {}

  @GetMapping(path = "/api/v1/inbox", produces = MediaType.APPLICATION_JSON_VALUE)
  Page list(
      @RequestParam Optional<String> action,
      @RequestParam Optional<String> severity,
      @RequestParam Optional<String> held,
      @RequestParam Optional<String> cursor,
      @RequestParam(defaultValue = "50") String limit) {
    Caller caller = callers.current();
    int size = InboxAddress.limit(limit);
    InboxQuery query =
        new InboxQuery(
            new InboxQuery.Person(caller.subject(), caller.name(), InboxAddress.deciding(caller)),
            InboxAddress.given(action),
            InboxAddress.severity(severity),
            InboxAddress.held(held),
            InboxAddress.place(cursor),
            size + 1);
    List<Stage> found = inbox.page(query);
    List<Stage> shown = found.subList(0, Math.min(size, found.size()));
    List<Inbox.Group> groups = inbox.groups(query);
    return new Page(
        shown.stream().map(stage -> InboxItem.of(stage, caller)).toList(),
        groups.stream().mapToLong(Inbox.Group::count).sum(),
        groups,
        found.size() > size ? InboxAddress.cursor(shown.get(size - 1)) : null);
  }

  /** An event {@code changed} whenever that list may read differently (server-sent events). */
  @GetMapping(path = "/api/v1/inbox/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(HttpServletRequest request, HttpServletResponse response) {
    Caller caller = callers.current();
    streams.open(caller.subject(), InboxAddress.deciding(caller), request, response);
  }
}
