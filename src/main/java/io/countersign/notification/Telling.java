package io.countersign.notification;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.notification.ReviewFacts.Asked;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Stage;
import io.countersign.shared.Channel;
import io.countersign.shared.ChannelRules;
import io.countersign.shared.StageKind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds out who is to be told what. It looks at how the request stands now, whatever it was when
 * the notice was written: told twice, nobody hears anything twice.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Telling {

  /** So that an entry of the record stays small, however many hold a role. */
  private static final int MOST_NAMED = 200;

  private final ApprovalRequests requests;
  private final ReviewFacts facts;
  private final Choices choices;
  private final ChannelRules rules;
  private final ToldRows told;
  private final AuditTrail audit;
  private final Clock clock;

  Telling(
      ApprovalRequests requests,
      ReviewFacts facts,
      Choices choices,
      ChannelRules rules,
      ToldRows told,
      AuditTrail audit,
      Clock clock) {
    this.requests = requests;
    this.facts = facts;
    this.choices = choices;
    this.rules = rules;
    this.told = told;
    this.audit = audit;
    this.clock = clock;
  }

  /** A recipient of a channel. */
  private record Place(Channel channel, String recipient) {
    static Place of(Told row) {
      return new Place(row.channel(), row.recipient());
    }
  }

  /**
   * Puts into the outbox what the notice makes necessary.
   *
   * @throws ReviewFacts.NotKnownNow if nobody can say who is asked
   */
  void tell(Notice notice) {
    Optional<ApprovalRequest> found =
        requests.find(notice.request()).filter(request -> request.erasedAt().isEmpty());
    if (found.isEmpty()) {
      told.of(notice.request()).forEach(told::remove);
      return;
    }
    ApprovalRequest request = found.get();
    List<Told> before = told.of(request.id());
    List<Told> said = new ArrayList<>();
    Map<Stage, List<Asked>> asked = new LinkedHashMap<>();
    open(request).forEach(stage -> asked.put(stage, facts.asked(stage)));
    asked.forEach(
        (stage, people) -> {
          if (notice.stage().equals(Optional.of(stage.id()))) {
            said.addAll(say(stage, people, notice.saying(), before));
          }
        });
    // Also who waits for whoever holds it: they may give it back.
    Set<Place> waiting =
        asked.values().stream()
            .flatMap(List::stream)
            .flatMap(this::places)
            .collect(Collectors.toCollection(HashSet::new));
    before.stream()
        .filter(row -> row.saying() != Saying.CLOSED && !waiting.contains(Place.of(row)))
        .forEach(row -> close(request, row).ifPresent(said::add));
    record(notice, request, said);
  }

  /** Those that wait for a person, and those whose question the agent has yet to answer. */
  static Stream<Stage> open(ApprovalRequest request) {
    boolean closed = !request.status().isOpen() && !request.isWithinItsWindow();
    return request.stages().stream()
        .filter(stage -> !closed && stage.kind() == StageKind.PERSON)
        .filter(stage -> stage.status().isRunning());
  }

  private Stream<Place> places(Asked person) {
    return choices
        .channels()
        .flatMap(
            channel ->
                channel
                    .recipient(person)
                    .map(recipient -> new Place(channel.channel(), recipient))
                    .stream());
  }

  private List<Told> say(Stage stage, List<Asked> people, Saying saying, List<Told> before) {
    if (!stage.status().isOpen()) {
      return List.of();
    }
    Set<Place> knowing =
        before.stream()
            .filter(row -> row.saying() != Saying.CLOSED)
            .map(Place::of)
            .collect(Collectors.toCollection(HashSet::new));
    List<Told> said = new ArrayList<>();
    Set<Place> heard = new HashSet<>();
    for (Asked person : people.stream().filter(Asked::now).toList()) {
      for (Choices.Choice choice : choices.of(person, stage.request(), saying)) {
        Place place = new Place(choice.channel().channel(), choice.recipient());
        boolean news = !knowing.contains(place) || isNewsAnyway(choice, stage, saying);
        if (news && heard.add(place)) {
          said.add(take(choice, place, stage.request(), saying));
        }
      }
    }
    return said;
  }

  /** A reminder is for those who know. So is what has come back, or was given, to one of them. */
  private static boolean isNewsAnyway(Choices.Choice choice, Stage stage, Saying saying) {
    return saying == Saying.REMINDED
        || stage.assignee().isPresent()
        || !choice.channel().isPersonal();
  }

  private Told take(Choices.Choice choice, Place place, ApprovalRequest request, Saying saying) {
    Told row = told.say(request.id(), place.channel(), place.recipient(), saying, clock.instant());
    choice.channel().take(row, request, choice.notBefore());
    return row;
  }

  /** Whoever decided, or left it to others, knows. */
  private Optional<Told> close(ApprovalRequest request, Told row) {
    Optional<PeopleChannel> channel = choices.channel(row.channel());
    if (channel.isEmpty() || knows(request, row, channel.get())) {
      told.remove(row);
      return Optional.empty();
    }
    Instant now = clock.instant();
    Told last = told.say(request.id(), row.channel(), row.recipient(), Saying.CLOSED, now);
    channel.get().take(last, request, choices.quietEnd(last, request));
    return Optional.of(last);
  }

  private static boolean knows(ApprovalRequest request, Told row, PeopleChannel channel) {
    String person = row.recipient();
    return channel.isPersonal()
        && (request.stages().stream()
                .flatMap(stage -> stage.votes().stream())
                .anyMatch(vote -> vote.person().equals(person))
            || request.handovers().stream().anyMatch(it -> it.person().equals(person)));
  }

  private void record(Notice notice, ApprovalRequest request, List<Told> said) {
    if (!said.isEmpty()) {
      audit.append(
          AuditEvent.of(
              "people.told",
              request.id(),
              "system",
              Map.of(
                  "saying", notice.saying().wire(),
                  "number", said.size(),
                  "recipients", said.stream().limit(MOST_NAMED).map(Telling::named).toList(),
                  "channelsVersion", rules.version())));
    }
  }

  private static String named(Told row) {
    return row.channel().wire() + ":" + row.recipient();
  }
}
