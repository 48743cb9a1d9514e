package io.countersign.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.audit.merkle.EntryBundle;
import io.countersign.audit.merkle.Hash;
import io.countersign.audit.merkle.InclusionReceipt;
import io.countersign.audit.merkle.SignedCheckpoint;
import io.countersign.audit.merkle.Tile;
import io.countersign.audit.merkle.TileHashes;
import io.countersign.audit.merkle.TiledTree;
import io.countersign.audit.merkle.VerifierKey;
import io.countersign.shared.RequestId;
import io.countersign.testing.RunningApplication;
import io.countersign.testing.Visitor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log over HTTP, checked as an outsider would. */
class AuditLogIT {

  private static final String HERE = "/api/v1/audit";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RunningApplication application;
  private static Visitor axel;
  private static List<RequestId> requests;

  @BeforeAll
  static void start() throws Exception {
    application = RunningApplication.shared();
    axel = application.commandLine("axel");
    requests = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      requests.add(propose());
    }
    AuditProofs proofs = application.bean(AuditProofs.class);
    await()
        .untilAsserted(
            () ->
                assertThat(requests)
                    .allMatch(it -> proofs.receiptFor(it, "request.proposed").isPresent()));
  }

  private static RequestId propose() throws Exception {
    var answer =
        application
            .agent("billing-agent")
            .post(
                "/api/v1/approval-requests",
                """
                {"action":"process_refund","confidence":0.99,
                 "parameters":{"orderId":"1","amount":"12.00","currency":"EUR"}}\
                """,
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    return RequestId.of(JSON.readTree(answer.body()).path("id").asText());
  }

  @Test
  void letsAnybodyVerifyTheTreeAndAuditorsTheEntries() throws Exception {
    VerifierKey key = VerifierKey.parse(application.anybody().get(HERE + "/key").body().strip());
    var answer = application.anybody().get(HERE + "/checkpoint");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).isEqualToIgnoringCase("text/plain;charset=utf-8"));
    SignedCheckpoint signed = SignedCheckpoint.parse(answer.body().getBytes(UTF_8));
    assertThat(signed.isSignedBy(key)).isTrue();
    assertThat(key.name()).isEqualTo(application.url().getAuthority() + HERE);

    long size = signed.checkpoint().size();
    TiledTree tree =
        new TiledTree(size, tile -> TileHashes.decode(tile, bytes(tile.path(), "").body()));
    assertThat(tree.root()).isEqualTo(signed.checkpoint().root());

    Tile bundle = Tile.of(Tile.ENTRIES, (size - 1) / Tile.WIDTH, size);
    List<byte[]> entries =
        EntryBundle.decode(bundle, bytes(bundle.path(), application.personalToken("axel")).body());
    Tile hashes = Tile.of(0, bundle.number(), size);
    assertThat(entries.stream().map(Hash::leaf))
        .containsExactlyElementsOf(TileHashes.decode(hashes, bytes(hashes.path(), "").body()));
  }

  @Test
  void cachesFullTilesForEverAndEntriesNever() {
    var partial = bytes("tile/0/000.p/1", "");
    assertThat(partial.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(partial.headers().firstValue("Cache-Control")).hasValue("max-age=1, public");
    assertThat(bytes("tile/0/999", "").statusCode()).isEqualTo(404);
    assertThat(
            bytes("tile/entries/000.p/1", application.personalToken("axel"))
                .headers()
                .firstValue("Cache-Control"))
        .hasValue("no-store");
  }

  @Test
  void handsOutReceiptsThatCanBeCheckedWithoutTheServer() throws Exception {
    JsonNode item = items("?request=" + requests.get(0) + "&type=request.proposed").get(0);
    var answer = axel.get(HERE + "/proofs/" + item.path("index").asLong());
    assertThat(answer.statusCode()).isEqualTo(200);
    InclusionReceipt receipt = InclusionReceipt.parse(answer.body().getBytes(UTF_8));
    VerifierKey key = VerifierKey.parse(application.anybody().get(HERE + "/key").body().strip());

    assertThat(receipt.proves(entry(item), key)).isTrue();
    assertThat(application.bean(AuditProofs.class).receiptFor(requests.get(0), "request.proposed"))
        .hasValueSatisfying(
            it -> {
              var proof = InclusionReceipt.parse(it.proof().getBytes(UTF_8));
              assertThat(proof.proves(it.entry().getBytes(UTF_8), key)).isTrue();
              assertThat(it.entry().getBytes(UTF_8)).isEqualTo(entry(item));
            });
    assertThat(application.bean(AuditProofs.class).receiptFor(RequestId.next(), "request.proposed"))
        .isEmpty();
  }

  /** What anybody can make of an item: the members that the log holds, in canonical JSON. */
  private static byte[] entry(JsonNode item) {
    return EntryBytes.of(
        item.path("entry").asLong(),
        Instant.parse(item.path("at").asText()),
        item.path("type").asText(),
        RequestId.of(item.path("request").asText()),
        item.path("actor").asText(),
        item.path("facts").toString());
  }

  @Test
  void pagesThroughAllEntriesInTheirOrder() throws Exception {
    List<Long> indexes = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = JSON.readTree(axel.get(HERE + "/entries?limit=2" + next).body());
      page.path("items").forEach(item -> indexes.add(item.path("index").asLong()));
      next = page.has("next") ? "&after=" + page.path("next").asLong() : "";
    } while (!next.isEmpty());
    assertThat(indexes).first().isEqualTo(0L);
    for (int i = 0; i < indexes.size(); i++) {
      assertThat(indexes.get(i)).isEqualTo(i);
    }
  }

  @Test
  void exportsALineForEachEntry() throws Exception {
    var answer = entries("?after=0", "application/jsonl");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("application/jsonl"));
    List<String> lines = new String(answer.body(), UTF_8).lines().toList();
    assertThat(lines).isNotEmpty();
    for (int i = 0; i < lines.size(); i++) {
      assertThat(JSON.readTree(lines.get(i)).path("index").asLong()).isEqualTo(i + 1);
    }
  }

  @Test
  void findsByTimeAndType() throws Exception {
    assertThat(items("?to=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(items("?from=2020-01-01T00:00:00Z&type=request.proposed")).isNotEmpty();
    assertThat(items("?type=no.such")).isEmpty();
    assertThat(items("?request=" + requests.get(1)))
        .isNotEmpty()
        .allSatisfy(
            item ->
                assertThat(item.path("request").asText()).isEqualTo(requests.get(1).toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "/entries?request=x,                     request",
    "/entries?request=apr_',                 request",
    "/entries?type=A,                        type",
    "/entries?from=yesterday,                from",
    "/entries?to=+999999999-01-01T00:00:00Z, to",
    "/entries?after=-1,                      after",
    "/entries?after=99999999999999999999,    after",
    "/entries?limit=0,                       limit",
    "/entries?limit=1001,                    limit",
    "/entries?limit=x,                       limit",
    "/proofs/x,                              index",
    "/proofs/-1,                             index",
    "/tile/0/1,                              tile",
    "/tile/7/000,                            tile",
    "/tile/0/000.p/256,                      tile",
    "/tile/entries/x,                        tile",
  })
  void refusesBadInputAndNamesIt(String path, String field) throws Exception {
    var answer = axel.get(HERE + path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(answer.body()).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void refusesBadInputOfAnExportToo() throws Exception {
    var answer = entries("?after=x", "application/jsonl");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), UTF_8)).contains("\"field\":\"after\"");
  }

  @ParameterizedTest
  @CsvSource({"/proofs/99999999", "/tile/0/x999/999", "/tile/entries/999"})
  void hasNothingBeyondTheEnd(String path) {
    assertThat(axel.get(HERE + path).statusCode()).isEqualTo(404);
  }

  @Test
  void saysThatTheLogIsInGoodHealth() {
    var answer = application.anybody().get("/actuator/health/log");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("UP");
  }

  private static JsonNode items(String query) throws Exception {
    return JSON.readTree(axel.get(HERE + "/entries" + query).body()).path("items");
  }

  private static HttpResponse<byte[]> entries(String query, String accept) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(application.url() + HERE + "/entries" + query))
            .header("Authorization", "Bearer " + application.personalToken("axel"))
            .header("Accept", accept)
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> bytes(String path, String token) {
    var request = HttpRequest.newBuilder(URI.create(application.url() + HERE + "/" + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
