package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people can say about being away, and what they cannot. */
class AbsenceIT {

  private static final String ABSENCE = "/api/v1/me/absence";
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final Story story = Story.shared();

  @AfterEach
  void comeBack() {
    assertThat(delete("rita").statusCode()).isEqualTo(204);
  }

  @Test
  void keepsWhatAPersonSaysUntilItIsReplacedOrEnded() {
    assertThat(get("rita").statusCode()).isEqualTo(404);
    String body = absence(NOW.plusSeconds(3600), NOW.plusSeconds(7200), "\"raj\"");

    assertThat(Story.json(put("rita", body))).isEqualTo(Story.json(body));
    assertThat(Story.json(get("rita"))).isEqualTo(Story.json(body));
    assertThat(get("raj").statusCode()).isEqualTo(404);

    String alone = absence(NOW.plusSeconds(60), NOW.plusSeconds(120), "null");
    assertThat(put("rita", alone).statusCode()).isEqualTo(200);
    assertThat(Story.json(get("rita")).has("backup")).isFalse();

    assertThat(delete("rita").statusCode()).isEqualTo(204);
    assertThat(get("rita").statusCode()).isEqualTo(404);
  }

  @Test
  void recordsEachChangeOnceAndNamesNobody() {
    long before = recorded("absence.noted");
    String body = absence(NOW.plusSeconds(3600), NOW.plusSeconds(7200), "\"raj\"");

    put("rita", body);
    put("rita", body);
    assertThat(recorded("absence.noted")).isEqualTo(before + 1);

    long ended = recorded("absence.ended");
    delete("rita");
    delete("rita");
    assertThat(recorded("absence.ended")).isEqualTo(ended + 1);
    assertThat(
            JdbcClient.create(story.application().bean(DataSource.class))
                .sql("select facts from audit_entry where type like 'absence.%'")
                .query(String.class)
                .list())
        .allSatisfy(facts -> assertThat(facts).doesNotContain("rita", "raj"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                         | 422 | /from
          []                                                         | 422 | JSON object
          {"from":"                                                  | 400 | malformed-json
          {"from":"a","from":"b"}                                    | 400 | malformed-json
          {"from":1,"to":"$2"}                                       | 422 | /from
          {"from":"tomorrow","to":"$2"}                              | 422 | /from
          {"from":"2027-08-02","to":"$2"}                            | 422 | /from
          {"from":"+999999999-01-01T00:00:00Z","to":"$2"}            | 422 | /from
          {"from":"$1"}                                              | 422 | /to
          {"from":"$1","to":null}                                    | 422 | /to
          {"from":"$2","to":"$1"}                                    | 422 | /to
          {"from":"$1","to":"$1"}                                    | 422 | /to
          {"from":"$-2","to":"$-1"}                                  | 422 | /to
          {"from":"$1","to":"$368"}                                  | 422 | a year
          {"from":"$1","to":"$2","backup":7}                         | 422 | /backup
          {"from":"$1","to":"$2","backup":""}                        | 422 | /backup
          {"from":"$1","to":"$2","backup":"rita"}                    | 422 | /backup
          {"from":"$1","to":"$2","backup":"RITA"}                    | 422 | /backup
          {"from":"$1","to":"$2","backup":"nobody-here"}             | 422 | /backup
          {"from":"$1","to":"$2","backup":"fiona"}                   | 422 | /backup
          {"from":"$1","to":"$2","backup":"mona"}                    | 422 | /backup
          {"from":"$1","to":"$2","backup":"service-account-billing-agent"} | 422 | /backup
          {"from":"$1","to":"$2","subject":"x"}                      | 422 | only from, to, backup
          """)
  void refusesWhatIsNoAbsenceAndKeepsTheOneBefore(String template, int status, String says) {
    String kept = absence(NOW.plusSeconds(3600), NOW.plusSeconds(7200), "\"raj\"");
    put("rita", kept);

    HttpResponse<String> answer = put("rita", days(template));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(says);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Story.json(get("rita"))).isEqualTo(Story.json(kept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$1", "$2", "$-400", "$9999999"})
  void answersTimesAtTheEdgeWithoutFailing(String from) {
    String template = "{\"from\":\"" + from + "\",\"to\":\"$365\"}";

    assertThat(put("rita", days(template)).statusCode()).isIn(200, 422);
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    assertThat(put("rita", "{\"backup\":\"" + "x".repeat(5000) + "\"}").statusCode())
        .isEqualTo(413);
  }

  @Test
  void opensToPeopleOnlyAndAsksSessionsForTheTokenAgainstForgery() {
    String body = absence(NOW.plusSeconds(3600), NOW.plusSeconds(7200), "null");
    for (Visitor other :
        List.of(
            story.application().agent("billing-agent"),
            story.application().agent("action-executor"))) {
      assertThat(other.send("PUT", ABSENCE, Map.of(), body).statusCode()).isEqualTo(403);
      assertThat(other.get(ABSENCE).statusCode()).isEqualTo(403);
    }
    assertThat(story.application().anybody().send("PUT", ABSENCE, Map.of(), body).statusCode())
        .isEqualTo(401);

    Visitor session = story.session("rita");
    Map<String, String> forged = Map.of("X-COUNTERSIGN-XSRF", "");
    assertThat(session.send("PUT", ABSENCE, forged, body).statusCode()).isEqualTo(403);
    assertThat(session.send("DELETE", ABSENCE, forged, "").statusCode()).isEqualTo(403);
    assertThat(session.send("PUT", ABSENCE, Map.of(), body).statusCode()).isEqualTo(200);
  }

  @Test
  void takesTwoAtOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try {
      String body = absence(NOW.minusSeconds(60), NOW.plusSeconds(7200), "\"raj\"");
      Callable<Integer> call = () -> put("rita", body).statusCode();
      for (int round = 0; round < 5; round++) {
        delete("rita");
        for (Future<Integer> answer : threads.invokeAll(List.of(call, call, call, call))) {
          assertThat(answer.get()).isEqualTo(200);
        }
      }
      assertThat(Story.json(get("rita"))).isEqualTo(Story.json(body));
    } finally {
      threads.shutdownNow();
    }
  }

  private static String days(String template) {
    String body = template;
    for (String number : List.of("9999999", "-400", "368", "365", "-2", "-1", "1", "2")) {
      body =
          body.replace("$" + number, NOW.plus(Long.parseLong(number), ChronoUnit.DAYS).toString());
    }
    return body;
  }

  private static String absence(Instant from, Instant to, String backup) {
    return "{\"from\":\"%s\",\"to\":\"%s\",\"backup\":%s}".formatted(from, to, backup);
  }

  private HttpResponse<String> put(String person, String body) {
    return story.application().commandLine(person).send("PUT", ABSENCE, Map.of(), body);
  }

  private HttpResponse<String> get(String person) {
    return story.application().commandLine(person).get(ABSENCE);
  }

  private HttpResponse<String> delete(String person) {
    return story.application().commandLine(person).send("DELETE", ABSENCE, Map.of(), "");
  }

  private long recorded(String type) {
    return JdbcClient.create(story.application().bean(DataSource.class))
        .sql("select count(*) from audit_entry where type = ?")
        .param(type)
        .query(Long.class)
        .single();
  }
}
