package io.countersign.sealing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The keys that the keys of requests are wrapped with; they are never in the database.
 *
 * <p>The first line of {@code sealing.key} in the directory {@code countersign.keys}, or of {@code
 * countersign.key.sealing}, is 32 random bytes in base64 and wraps; the lines after it are former
 * keys, which only unwrap. Once everything is wrapped anew, former keys can be destroyed: then
 * backups from before are unreadable too.
 */
@Component
class MasterKeys {

  private final Map<String, ContentKey> keys;
  private final String current;

  @Autowired
  MasterKeys(Environment environment) {
    this(lines(environment));
  }

  MasterKeys(List<String> lines) {
    keys = new LinkedHashMap<>();
    for (String line : lines) {
      ContentKey key = parse(line);
      keys.put(key.id(), key);
    }
    if (keys.isEmpty()) {
      throw refused("nothing", null);
    }
    current = keys.keySet().iterator().next();
  }

  private static List<String> lines(Environment environment) {
    String text = environment.getProperty("countersign.key.sealing", "");
    if (text.isBlank()) {
      text = read(Path.of(environment.getProperty("countersign.keys", ""), "sealing.key"));
    }
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw refused("no readable file", e);
    }
  }

  private static ContentKey parse(String line) {
    try {
      return new ContentKey(Base64.getDecoder().decode(line));
    } catch (IllegalArgumentException e) {
      throw refused("something else", null);
    }
  }

  private static IllegalStateException refused(String found, @Nullable Exception cause) {
    return new IllegalStateException(
        "countersign.keys: expected 32 random bytes in base64 on each line of sealing.key, found "
            + found
            + " (make one: openssl rand -base64 32)",
        cause);
  }

  /** The name of the key that wraps now. */
  String current() {
    return current;
  }

  byte[] wrap(ContentKey key, byte[] about) {
    return key(current).seal(key.bytes(), about);
  }

  /**
   * What was wrapped.
   *
   * @throws IllegalStateException if the key of that name is not here
   */
  ContentKey unwrap(String name, byte[] wrapped, byte[] about) {
    return new ContentKey(key(name).open(wrapped, about));
  }

  void require(String name) {
    key(name);
  }

  private ContentKey key(String name) {
    ContentKey key = keys.get(name);
    if (key == null) {
      throw new IllegalStateException(
          "countersign.keys: content is sealed under " + name + ", which sealing.key has no more");
    }
    return key;
  }
}
