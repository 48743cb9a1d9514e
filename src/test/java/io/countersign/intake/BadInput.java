package io.countersign.intake;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One call that must be refused, and how.
 *
 * @param headers what differs from a good call; {@link #ABSENT} leaves the header out
 * @param type the last part of the problem's type URI
 * @param field one of {@code errors[].field}; null where no field is to blame
 */
record BadInput(
    String name,
    String method,
    String target,
    Map<String, String> headers,
    byte[] body,
    boolean chunked,
    int status,
    String type,
    @Nullable String field) {

  static final String ABSENT = "\0absent";

  /** Stands in every body: no answer may repeat it. */
  static final String CANARY = "canary-5d0c";

  static final String PROPOSALS = "/api/v1/approval-requests";

  private static final Map<String, String> GOOD =
      Map.of(
          "action", "\"process_refund\"",
          "parameters", "{\"orderId\":\"10428\",\"amount\":\"240.00\",\"currency\":\"EUR\"}",
          "confidence", "0.72",
          "rationale", "\"" + CANARY + "\"");

  /** A body that would be accepted. */
  static String good() {
    return write(new TreeMap<>(GOOD));
  }

  /** The good body with one field replaced by this JSON, or left out. */
  static String with(String field, @Nullable String json) {
    var fields = new TreeMap<>(GOOD);
    if (json == null) {
      fields.remove(field);
    } else {
      fields.put(field, json);
    }
    return write(fields);
  }

  /** The good body with another action and parameters. */
  static String proposing(String action, String parameters) {
    var fields = new TreeMap<>(GOOD);
    fields.put("action", "\"" + action + "\"");
    fields.put("parameters", parameters);
    return write(fields);
  }

  private static String write(Map<String, String> fields) {
    var json = new StringBuilder("{");
    fields.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return json.append('}').toString();
  }

  static BadInput body(String name, String body, int status, String type, @Nullable String field) {
    return bytes(name, body.getBytes(StandardCharsets.UTF_8), status, type, field);
  }

  static BadInput bytes(String name, byte[] body, int status, String type, @Nullable String field) {
    return new BadInput(name, "POST", PROPOSALS, Map.of(), body, false, status, type, field);
  }

  static BadInput header(
      String name, String header, String value, int status, String type, @Nullable String field) {
    return body(name, good(), status, type, field).having(header, value);
  }

  static BadInput call(
      String name, String method, String target, int status, String type, @Nullable String field) {
    byte[] body = method.equals("GET") ? new byte[0] : good().getBytes(StandardCharsets.UTF_8);
    return new BadInput(name, method, target, Map.of(), body, false, status, type, field);
  }

  BadInput having(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new BadInput(name, method, target, more, body, chunked, status, type, field);
  }

  BadInput inChunks() {
    return new BadInput(name, method, target, headers, body, true, status, type, field);
  }

  @Override
  public String toString() {
    return name;
  }
}
