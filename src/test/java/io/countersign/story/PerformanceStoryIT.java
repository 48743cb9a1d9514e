package io.countersign.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import io.countersign.shared.RequestId;
import io.countersign.ui.Chromium;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class PerformanceStoryIT {

  private static final String PERFORMANCE = "/api/v1/performance";

  private static Story story;
  private static JsonNode approved;

  @BeforeAll
  static void decideSomething() {
    story = Story.start(Map.of());
    approved = story.proposeRefund("240.00");
    story.decides("rita", approved, "approve");
    JsonNode rejected = story.proposeRefundToReject("300.00");
    story.decides("raj", rejected, "reject", "reason", "It was refunded before.");
    story.proposeRefund("250.00");
    story.propose("billing-agent", Proposals.refund("12.00", 0.99));
  }

  @AfterAll
  static void stop() {
    story.close();
  }

  private static JsonNode report(String person) {
    HttpResponse<String> answer = story.application().commandLine(person).get(PERFORMANCE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Story.json(answer);
  }

  @Test
  void countsWhatHappened() {
    JsonNode report = report("mona");

    assertThat(report.at("/total/proposed").asInt()).isEqualTo(4);
    assertThat(report.at("/total/routes/auto_approve").asInt()).isEqualTo(1);
    assertThat(report.at("/total/asked/count").asInt()).isEqualTo(3);
    assertThat(report.at("/total/asked/closed").asInt()).isEqualTo(2);
    assertThat(report.at("/total/asked/rates/approved").asDouble()).isEqualTo(0.5);
    assertThat(report.at("/total/asked/rates/rejected").asDouble()).isEqualTo(0.5);
    assertThat(report.at("/total/decisions/timed").asInt()).isEqualTo(2);
    assertThat(report.at("/total/decisions/medianSeconds").asDouble()).isBetween(0.0, 60.0);
    assertThat(report.at("/openNow/count").asInt()).isEqualTo(1);
    assertThat(report.at("/openNow/unassigned").asInt()).isEqualTo(1);
    assertThat(report.get("spans")).hasSize(30);
    assertThat(report.at("/actions/0/action").asText()).isEqualTo("process_refund");
  }

  @Test
  void tellsManagersWhoIsWhoAndAuditorsNot() {
    assertThat(report("mona").at("/reviewers").findValuesAsText("reviewer"))
        .containsExactlyInAnyOrder("rita", "raj");

    HttpResponse<String> axels = story.application().commandLine("axel").get(PERFORMANCE);
    assertThat(Story.json(axels).get("named").asBoolean()).isFalse();
    assertThat(axels.body()).contains("Reviewer 1", "Reviewer 2").doesNotContain("rita", "raj");
    HttpResponse<String> table =
        story.application().commandLine("axel").get(PERFORMANCE + ".csv?table=reviewers");
    assertThat(table.body()).contains("\r\nReviewer 1,").doesNotContain("rita", "raj");
  }

  @Test
  void writesTablesForSpreadsheets() {
    var mona = story.application().commandLine("mona");

    HttpResponse<String> actions = mona.get(PERFORMANCE + ".csv");
    assertThat(actions.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(actions.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment; filename=\"countersign-actions-");
    assertThat(actions.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(actions.body())
        .startsWith("action,proposed,")
        .contains("\r\nprocess_refund,4,1,3,0,0,3,");
    assertThat(mona.get(PERFORMANCE + ".csv?table=spans&by=week").body()).startsWith("week,");
    assertThat(mona.get(PERFORMANCE + ".csv?table=reviewers").body()).contains("\r\nrita,0,1,");
  }

  @ParameterizedTest
  @CsvSource({
    "?from=yesterday,                        from",
    "?from=2026-02-30,                       from",
    "?from=1999-12-31,                       from",
    "?to=%2B12345-01-01,                     to",
    "?to=2026-01-01&from=2026-01-02,         to",
    "?from=2025-01-01&to=2026-01-02,         from",
    "?by=year,                               by",
    ".csv?table=votes,                       table"
  })
  void namesTheFieldThatIsWrong(String query, String field) {
    HttpResponse<String> answer = story.application().commandLine("mona").get(PERFORMANCE + query);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(Story.json(answer).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void takesAWholeLeapYear() {
    HttpResponse<String> answer =
        story.application().commandLine("mona").get(PERFORMANCE + "?from=2024-01-01&to=2024-12-31");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Story.json(answer).get("spans")).hasSize(366);
  }

  /** A review that stood still while the agent was asked is not slow. */
  @Test
  void leavesPausesOut() {
    JsonNode asked = story.proposeRefundToReject("310.00");
    story.decides("rita", asked, "ask", "question", "Which order?");
    shift(asked, Duration.ofHours(1));
    String question = story.now(asked).at("/questions/0/id").asText();
    var answer =
        story.says(
            asked,
            "/information",
            Proposals.JSON.createObjectNode().put("questionId", question).put("answer", "A-1"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    story.decides("rita", asked, "approve");

    Double seconds =
        JdbcClient.create(story.application().bean(DataSource.class))
            .sql(
                "select extract(epoch from created_at - opened_at)::float8 from vote"
                    + " where request_id = ?")
            .param(RequestId.of(Story.id(asked)).uuid())
            .query(Double.class)
            .single();
    assertThat(seconds).isBetween(0.0, 60.0);
  }

  /** As if all of it had begun that much earlier. */
  private static void shift(JsonNode request, Duration by) {
    JdbcClient.create(story.application().bean(DataSource.class))
        .sql(
            "update stage set opened_at = opened_at - make_interval(secs => ?),"
                + " paused_at = paused_at - make_interval(secs => ?) where request_id = ?")
        .params(by.toSeconds(), by.toSeconds(), RequestId.of(Story.id(request)).uuid())
        .update();
  }

  @Test
  void findsRequestsByIdAndByReviewer() {
    var mona = story.application().commandLine("mona");

    JsonNode one = Story.json(mona.get(Story.REQUESTS + "?id=" + Story.id(approved)));
    assertThat(one.get("items").findValuesAsText("id")).containsExactly(Story.id(approved));
    JsonNode ritas = Story.json(mona.get(Story.REQUESTS + "?reviewer=rita"));
    assertThat(ritas.get("items").findValuesAsText("decidedBy")).contains("rita");
    assertThat(ritas.get("items").findValuesAsText("id")).contains(Story.id(approved));
    assertThat(Story.json(mona.get(Story.REQUESTS + "?reviewer=nobody")).get("items")).isEmpty();
    assertThat(mona.get(Story.REQUESTS + "?id=42").statusCode()).isEqualTo(400);
  }

  @Test
  void isAPageOfCockpitAndOneOfItsOwn() {
    try (Chromium chromium = new Chromium();
        Screen mona = new Screen(chromium.browser(), story.application())) {
      mona.signIn("/camunda/app/cockpit/default/", "mona");
      mona.page().locator("a[href='#/performance']").first().waitFor();
      mona.open("/camunda/app/cockpit/default/#/performance");
      mona.find("countersign-performance canvas").first().waitFor();
      Locator action = mona.find("countersign-performance a:text-is('process_refund')");
      mona.page().waitForCondition(() -> isPainted(mona));
      mona.keep("6-performance");
      action.click();
      mona.find("countersign-approvals tbody tr").first().waitFor();
      assertThat(mona.find("countersign-approvals input[placeholder=process_refund]").inputValue())
          .isEqualTo("process_refund");
      mona.page().getByText("How people decide").click();
      mona.find("countersign-performance canvas").first().waitFor();

      mona.open("/performance");
      mona.find("countersign-performance canvas").first().waitFor();
      mona.page().waitForCondition(() -> isPainted(mona));
      mona.keep("7-performance-page");
    }
  }

  private static boolean isPainted(Screen screen) {
    return (Boolean)
        screen
            .find("countersign-performance canvas")
            .first()
            .evaluate(
                "c => c.width > 0 && c.getContext('2d').getImageData(0, 0, c.width, c.height)"
                    + ".data.some(v => v > 0)");
  }
}
