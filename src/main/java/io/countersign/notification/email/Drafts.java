package io.countersign.notification.email;

import io.countersign.notification.AgentText;
import io.countersign.notification.ChannelWishes;
import io.countersign.notification.Links;
import io.countersign.notification.QuietHours;
import io.countersign.notification.ReviewFacts;
import io.countersign.notification.ReviewFacts.Asked;
import io.countersign.notification.ReviewFacts.Wording;
import io.countersign.notification.Saying;
import io.countersign.notification.Told;
import io.countersign.notification.ToldRows;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Stage;
import io.countersign.shared.StageKind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Decides whether there still is something to say, and says it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Drafts {

  private static final int LONGEST_TITLE = 120;

  private final ToldRows told;
  private final ApprovalRequests requests;
  private final ReviewFacts facts;
  private final ChannelWishes wishes;
  private final Links links;

  Drafts(
      ToldRows told,
      ApprovalRequests requests,
      ReviewFacts facts,
      ChannelWishes wishes,
      Links links) {
    this.told = told;
    this.requests = requests;
    this.facts = facts;
    this.wishes = wishes;
    this.links = links;
  }

  /**
   * What to say, unless something newer is to be said or nothing is left to do.
   *
   * @throws ReviewFacts.NotKnownNow if nobody can say who is asked
   */
  Optional<Draft> of(Reference reference) {
    Optional<Told> row = told.find(reference.told()).filter(it -> it.turn() == reference.turn());
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Optional<Draft> draft =
        requests.find(row.get().request()).flatMap(request -> of(row.get(), request));
    if (draft.isEmpty() && row.get().sentTurn().isEmpty()) {
      told.remove(row.get());
    }
    return draft;
  }

  private Optional<Draft> of(Told row, ApprovalRequest request) {
    Letterhead head = new Letterhead(request, facts.wording(request), zone(row), links);
    if (row.saying() == Saying.CLOSED) {
      // Whoever heard nothing of it need not hear that it is over.
      return row.sentTurn().map(turn -> draft(row, head, ClosingLetter.of(head)));
    }
    return stageFor(row.recipient(), request)
        .map(place -> draft(row, head, AskingLetter.of(head, row.saying(), place)));
  }

  /** The open stage in which the person is asked now. */
  private Optional<AskingLetter.Place> stageFor(String subject, ApprovalRequest request) {
    boolean over = !request.status().isOpen() && !request.isWithinItsWindow();
    return request.stages().stream()
        .filter(stage -> !over && stage.kind() == StageKind.PERSON && stage.status().isOpen())
        .flatMap(stage -> asked(subject, stage).stream())
        .findFirst();
  }

  private List<AskingLetter.Place> asked(String subject, Stage stage) {
    return facts.asked(stage).stream()
        .filter(person -> person.now() && person.subject().equals(subject))
        .map(person -> place(stage, person))
        .toList();
  }

  private static AskingLetter.Place place(Stage stage, Asked person) {
    return new AskingLetter.Place(stage.deadline(), person.role(), stage.assignee().isPresent());
  }

  private ZoneId zone(Told row) {
    return wishes.of(row.recipient()).quietHours().map(QuietHours::zone).orElse(ZoneOffset.UTC);
  }

  private Draft draft(Told row, Letterhead head, LetterText letter) {
    String first = "<" + row.id() + "@" + links.host() + ">";
    boolean isFirst = told.firstTurn(row) == row.turn();
    Wording wording = head.wording();
    return new Draft(
        row.recipient(),
        isFirst ? first : "<" + row.id() + "." + row.turn() + "@" + links.host() + ">",
        isFirst ? Optional.empty() : Optional.of(first),
        "Countersign: " + AgentText.line(wording.title(), LONGEST_TITLE),
        letter.plain(),
        letter.html());
  }
}
