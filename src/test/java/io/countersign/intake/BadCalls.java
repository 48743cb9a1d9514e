package io.countersign.intake;

import static io.countersign.intake.BadInput.ABSENT;
import static io.countersign.intake.BadInput.CANARY;
import static io.countersign.intake.BadInput.PROPOSALS;
import static io.countersign.intake.BadInput.body;
import static io.countersign.intake.BadInput.call;
import static io.countersign.intake.BadInput.header;

import java.util.stream.Stream;

/** Calls around good bodies that must be refused: headers, methods, addresses. */
final class BadCalls {

  private static final String KEY = "Idempotency-Key";
  private static final String UNKNOWN = PROPOSALS + "/apr_01890000-0000-7000-8000-000000000000";

  private BadCalls() {}

  static Stream<BadInput> all() {
    return Stream.of(keys(), media(), methods(), ids(), waits()).flatMap(calls -> calls);
  }

  private static BadInput key(String name, String value) {
    return header(name, KEY, value, 400, "invalid-request", KEY);
  }

  private static Stream<BadInput> keys() {
    return Stream.of(
        key("no key", ABSENT),
        key("an empty key", ""),
        key("quotes around nothing", "\"\""),
        key("a key of 256", CANARY + "k".repeat(256 - CANARY.length())),
        key("a key with a space", CANARY + " x"),
        key("a key with a tab", CANARY + "\tx"),
        key("a key that is not ASCII", CANARY + "\u00e4"),
        key("two keys", CANARY + "\r\n" + KEY + ": other"));
  }

  private static BadInput contentType(String name, String value) {
    return header(name, "Content-Type", value, 415, "unsupported-media-type", null);
  }

  private static Stream<BadInput> media() {
    return Stream.of(
        contentType("plain text", "text/plain"),
        contentType("a form", "application/x-www-form-urlencoded"),
        contentType("a form with parts", "multipart/form-data; boundary=canary-5d0c"),
        contentType("XML", "application/xml"),
        contentType("no content type", ABSENT),
        contentType("no media type at all", "canary-5d0c"),
        contentType("JSON patch", "application/json-patch+json"),
        header("XML wanted", "Accept", "application/xml", 406, "not-acceptable", null),
        header("HTML wanted", "Accept", "text/html", 406, "not-acceptable", null),
        header(
            "compressed, it says",
            "Content-Encoding",
            "gzip",
            415,
            "unsupported-media-type",
            "Content-Encoding"));
  }

  private static BadInput method(String method, String target) {
    return call(method + " " + target, method, target, 405, "method-not-allowed", null);
  }

  private static Stream<BadInput> methods() {
    return Stream.of(
        call("the history, by an agent", "GET", PROPOSALS, 403, "forbidden", null),
        method("PUT", PROPOSALS),
        method("PATCH", PROPOSALS),
        method("DELETE", PROPOSALS),
        method("PUT", UNKNOWN),
        method("DELETE", UNKNOWN),
        call("an override to POST", "GET", PROPOSALS, 403, "forbidden", null)
            .having("X-HTTP-Method-Override", "POST"),
        body("an override to DELETE", "{", 400, "malformed-json", "")
            .having("X-HTTP-Method-Override", "DELETE"),
        call("an invented method", "CANARY", PROPOSALS, 400, "invalid-request", null));
  }

  private static BadInput missing(String name, String id) {
    return call(name, "GET", PROPOSALS + "/" + id, 404, "not-found", null);
  }

  private static BadInput firewalled(String name, String id) {
    return call(name, "GET", PROPOSALS + "/" + id, 400, "invalid-request", null);
  }

  private static Stream<BadInput> ids() {
    return Stream.of(
        missing("an id nobody has", "apr_01890000-0000-7000-8000-000000000000"),
        missing("an id in capitals", "APR_01890000-0000-7000-8000-00000000ABCD"),
        missing("hexadecimal capitals", "apr_01890000-0000-7000-8000-00000000ABCD"),
        missing("another prefix", "msg_01890000-0000-7000-8000-000000000000"),
        missing("no prefix", "01890000-0000-7000-8000-000000000000"),
        missing("a word", CANARY),
        missing("SQL", "apr_'%20or%201=1--canary-5d0c"),
        missing("an expression", "$%7Bcanary-5d0c%7D"),
        firewalled("a line break", "apr_01890000-0000-7000-8000-000000000000%0A"),
        missing("deeper than there is", "apr_x/" + CANARY),
        firewalled("up without disguise", "%2e%2e/%2e%2e/canary-5d0c"),
        firewalled("a session in the path", "apr_x;jsessionid=canary-5d0c"),
        firewalled("two slashes", "/canary-5d0c"));
  }

  private static BadInput query(String name, String query, String field) {
    return call(name, "GET", UNKNOWN + "?" + query, 400, "invalid-request", field);
  }

  private static Stream<BadInput> waits() {
    return Stream.of(
        query("a word to wait", "wait=canary-5d0c", "wait"),
        query("an empty wait", "wait=", "wait"),
        query("a minute too long", "wait=61s", "wait"),
        query("less than no wait", "wait=-1s", "wait"),
        query("minutes", "wait=1m", "wait"),
        query("a broken wait", "wait=1.5s", "wait"),
        query("Arabic digits", "wait=%D9%A1s", "wait"),
        query("two waits", "wait=1s&wait=2s", "wait"),
        query("since ever", "since=canary-5d0c", "since"),
        query("since before", "since=-1", "since"),
        query("since 19 digits", "since=9999999999999999999", "since"));
  }
}
