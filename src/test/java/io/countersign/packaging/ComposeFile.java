package io.countersign.packaging;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;

/** What {@code docker/compose.yaml} says. */
record ComposeFile(Map<String, Object> document) {

  static final Path FOLDER = Path.of("docker");

  static ComposeFile read() {
    try (Reader reader = Files.newBufferedReader(FOLDER.resolve("compose.yaml"))) {
      return new ComposeFile(new Yaml().load(reader));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Map<String, Object>> services() {
    return cast(document.getOrDefault("services", Map.of()));
  }

  Map<String, Map<String, String>> secrets() {
    return cast(document.getOrDefault("secrets", Map.of()));
  }

  Map<String, String> environment(String service) {
    Map<String, Object> values = cast(of(service).getOrDefault("environment", Map.of()));
    var texts = new LinkedHashMap<String, String>();
    values.forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }

  /** The names of the files in {@code /run/secrets}, and the secrets they hold. */
  Map<String, String> secretsOf(String service) {
    var files = new LinkedHashMap<String, String>();
    for (var entry : list(service, "secrets")) {
      if (entry instanceof Map<?, ?> pair) {
        files.put((String) pair.get("target"), (String) pair.get("source"));
      } else {
        files.put((String) entry, (String) entry);
      }
    }
    return files;
  }

  List<Object> list(String service, String name) {
    return cast(of(service).getOrDefault(name, List.of()));
  }

  Map<String, Object> of(String service) {
    return Objects.requireNonNull(services().get(service), service);
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
