package io.countersign.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.review.FourEyes.Given;
import io.countersign.review.FourEyes.Party;
import io.countersign.shared.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FourEyesTest {

  private static final Party OWNER = new Party("mona", Optional.of("subject-of-mona"));

  @Test
  void refusesTheOwnerUnderWhateverName() {
    assertThat(refusal(eyes(OWNER), "subject-of-mona", "monique")).hasValue("own_request");
  }

  @Test
  void letsSomebodyElseDecideWhoGotTheOwnersOldName() {
    assertThat(refusal(eyes(OWNER), "subject-of-another", "mona")).isEmpty();
  }

  @Test
  void comparesNamesWhereNoSubjectIsKnownInAnyCase() {
    FourEyes eyes = eyes(new Party("Mona", Optional.empty()));

    assertThat(refusal(eyes, "subject-of-mona", "mona")).hasValue("own_request");
    assertThat(refusal(eyes, "subject-of-rita", "rita")).isEmpty();
  }

  @Test
  void refusesWhomTheAgentActsForBesidesTheOwner() {
    FourEyes eyes = eyes(OWNER, new Party("rita", Optional.of("subject-of-rita")));

    assertThat(refusal(eyes, "subject-of-rita", "rita")).hasValue("own_request");
    assertThat(refusal(eyes, "subject-of-mona", "mona")).hasValue("own_request");
  }

  @Test
  void refusesWhoGotItFromTheRequesterThroughHoweverManyHands() {
    FourEyes eyes =
        new FourEyes(
            List.of(OWNER),
            List.of(
                new Given("b", "c"),
                new Given("a", "b"),
                new Given("subject-of-mona", "a"),
                new Given("d", "e"),
                new Given("e", "d")));

    for (String receiver : List.of("a", "b", "c")) {
      assertThat(refusal(eyes, receiver, receiver)).hasValue("handed_on_by_requester");
    }
    for (String other : List.of("d", "e", "f")) {
      assertThat(refusal(eyes, other, other)).isEmpty();
    }
  }

  private static FourEyes eyes(Party... parties) {
    return new FourEyes(List.of(parties), List.of());
  }

  private static Optional<String> refusal(FourEyes eyes, String subject, String name) {
    return eyes.refusal(subject, name).map(Reason::rule);
  }
}
