package io.countersign.review;

import static io.countersign.request.Requests.PROPOSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.engine.CompletionRefused;
import io.countersign.identity.Absence;
import io.countersign.identity.Caller;
import io.countersign.identity.Member;
import io.countersign.identity.SignIn;
import io.countersign.request.Requests;
import io.countersign.request.Stage;
import io.countersign.review.Assignment.Question;
import io.countersign.review.DecisionRules.Attempt;
import io.countersign.review.FourEyes.Given;
import io.countersign.review.FourEyes.Party;
import io.countersign.shared.AssignmentMode;
import io.countersign.shared.AssignmentPlan;
import io.countersign.shared.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In whatever company: nobody decides, or is asked for, what they stand behind. */
class FourEyesPropertyTest {

  private static final int COMPANIES = 20_000;

  private final Stage stage = Requests.underReview().stage("review");
  private int assigned;
  private int accepted;
  private int refused;

  @Test
  void letsNobodyDecideOrBeAskedWhoStandsBehindTheRequest() {
    IntStream.range(0, COMPANIES).mapToObj(Company::new).forEach(this::check);

    // Else the property would hold because nothing ever happened.
    assertThat(List.of(assigned, accepted, refused))
        .allSatisfy(times -> assertThat(times).isPositive());
  }

  private void check(Company company) {
    for (Member person : company.people) {
      boolean excluded = company.standsBehind(person);
      boolean decides = accepts(company, person);
      assertThat(decides && excluded).as("%s decides in %s", person, company).isFalse();
      assertThat(!decides && !excluded && company.members.contains(person))
          .as("%s is refused in %s without need", person, company)
          .isFalse();
      accepted += decides ? 1 : 0;
      refused += excluded ? 1 : 0;
    }
    Optional<Member> chosen = Assignment.choose(company.question()).person();
    chosen.ifPresent(
        person -> {
          assigned++;
          assertThat(company.standsBehind(person)).as("%s in %s", person, company).isFalse();
          assertThat(company.away).doesNotContainKey(person.subject());
          assertThat(company.members).contains(person);
        });
    boolean somebodyIsThere =
        company.members.stream()
            .anyMatch(
                one -> !company.standsBehind(one) && !company.away.containsKey(one.subject()));
    assertThat(chosen.isPresent())
        .as("somebody is there in %s", company)
        .isEqualTo(somebodyIsThere);
    company.people.forEach(
        person ->
            Assignment.backupOf(person.subject(), company.question())
                .ifPresent(
                    backup ->
                        assertThat(company.standsBehind(backup)).as("%s", company).isFalse()));
  }

  private boolean accepts(Company company, Member person) {
    Caller caller =
        new Caller(
            person.subject(),
            person.username(),
            Caller.Kind.PERSON,
            company.members.contains(person) ? Set.of(Role.REVIEWER) : Set.of(Role.MANAGER),
            Optional.empty(),
            SignIn.justNow(PROPOSED));
    try {
      DecisionRules.require(new Attempt(caller, stage, company.fourEyes, PROPOSED));
      return true;
    } catch (CompletionRefused no) {
      return false;
    }
  }

  /** People with names that others had before, roles, hand-ons and absences, at random. */
  private static final class Company {

    private final int seed;
    private final Random random;
    private final List<Member> people = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Absence> away = new HashMap<>();
    private final FourEyes fourEyes;

    Company(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      int size = 1 + random.nextInt(8);
      for (int i = 0; i < size; i++) {
        Member person =
            new Member(
                "s" + i, "n" + i, random.nextBoolean() ? Set.of("x") : Set.of(), random.nextInt(3));
        people.add(person);
        if (random.nextInt(4) > 0) {
          members.add(person);
        }
      }
      people.forEach(this::maybeAway);
      this.fourEyes = new FourEyes(parties(), handOns());
    }

    private List<Party> parties() {
      return IntStream.range(0, random.nextInt(3)).mapToObj(i -> party()).toList();
    }

    /** The name may be unknown, of somebody else by now, or in another case. */
    private Party party() {
      Optional<String> subject =
          random.nextBoolean() ? Optional.of(any().subject()) : Optional.empty();
      String name = any().username();
      return new Party(
          random.nextBoolean() ? name.toUpperCase(java.util.Locale.ROOT) : name, subject);
    }

    private List<Given> handOns() {
      return IntStream.range(0, random.nextInt(5))
          .mapToObj(i -> new Given(any().subject(), any().subject()))
          .filter(given -> !given.from().equals(given.to()))
          .toList();
    }

    private void maybeAway(Member person) {
      if (random.nextInt(3) > 0) {
        return;
      }
      Optional<Absence.Backup> backup =
          Optional.of(any())
              .filter(other -> !other.equals(person) && random.nextInt(4) > 0)
              .map(other -> new Absence.Backup(other.subject(), other.username()));
      away.put(
          person.subject(),
          new Absence(
              person.subject(), person.username(), PROPOSED, PROPOSED.plusSeconds(60), backup));
    }

    private Member any() {
      return people.get(random.nextInt(people.size()));
    }

    Question question() {
      Map<String, Long> held = new HashMap<>();
      people.forEach(one -> held.put(one.username(), (long) seed % 3));
      AssignmentPlan plan =
          new AssignmentPlan(
              AssignmentMode.LEAST_LOADED, seed % 2 == 0 ? Set.of("x") : Set.of(), seed % 3);
      return new Question("stage " + seed, members, away, fourEyes, Set.of(), plan, held);
    }

    /** Written down a second time, from the sentence in the guide. */
    boolean standsBehind(Member person) {
      boolean byName =
          fourEyes.parties().stream()
              .anyMatch(
                  party ->
                      party.subject().isEmpty()
                          && party.name().equalsIgnoreCase(person.username()));
      return byName || reached().contains(person.subject());
    }

    private Set<String> reached() {
      Set<String> seen = new HashSet<>();
      Deque<String> open = new ArrayDeque<>();
      fourEyes.parties().stream().flatMap(party -> party.subject().stream()).forEach(open::add);
      while (!open.isEmpty()) {
        String at = open.pop();
        if (seen.add(at)) {
          fourEyes.handOns().stream()
              .filter(given -> given.from().equals(at))
              .forEach(given -> open.push(given.to()));
        }
      }
      return seen;
    }

    @Override
    public String toString() {
      return "company " + seed + ": " + members + " " + away + " " + fourEyes;
    }
  }
}
