package io.countersign.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.identity.Callers;
import io.countersign.notification.ChannelWishes;
import io.countersign.notification.QuietHours;
import io.countersign.notification.Wish;
import io.countersign.shared.Channel;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where people say by which channels, and when, they want to be told. */
@RestController
@RequestMapping(path = "/api/v1/me/channels", produces = MediaType.APPLICATION_JSON_VALUE)
class ChannelsController {

  private final ChannelsReader reader;
  private final ChannelWishes wishes;
  private final Callers callers;

  ChannelsController(ChannelsReader reader, ChannelWishes wishes, Callers callers) {
    this.reader = reader;
    this.wishes = wishes;
    this.callers = callers;
  }

  /** Quiet hours as they travel. */
  record Hours(String from, String to, String zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    static Hours of(QuietHours hours) {
      return new Hours(TIME.format(hours.from()), TIME.format(hours.to()), hours.zone().getId());
    }
  }

  /**
   * What holds for a person.
   *
   * @param personal the channels there are to choose from
   * @param configured those of them that work in this installation
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      List<Channel> channels,
      @Nullable Hours quietHours,
      List<Channel> personal,
      List<Channel> configured) {}

  /** How the caller is told. */
  @GetMapping
  View get() {
    return view(wishes.of(callers.current().subject()));
  }

  /** Replaces what the caller said before; the same again changes nothing. */
  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  View put(HttpServletRequest request) throws IOException {
    Wish wish = reader.read(request.getInputStream(), wishes.personal());
    return view(wishes.put(callers.current(), wish));
  }

  private View view(Wish wish) {
    return new View(
        wish.channels().stream().sorted().toList(),
        wish.quietHours().map(Hours::of).orElse(null),
        wishes.personal(),
        wishes.configured());
  }
}
