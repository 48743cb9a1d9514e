package io.countersign.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is to be done, to the last byte; all parameters are texts of ASCII. */
record Deed(String action, SortedMap<String, String> parameters) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Deed of(String action, Map<String, String> parameters) {
    return new Deed(action, new TreeMap<>(parameters));
  }

  static Deed of(String action, JsonNode parameters) {
    SortedMap<String, String> texts = new TreeMap<>();
    parameters.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return new Deed(action, texts);
  }

  /** The same with another value. */
  Deed with(String parameter, String value) {
    SortedMap<String, String> other = new TreeMap<>(parameters);
    other.put(parameter, value);
    return new Deed(action, other);
  }

  ObjectNode json() {
    return JSON.valueToTree(Map.of("action", action, "parameters", parameters));
  }

  /** Computed here, so that nobody has to believe the application's own. */
  String digest() {
    try {
      SortedMap<String, Object> sorted =
          new TreeMap<>(Map.of("action", action, "parameters", parameters));
      byte[] canonical = JSON.writeValueAsString(sorted).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
      return "sha-256:" + HexFormat.of().formatHex(hash);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
