package io.countersign.intake;

import static io.countersign.intake.BadInput.body;
import static io.countersign.intake.BadInput.bytes;
import static io.countersign.intake.BadInput.good;
import static io.countersign.intake.BadInput.proposing;
import static io.countersign.intake.BadInput.with;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Bodies that must be refused. */
final class BadInputs {

  private static final String REFUND = "{\"orderId\":\"10428\",\"amount\":%s,\"currency\":\"EUR\"}";

  private BadInputs() {}

  static Stream<BadInput> all() {
    return Stream.of(notJson(), encodings(), numbers(), sizes(), shapes(), fields(), parameters())
        .flatMap(inputs -> inputs);
  }

  private static BadInput malformed(String name, String body, String field) {
    return body(name, body, 400, "malformed-json", field);
  }

  private static BadInput misshapen(String name, String body, String field) {
    return body(name, body, 422, "invalid-body", field);
  }

  private static BadInput unfit(String name, String action, String parameters, String field) {
    return body(name, proposing(action, parameters), 422, "invalid-parameters", field);
  }

  private static BadInput amount(String name, String json) {
    return unfit(name, "process_refund", REFUND.formatted(json), "/parameters/amount");
  }

  private static Stream<BadInput> notJson() {
    return Stream.of(
        malformed("an empty body", "", ""),
        malformed("white space only", " \n\t ", ""),
        malformed("a word", "canary-5d0c", ""),
        malformed("a body that stops in the middle", good().substring(0, 60), ""),
        malformed("text after the document", good() + " canary-5d0c", ""),
        malformed("two documents", good() + good(), ""),
        malformed("single quotes", good().replace('"', '\''), ""),
        malformed("a comment", "/* canary-5d0c */" + good(), ""),
        malformed("a comma too many", good().replace("}", ",}"), ""),
        malformed("a key twice", good().replace("{\"action\"", "{\"action\":\"x\",\"action\""), ""),
        malformed(
            "a key twice, once escaped",
            good().replace("{\"action\"", "{\"\\u0061ction\":\"x\",\"action\""),
            ""),
        malformed(
            "a key twice inside the parameters",
            with("parameters", "{\"orderId\":\"1\",\"orderId\":\"2\"}"),
            ""),
        malformed("a raw line break in a text", with("rationale", "\"canary-5d0c\n\""), ""),
        malformed("65 lists in each other", with("resumeState", nested(65)), ""),
        malformed("100,000 lists in each other", with("resumeState", nested(100_000)), ""),
        malformed("100,000 lists and no end", "[".repeat(100_000), ""));
  }

