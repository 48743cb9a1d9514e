package io.countersign.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What Keycloak imports: the realm, the demo people and secrets laid over it, and the addresses.
 */
public record RealmDocument(String json) {
  static final Path REALM = Path.of("keycloak-realm", "countersign-realm.json");
  static final Path DEMO = Path.of("keycloak-realm", "demo", "countersign-demo.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The realm with the demo people, whose pages live at that address. */
  public static RealmDocument demo(String publicUrl) {
    var realm = read(REALM);
    lay(read(DEMO), realm);
    return new RealmDocument(realm.toString().replace("${COUNTERSIGN_PUBLIC_URL}", publicUrl));
  }

  static ObjectNode read(Path file) {
    try {
      return (ObjectNode) JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A short name for this content: an import is done once per content. */
  String digest() {
    try {
      var bytes =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Objects merge, entries of lists with the same name merge, everything else is replaced. */
  static void lay(ObjectNode over, ObjectNode base) {
    over.properties().forEach(field -> lay(field.getKey(), field.getValue(), base));
  }

  private static void lay(String name, JsonNode value, ObjectNode base) {
    var below = base.get(name);
    if (value instanceof ObjectNode object && below instanceof ObjectNode target) {
      lay(object, target);
    } else if (value instanceof ArrayNode list && below instanceof ArrayNode target) {
      list.forEach(entry -> lay(entry, target));
    } else {
      base.set(name, value);
    }
  }

  private static void lay(JsonNode entry, ArrayNode target) {
    var client = entry.path("clientId").asText();
    for (var known : target) {
      if (!client.isEmpty()
          && known instanceof ObjectNode base
          && client.equals(base.path("clientId").asText())) {
        lay((ObjectNode) entry, base);
        return;
      }
    }
    target.add(entry);
  }
}
