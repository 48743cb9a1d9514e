package io.countersign.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.audit.merkle.CheckpointFile;
import io.countersign.audit.merkle.EntryBundle;
import io.countersign.audit.merkle.Tile;
import io.countersign.chaos.Evidence.Entry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An auditor's copy of the log, made and verified by the commands that auditors have. */
final class LogCopy {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Caller AUDITOR = Caller.person("axel");

  private final Path folder;
  private final URI log;
  private final Keycloak keycloak;

  LogCopy(Path folder, URI node, Keycloak keycloak) {
    this.folder = folder;
    this.log = node.resolve("/api/v1/audit");
    this.keycloak = keycloak;
  }

  /** Fetches what is new; the checkpoint of the last time is kept. */
  boolean fetch() throws Exception {
    return run("audit", "mirror", log.toString(), copy().toString()).isEmpty();
  }

  /** What is wrong with the copy, also with it as what goes on from the time before. */
  List<String> doubts() throws Exception {
    return run(
        "audit",
        "verify",
        copy().toString(),
        "--key",
        key(),
        "--last",
        copy().resolve("checkpoint.before").toString());
  }

  /** What the command says, unless it ends with success. */
  private List<String> run(String... command) throws Exception {
    Path said = folder.resolve("audit.log");
    ProcessBuilder process = new ProcessBuilder(Node.command(command));
    process.redirectErrorStream(true).redirectOutput(said.toFile());
    process.environment().put("COUNTERSIGN_TOKEN", keycloak.token(AUDITOR));
    return process.start().waitFor() == 0 ? List.of() : Files.readAllLines(said);
  }

  private String key() throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(log + "/key")).build(),
            BodyHandlers.ofString(StandardCharsets.UTF_8))
        .body()
        .strip();
  }

  List<Entry> entries() throws IOException {
    long size =
        new CheckpointFile(copy().resolve("checkpoint")).read().orElseThrow().checkpoint().size();
    List<Entry> entries = new ArrayList<>();
    for (long number = 0; number * Tile.WIDTH < size; number++) {
      Tile tile = Tile.of(Tile.ENTRIES, number, size);
      byte[] bytes = Files.readAllBytes(copy().resolve(tile.path()));
      for (byte[] entry : EntryBundle.decode(tile, bytes)) {
        JsonNode words = JSON.readTree(entry);
        entries.add(new Entry(words.path("type").asText(), words.path("request").asText()));
      }
    }
    return entries;
  }

  private Path copy() {
    return folder.resolve("log");
  }
}
