package io.countersign.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What agents were promised and executors have done, kept where the application cannot reach it; a
 * line is on the disk before anybody goes on.
 */
final class Ledger implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  /** That a proposal was taken. */
  record Acknowledged(String request, String agent, String key, String digest) {}

  /**
   * That something was done in the world.
   *
   * @param key the executor's, under which it had been allowed to
   * @param how by an honest executor, or by one that should have been refused
   */
  record Effect(String request, String key, How how, Deed deed) {}

  /** How somebody got leave to do something. */
  enum How {
    HONEST,
    /** Two executors had the same grant at the same time; one of them may use it. */
    TWIN,
    OTHER_BYTES,
    OTHER_TOOL,
    OTHER_GRANT,
    NO_GRANT,
    SECOND_KEY,
    ENDED_GRANT;

    boolean mayHappen() {
      return this == HONEST || this == TWIN;
    }
  }

  Ledger(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void acknowledge(Acknowledged promise) throws IOException {
    append(JSON.valueToTree(promise));
  }

  /** Does it, unless this executor did it under this very key: it may be told twice that it may. */
  void executeOnce(Effect effect) throws IOException {
    if (!done.add(effect.key())) {
      return;
    }
    ObjectNode line = effect.deed().json();
    line.put("request", effect.request()).put("key", effect.key()).put("how", effect.how().name());
    append(line);
  }

  private synchronized void append(JsonNode line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  List<Acknowledged> acknowledged() throws IOException {
    List<Acknowledged> all = new ArrayList<>();
    for (JsonNode line : lines()) {
      if (line.has("digest")) {
        all.add(JSON.convertValue(line, Acknowledged.class));
      }
    }
    return all;
  }

  List<Effect> effects() throws IOException {
    List<Effect> all = new ArrayList<>();
    for (JsonNode line : lines()) {
      if (line.has("how")) {
        all.add(
            new Effect(
                line.get("request").asText(),
                line.get("key").asText(),
                How.valueOf(line.get("how").asText()),
                Deed.of(line.get("action").asText(), line.get("parameters"))));
      }
    }
    return all;
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
