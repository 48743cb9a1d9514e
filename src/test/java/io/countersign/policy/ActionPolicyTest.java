package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionPolicyTest {

  private static final String CANARY = "${1+1} #{2} <#x> {{3}} {orderId} $1 \\\\ =cmd";
  private static final ActionPolicy REFUND = Routes.PACKAGED.find("process_refund").orElseThrow();

  @Test
  void acceptsParametersThatFit() {
    assertThat(REFUND.check(Routes.refund("240.00"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"orderId":"A","amount":"240.0","currency":"EUR"} | /amount | exactly two decimals
          {"orderId":"A","amount":"secret","currency":"EUR"} | /amount | exactly two decimals
          {"orderId":"A","amount":"240.00\\n","currency":"EUR"} | /amount | exactly two decimals
          {"orderId":"A","amount":"-240.00","currency":"EUR"} | /amount | exactly two decimals
          {"orderId":"A","amount":"٢٤٠.00","currency":"EUR"} | /amount | exactly two decimals
          {"orderId":"A","amount":240.00,"currency":"EUR"} | /amount | text
          {"orderId":"A","amount":"240.00","currency":"secret"} | /currency | one of EUR, GBP, USD
          {"orderId":"A","amount":"240.00"} | /currency | a value
          {"orderId":"A","amount":"240.00","currency":"EUR","secret":1} | '' | only the fields orderId, amount, currency
          {"orderId":"se cret","amount":"240.00","currency":"EUR"} | /orderId | an order's number
          ["secret"] | '' | an object
          "secret" | '' | an object
          """)
  void namesWhatWasExpectedAndNeverWhatWasFound(String json, String pointer, String expected)
      throws Exception {
    assertThat(REFUND.check(new ObjectMapper().readTree(json)))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.pointer()).isEqualTo(pointer);
              assertThat(error.expected()).contains(expected);
              assertThat(error.toString()).doesNotContain("secret");
            });
  }

  @Test
  void checksFormatsToo() {
    ActionPolicy mail = Routes.PACKAGED.find("send_customer_email").orElseThrow();
    ObjectNode parameters = new ObjectMapper().createObjectNode();
    parameters.put("to", "nobody").put("subject", "s").put("body", "b");

    assertThat(mail.check(parameters))
        .containsExactly(new ParameterError("/to", "text of the format email"));
  }

  @Test
  void showsTypedParametersWithLabelsAndUnits() {
    ReviewerView view = REFUND.reviewerView(Routes.refund("240.00"));
    assertThat(view.reasons()).contains("The order was refunded before.");

    assertThat(view.headline()).isEqualTo("Refund 240.00 EUR for order A-1042");
    assertThat(view.consequence()).isEqualTo("The money leaves at once and cannot be called back.");
    assertThat(view.parameters())
        .extracting(ParameterView::name)
        .containsExactly("orderId", "amount", "currency");
    ParameterView amount = view.parameters().get(1);
    assertThat(amount.label()).isEqualTo("Amount");
    assertThat(amount.unit()).contains("EUR");
    assertThat(amount.type()).isEqualTo("string");
    assertThat(amount.required()).isTrue();
    assertThat(view.parameters().get(2).schema().path("enum")).hasSize(3);
  }

  @Test
  void marksParametersNobodyDeclaredAndThoseLeftOut() {
    ObjectNode parameters = new ObjectMapper().createObjectNode().put("orderId", "A").put("bcc", 1);

    ReviewerView view = REFUND.reviewerView(parameters);

    assertThat(view.headline()).isEqualTo("Refund (not given) (not given) for order A");
    assertThat(view.parameters())
        .extracting(ParameterView::name)
        .containsExactly("orderId", "amount", "currency", "bcc");
    assertThat(view.parameters().get(1).value().isMissingNode()).isTrue();
    assertThat(view.parameters().get(3).declared()).isFalse();
    assertThat(view.parameters().get(3).type()).isEqualTo("number");
  }

  @Test
  void leavesWhatAnAgentWroteAsItIs() {
    JsonNode parameters = Routes.refund("1.00");
    ((ObjectNode) parameters).put("orderId", CANARY);

    assertThat(REFUND.reviewerView(parameters).headline())
        .isEqualTo("Refund 1.00 EUR for order " + CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.00", "49.99", "9999999.99"})
  void readsAmountsExactly(String amount) {
    assertThat(REFUND.amount(Routes.refund(amount))).contains(new BigDecimal(amount));
  }

  @Test
  void neverChangesTheManifestThroughAView() {
    ((ObjectNode) REFUND.reviewerView(Routes.refund("1.00")).parameters().get(1).schema())
        .removeAll();

    assertThat(REFUND.reviewerView(Routes.refund("1.00")).parameters().get(1).schema())
        .isNotEmpty();
  }

  @Test
  void knowsWhichDecisionsNeedAReason() {
    assertThat(REFUND.reasonRequired("reject")).isTrue();
    assertThat(REFUND.reasonRequired("edit")).isTrue();
    assertThat(REFUND.reasonRequired("approve")).isFalse();
  }
}