  private static Stream<BadInput> encodings() {
    var good = good();
    return Stream.of(
        bytes("UTF-16", good.getBytes(StandardCharsets.UTF_16), 400, "malformed-json", ""),
        bytes(
            "UTF-16 without a mark",
            good.getBytes(StandardCharsets.UTF_16LE),
            400,
            "malformed-json",
            ""),
        malformed("a byte order mark", "\uFEFF" + good, ""),
        bytes("a broken byte", latin(with("rationale", "\"\u00ff\"")), 400, "malformed-json", ""),
        bytes(
            "an overlong slash",
            latin(with("rationale", "\"\u00c0\u00af\"")),
            400,
            "malformed-json",
            ""),
        malformed("half a surrogate pair", with("rationale", "\"\\ud800x\""), "/rationale"),
        malformed("halves the wrong way", with("rationale", "\"\\udc00\\ud800\""), "/rationale"),
        malformed("half a pair in a key", with("parameters", "{\"\\ud800\":\"1\"}"), ""),
        malformed("U+0000 in a text", with("rationale", "\"a\\u0000b\""), "/rationale"),
        malformed("U+0000 in a key", with("parameters", "{\"a\\u0000\":\"1\"}"), "/parameters"),
        malformed(
            "U+0000 under a hostile key",
            with("parameters", "{\"<canary-5d0c>\":{\"x\":\"\\u0000\"}}"),
            "/parameters"));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Stream<BadInput> numbers() {
    return Stream.of(
        malformed("NaN", with("confidence", "NaN"), ""),
        malformed("Infinity", with("confidence", "-Infinity"), ""),
        malformed("a number with a plus", with("confidence", "+0.5"), ""),
        malformed("a number without a zero", with("confidence", ".5"), ""),
        malformed("hexadecimal", with("confidence", "0x1"), ""),
        malformed("too large for a double", with("confidence", "1e400"), "/confidence"),
        malformed("far too large", with("confidence", "1e999999999"), "/confidence"),
        malformed("an exponent without end", with("confidence", "1e99999999999"), ""),
        malformed("too small for a double", with("confidence", "1e-400"), "/confidence"),
        malformed(
            "an integer beyond 2^53", with("resumeState", "9007199254740993"), "/resumeState"),
        malformed(
            "more digits than a double has",
            with("resumeState", "[0.1234567890123456789]"),
            "/resumeState/0"),
        malformed("41 digits", with("resumeState", "1".repeat(41)), ""));
  }

  private static Stream<BadInput> sizes() {
    var huge = with("resumeState", "\"" + "x".repeat(2 * 1024 * 1024) + "\"");
    var vast = with("resumeState", "\"" + "x".repeat(6 * 1024 * 1024) + "\"");
    var big = "{\"title\":\"t\",\"body\":\"" + "x".repeat(64 * 1024) + "\"}";
    var factors = "[" + "\"a\",".repeat(50) + "\"a\"]";
    return Stream.of(
        body("a body over 2 MB", huge, 413, "too-large", null),
        body("a body over 2 MB in chunks", huge, 413, "too-large", null).inChunks(),
        body("a body over 6 MB", vast, 413, "too-large", null),
        body("a body over 6 MB in chunks", vast, 413, "too-large", null).inChunks(),
        body(
            "parameters over 64 KB",
            proposing("create_ticket", big),
            413,
            "too-large",
            "/parameters"),
        misshapen("20,001 letters", with("rationale", quoted(20_001)), "/rationale"),
        misshapen("a basis too long", with("confidenceBasis", quoted(20_001)), "/confidenceBasis"),
        misshapen("51 doubts", with("uncertaintyFactors", factors), "/uncertaintyFactors"),
        misshapen("a long reference", with("externalId", quoted(256)), "/externalId"),
        misshapen(
            "a doubt too long",
            with("uncertaintyFactors", "[" + quoted(2_001) + "]"),
            "/uncertaintyFactors/0"));
  }

  private static String quoted(int letters) {
    return "\"" + "x".repeat(letters) + "\"";
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static Stream<BadInput> shapes() {
    return Stream.of(
        misshapen("a list", "[" + good() + "]", ""),
        misshapen("a text", "\"canary-5d0c\"", ""),
        misshapen("a number", "12", ""),
        misshapen("null", "null", ""),
        misshapen("an empty object", "{}", "/action"),
        misshapen("no action", with("action", null), "/action"),
        misshapen("no parameters", with("parameters", null), "/parameters"),
        misshapen("no confidence", with("confidence", null), "/confidence"),
        misshapen("an unknown field", with("canary-5d0c", "1"), ""),
        misshapen("__proto__", with("__proto__", "{\"admin\":true}"), ""),
        misshapen("a plan", with("plan", "{}"), "/plan"),
        misshapen("options", with("options", "\"a\""), "/options"),
        misshapen("revises", with("revises", "\"apr_x\""), "/revises"),
        misshapen("fewer decisions", with("allowedDecisions", "\"approve\""), "/allowedDecisions"));
  }

  private static Stream<BadInput> fields() {
    return Stream.of(
        misshapen("confidence below 0", with("confidence", "-0.01"), "/confidence"),
        misshapen("confidence above 1", with("confidence", "1.01"), "/confidence"),
        misshapen("confidence as text", with("confidence", "\"0.9\""), "/confidence"),
        misshapen("confidence null", with("confidence", "null"), "/confidence"),
        misshapen("confidence as a list", with("confidence", "[0.9]"), "/confidence"),
        misshapen("an unknown urgency", with("urgency", "\"canary-5d0c\""), "/urgency"),
        misshapen("urgency in capitals", with("urgency", "\"HIGH\""), "/urgency"),
        misshapen("urgency as a number", with("urgency", "3"), "/urgency"),
        misshapen("an unknown pattern", with("pattern", "\"small_talk\""), "/pattern"),
        misshapen("action as a number", with("action", "7"), "/action"),
        misshapen("an empty action", with("action", "\"\""), "/action"),
        misshapen("an action with a space", with("action", "\"process refund\""), "/action"),
        misshapen("an action with a break", with("action", "\"process_refund\\n\""), "/action"),
        misshapen("a Cyrillic letter", with("action", "\"pr\u043ecess_refund\""), "/action"),
        misshapen("an action of 101 letters", with("action", quoted(101)), "/action"),
        misshapen("an expression", with("action", "\"${canary-5d0c}\""), "/action"),
        misshapen("a path", with("action", "\"../canary-5d0c\""), "/action"),
        misshapen("parameters as a list", with("parameters", "[]"), "/parameters"),
        misshapen("parameters as text", with("parameters", "\"{}\""), "/parameters"),
        misshapen("parameters null", with("parameters", "null"), "/parameters"),
        misshapen("doubts as text", with("uncertaintyFactors", "\"a\""), "/uncertaintyFactors"),
        misshapen("a doubt as number", with("uncertaintyFactors", "[1]"), "/uncertaintyFactors/0"),
        misshapen("review as text", with("recommendedReview", "\"yes\""), "/recommendedReview"),
        misshapen("a run without id", with("run", "{\"step\":1}"), "/run/id"),
        misshapen("a run of step 0", with("run", "{\"id\":\"r\",\"step\":0}"), "/run/step"),
        misshapen("half a step", with("run", "{\"id\":\"r\",\"step\":1.5}"), "/run/step"),
        misshapen("context as text", with("context", "\"canary-5d0c\""), "/context"),
        misshapen("unknown context", with("context", "{\"canary-5d0c\":1}"), "/context"),
        misshapen(
            "a nameless tool call",
            with("context", "{\"toolCalls\":[{\"arguments\":{}}]}"),
            "/context/toolCalls/0/name"),
        misshapen("an empty person", with("onBehalfOf", "\"\""), "/onBehalfOf"),
        misshapen("a callback not known", with("callback", "\"canary\""), "/callback"),
        misshapen(
            "a callback that is a URL",
            with("callback", "\"http://169.254.169.254/canary-5d0c\""),
            "/callback"));
  }

  private static Stream<BadInput> parameters() {
    return Stream.of(
        amount("no decimals", "\"12\""),
        amount("three decimals", "\"12.000\""),
        amount("a negative amount", "\"-1.00\""),
        amount("an exponent", "\"1e3\""),
        amount("a number", "12.00"),
        amount("a leading zero", "\"012.00\""),
        amount("a decimal comma", "\"12,00\""),
        amount("a line break behind", "\"12.00\\n\""),
        amount("Arabic digits", "\"\u0661\u0662.\u0660\u0660\""),
        amount("no amount", "null"),
        unfit("nothing", "process_refund", "{}", "/parameters/orderId"),
        unfit(
            "one parameter more",
            "process_refund",
            "{\"orderId\":\"1\",\"amount\":\"12.00\",\"currency\":\"EUR\",\"canary-5d0c\":1}",
            "/parameters"),
        unfit(
            "another currency",
            "process_refund",
            "{\"orderId\":\"1\",\"amount\":\"12.00\",\"currency\":\"eur\"}",
            "/parameters/currency"),
        unfit(
            "an order that is a path",
            "process_refund",
            "{\"orderId\":\"../canary-5d0c\",\"amount\":\"12.00\",\"currency\":\"EUR\"}",
            "/parameters/orderId"),
        unfit(
            "no e-mail address",
            "send_customer_email",
            "{\"to\":\"canary-5d0c\",\"subject\":\"s\",\"body\":\"b\"}",
            "/parameters/to"),
        unfit(
            "rows as text",
            "delete_records",
            "{\"table\":\"t\",\"filter\":\"f\",\"estimatedRows\":\"5\"}",
            "/parameters/estimatedRows"),
        unfit(
            "fewer rows than none",
            "delete_records",
            "{\"table\":\"t\",\"filter\":\"f\",\"estimatedRows\":-1}",
            "/parameters/estimatedRows"),
        unfit(
            "SQL for a table",
            "delete_records",
            "{\"table\":\"t; drop table canary\",\"filter\":\"f\",\"estimatedRows\":1}",
            "/parameters/table"),
        unfit(
            "a field nobody may change",
            "update_crm_field",
            "{\"customerId\":\"1\",\"field\":\"canary-5d0c\",\"value\":\"v\"}",
            "/parameters/field"),
        unfit(
            "an empty title",
            "create_ticket",
            "{\"title\":\"\",\"body\":\"b\"}",
            "/parameters/title"));
  }
}
