package io.countersign.shared.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.shared.ActionDigest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/** Canonical bytes (RFC 8785) and their digests; takes only what has passed {@link StrictJson}. */
public final class CanonicalJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CanonicalJson() {}

  /** The canonical UTF-8 bytes of a document. */
  public static byte[] bytes(JsonNode document) {
    try {
      // The canonicaliser knows objects and lists only, so a lone value travels inside a list.
      String list = "[" + MAPPER.writeValueAsString(document) + "]";
      byte[] bytes = new JsonCanonicalizer(list).getEncodedUTF8();
      return Arrays.copyOfRange(bytes, 1, bytes.length - 1);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("expected a document that passed the I-JSON gate", e);
    }
  }

  /** The document a decision is bound to: {@code {"action": …, "parameters": …}}. */
  public static ObjectNode action(String action, JsonNode parameters) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("action", action);
    document.set("parameters", parameters);
    return document;
  }

  /** The digest of an action with its parameters. */
  public static ActionDigest digest(String action, JsonNode parameters) {
    return new ActionDigest(digest(action(action, parameters)));
  }

  /** The digest of a document: {@code sha-256:} and 64 hex digits. */
  public static String digest(JsonNode document) {
    return "sha-256:" + sha256Hex(bytes(document));
  }

  /** The SHA-256 of some bytes, as 64 lower-case hex digits. */
  public static String sha256Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
