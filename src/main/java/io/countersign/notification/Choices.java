package io.countersign.notification;

import io.countersign.notification.ReviewFacts.Asked;
import io.countersign.request.ApprovalRequest;
import io.countersign.shared.Channel;
import io.countersign.shared.ChannelRules;
import io.countersign.shared.ChannelRules.Situation;
import io.countersign.shared.ChannelRules.Way;
import io.countersign.shared.Severity;
import io.countersign.shared.Urgency;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Chooses the channels for one person: what the table says, and of that what they wish. */
@Component
class Choices {

  private final List<PeopleChannel> channels;
  private final ChannelRules rules;
  private final ChannelWishes wishes;
  private final Clock clock;

  Choices(List<PeopleChannel> channels, ChannelRules rules, ChannelWishes wishes, Clock clock) {
    this.channels = List.copyOf(channels);
    this.rules = rules;
    this.wishes = wishes;
    this.clock = clock;
  }

  /** One message to be sent. */
  record Choice(PeopleChannel channel, String recipient, Instant notBefore) {}

  /** Every channel that an operator has configured. */
  Stream<PeopleChannel> channels() {
    return channels.stream().filter(PeopleChannel::isOn);
  }

  Optional<PeopleChannel> channel(Channel name) {
    return channels().filter(it -> it.channel() == name).findFirst();
  }

  /** Where the person is told that. What is critical comes even where it is not wished for. */
  List<Choice> of(Asked person, ApprovalRequest request, Saying saying) {
    Wish wish = wishes.of(person.subject());
    List<Way> ways =
        rules
            .ways(
                new Situation(
                    request.urgency(),
                    request.severity().orElse(Severity.HIGH),
                    person.role(),
                    saying.occasion()))
            .stream()
            .sorted(Comparator.comparing(Way::channel))
            .toList();
    List<Choice> wished = choices(ways, person, request, wish, false);
    boolean reached = wished.stream().anyMatch(choice -> choice.channel().isPersonal());
    return reached || request.urgency() != Urgency.CRITICAL
        ? wished
        : choices(ways, person, request, wish, true);
  }

  private List<Choice> choices(
      List<Way> ways, Asked person, ApprovalRequest request, Wish wish, boolean all) {
    List<Choice> found = new ArrayList<>();
    for (Way way : ways) {
      channel(way.channel())
          .filter(it -> all || !it.isPersonal() || wish.channels().contains(it.channel()))
          .ifPresent(
              it ->
                  it.recipient(person)
                      .map(
                          recipient -> new Choice(it, recipient, notBefore(it, way, request, wish)))
                      .ifPresent(found::add));
    }
    return found;
  }

  private Instant notBefore(PeopleChannel channel, Way way, ApprovalRequest request, Wish wish) {
    boolean waits =
        channel.isPersonal() && way.keepsQuietHours() && request.urgency() != Urgency.CRITICAL;
    return waits ? quietEnd(wish) : clock.instant();
  }

  /** When somebody may hear that nothing is left to do. */
  Instant quietEnd(Told row, ApprovalRequest request) {
    boolean waits =
        request.urgency() != Urgency.CRITICAL
            && channel(row.channel()).filter(PeopleChannel::isPersonal).isPresent();
    return waits ? quietEnd(wishes.of(row.recipient())) : clock.instant();
  }

  private Instant quietEnd(Wish wish) {
    Instant now = clock.instant();
    return wish.quietHours().map(hours -> hours.after(now)).orElse(now);
  }
}
