package io.countersign.handback;

import io.countersign.shared.Ed25519Key;
import io.countersign.shared.Ed25519PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The three keys of an installation, shared by its nodes, and those that are published beside them.
 *
 * <p>Each key that signs is read from {@code countersign.key.<purpose>} (PEM text, in the
 * environment {@code COUNTERSIGN_KEY_GRANTS} and so on) or else from {@code <purpose>.pem} in the
 * directory {@code countersign.keys}. The application does not start without all three. {@code
 * countersign.key.<purpose>-others} or {@code <purpose>-others.pem} may hold public keys: a new one
 * before it signs, and an old one until nothing that it signed is alive.
 */
@Component
public class SigningKeys {

  private final Map<KeyPurpose, Ed25519Key> keys = new EnumMap<>(KeyPurpose.class);
  private final Map<KeyPurpose, List<Ed25519PublicKey>> published = new EnumMap<>(KeyPurpose.class);

  SigningKeys(Environment environment) {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      Ed25519Key key = load(environment, purpose);
      keys.put(purpose, key);
      published.put(
          purpose,
          Stream.concat(Stream.of(key.publicKey()), others(environment, purpose)).toList());
    }
  }

  private static Stream<Ed25519PublicKey> others(Environment environment, KeyPurpose purpose) {
    String name = purpose.label() + "-others";
    String property = "countersign.key." + name;
    String text = environment.getProperty(property);
    String directory = environment.getProperty("countersign.keys");
    if (text == null && directory != null && !directory.isBlank()) {
      Path file = Path.of(directory).resolve(name + ".pem");
      text = Files.exists(file) ? read(file) : null;
    }
    try {
      return text == null ? Stream.empty() : Ed25519PublicKey.allOf(text).stream();
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(property + ": " + e.getMessage(), e);
    }
  }

  private static Ed25519Key load(Environment environment, KeyPurpose purpose) {
    String property = "countersign.key." + purpose.label();
    String text = environment.getProperty(property);
    if (text != null && !text.isBlank()) {
      return parse(property, text);
    }
    String directory = environment.getProperty("countersign.keys");
    if (directory == null || directory.isBlank()) {
      throw new IllegalStateException(
          "countersign.keys: expected the directory of grants.pem, webhooks.pem and log.pem,"
              + " found nothing (or give "
              + property
              + " as PEM text)");
    }
    Path file = Path.of(directory).resolve(purpose.label() + ".pem");
    return parse(file.toString(), read(file));
  }

  private static String read(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalStateException(
          "countersign.keys: expected an Ed25519 key in "
              + file
              + ", found no readable file (make one: openssl genpkey -algorithm ed25519)");
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("countersign.keys: " + file + " cannot be read", e);
    }
  }

  private static Ed25519Key parse(String source, String pem) {
    try {
      return Ed25519Key.fromPem(pem);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(source + ": " + e.getMessage(), e);
    }
  }

  Ed25519Key key(KeyPurpose purpose) {
    return Objects.requireNonNull(keys.get(purpose));
  }

  /** Signs with the key of that purpose (Ed25519). */
  public byte[] sign(KeyPurpose purpose, byte[] message) {
    return key(purpose).sign(message);
  }

  /** The public keys of that purpose: the one that signs now, then the others. */
  List<Ed25519PublicKey> published(KeyPurpose purpose) {
    return Objects.requireNonNull(published.get(purpose));
  }

  /** The 32 bytes of the public key that signs for that purpose. */
  public byte[] publicKey(KeyPurpose purpose) {
    return key(purpose).publicKey().bytes();
  }

  /** The published id of the key that signs for that purpose. */
  public String kid(KeyPurpose purpose) {
    return key(purpose).publicKey().kid();
  }
}
