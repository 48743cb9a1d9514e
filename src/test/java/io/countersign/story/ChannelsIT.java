package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class ChannelsIT {

  private static final String CHANNELS = "/api/v1/me/channels";
  private static final String HOURS =
      "{\"from\":\"22:00\",\"to\":\"07:00\",\"zone\":\"Europe/Berlin\"}";

  private final Story story = Story.shared();

  @AfterEach
  void asBefore() {
    put("rita", "{\"channels\":[\"email\"]}");
  }

  @Test
  void keepsWhatAPersonSays() {
    assertThat(get("raj").get("channels")).isEqualTo(Story.json("[\"email\"]"));
    assertThat(get("raj").has("quietHours")).isFalse();

    JsonNode said = Story.json(put("rita", "{\"channels\":[],\"quietHours\":" + HOURS + "}"));
    assertThat(said).isEqualTo(get("rita"));
    assertThat(said.get("channels")).isEmpty();
    assertThat(said.get("quietHours")).isEqualTo(Story.json(HOURS));
    assertThat(said.get("personal")).isEqualTo(Story.json("[\"email\"]"));
    assertThat(said.get("configured")).as("there is no mail server here").isEmpty();

    assertThat(get("raj").get("channels")).isEqualTo(Story.json("[\"email\"]"));
  }

  @Test
  void recordsEachChangeOnceAndNamesNobody() {
    put("rita", "{\"channels\":[\"email\"]}");
    long before = recorded();
    put("rita", "{\"channels\":[\"email\"],\"quietHours\":" + HOURS + "}");
    put("rita", "{\"quietHours\":" + HOURS + ",\"channels\":[\"email\",\"email\"]}");

    assertThat(recorded()).isEqualTo(before + 1);
    assertThat(
            jdbc()
                .sql("select facts from audit_entry where type = 'channels.chosen'")
                .query(String.class)
                .list())
        .allSatisfy(facts -> assertThat(facts).doesNotContain("rita", "Berlin"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                | 422 | /channels
          []                                                                | 422 | JSON object
          {"channels":                                                      | 400 | malformed-json
          {"channels":[],"channels":[]}                                     | 400 | malformed-json
          {"channels":"email"}                                              | 422 | /channels
          {"channels":[7]}                                                  | 422 | /channels
          {"channels":["webhook"]}                                          | 422 | /channels
          {"channels":["pager"]}                                            | 422 | /channels
          {"channels":[],"person":"raj"}                                    | 422 | only channels
          {"channels":[],"quietHours":"always"}                             | 422 | /quietHours
          {"channels":[],"quietHours":[]}                                   | 422 | /quietHours
          {"channels":[],"quietHours":{"from":"22:00","to":"07:00"}}        | 422 | /quietHours/zone
          {"channels":[],"quietHours":{"from":"24:00","to":"07:00","zone":"UTC"}} | 422 | /quietHours/from
          {"channels":[],"quietHours":{"from":"22","to":"07:00","zone":"UTC"}}    | 422 | /quietHours/from
          {"channels":[],"quietHours":{"from":"22:00","to":"22:00","zone":"UTC"}} | 422 | /quietHours/to
          {"channels":[],"quietHours":{"from":"22:00","to":7,"zone":"UTC"}}       | 422 | /quietHours/to
          {"channels":[],"quietHours":{"from":"22:00","to":"07:00","zone":"Mars/Base"}} | 422 | /quietHours/zone
          {"channels":[],"quietHours":{"from":"22:00","to":"07:00","zone":"+02:00"}} | 422 | /quietHours/zone
          {"channels":[],"quietHours":{"from":"22:00","to":"07:00","zone":"UTC","x":1}} | 422 | /quietHours
          """)
  void refusesWhatIsNoWishAndKeepsTheOneBefore(String body, int status, String says) {
    put("rita", "{\"channels\":[\"email\"],\"quietHours\":" + HOURS + "}");
    JsonNode kept = get("rita");

    HttpResponse<String> answer = put("rita", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(says);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(get("rita")).isEqualTo(kept);
  }

  @Test
  void showsThePageToWhoeverIsSignedIn() {
    HttpResponse<String> page = story.session("rita").get("/settings");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("/assets/settings/page.js");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'");

    assertThat(story.application().anybody().get("/settings").statusCode()).isEqualTo(302);
    var saved = story.session("rita").send("PUT", CHANNELS, Map.of(), "{\"channels\":[\"email\"]}");
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
    var forged =
        story
            .session("rita")
            .send("PUT", CHANNELS, Map.of("X-COUNTERSIGN-XSRF", "guessed"), "{\"channels\":[]}");
    assertThat(forged.statusCode()).isEqualTo(403);
  }

  private long recorded() {
    return jdbc()
        .sql("select count(*) from audit_entry where type = 'channels.chosen'")
        .query(Long.class)
        .single();
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(story.application().bean(DataSource.class));
  }

  private JsonNode get(String person) {
    return Story.json(story.application().commandLine(person).get(CHANNELS));
  }

  private HttpResponse<String> put(String person, String body) {
    return story.application().commandLine(person).send("PUT", CHANNELS, Map.of(), body);
  }
}
