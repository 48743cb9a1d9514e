package io.countersign.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.merkle.Signer;
import io.countersign.audit.merkle.TestKeys;
import io.countersign.audit.merkle.VerifierKey;
import io.countersign.delivery.MigratedDatabase;
import io.countersign.sealing.TestSealing;
import io.countersign.shared.RequestId;
import io.countersign.witness.WitnessProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sequencer's side against a real witness over HTTP. */
@Timeout(120)
class CosigningIT {

  private final MigratedDatabase database = new MigratedDatabase();
  private final LogNode.TestLogKey key = new LogNode.TestLogKey();
  private final LogNode node = new LogNode(database, key, null);
  private final Signer signer = TestKeys.witness("witness.example/w1");

  @TempDir private Path state;

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  @Test
  void publishesOnlyWhatItsWitnessHasSigned() throws Exception {
    RequestId request = RequestId.next();
    node.transactions.executeWithoutResult(
        transaction ->
            node.trail.append(AuditEvent.of("request.proposed", request, "system", Map.of())));
    node.append(9);
    node.sequenceAll();
    Publication publication = publication();
    AuditProofs proofs = new AuditProofs(node.store, publication, TestSealing.keys(node.jdbc));
    assertThat(publication.newest()).isEmpty();
    assertThat(proofs.receiptFor(request, "request.proposed")).isEmpty();

    try (WitnessProcess witness = new WitnessProcess(signer, key.verifier(), state)) {
      Cosigning cosigning = cosigning(witness.address());
      assertThat(cosigning.ask()).isTrue();
      assertThat(publication.newest().orElseThrow().cosignature(signer.key())).isPresent();
      assertThat(proofs.receiptFor(request, "request.proposed"))
          .hasValueSatisfying(it -> assertThat(it.proof()).contains("— witness.example/w1 "));
      assertThat(proofs.receiptFor(request, "request.approved")).isEmpty();

      node.append(300);
      node.sequenceAll();
      assertThat(publication.newest().orElseThrow().checkpoint().size()).isEqualTo(10);
      assertThat(cosigning.ask()).isTrue();
      assertThat(publication.newest().orElseThrow().checkpoint().size()).isEqualTo(310);
    }
  }

  @Test
  void waitsForAWitnessThatIsAwayAndLearnsWhatItRemembers() throws Exception {
    node.append(5);
    node.sequenceAll();
    assertThat(cosigning(URI.create("http://127.0.0.1:1/add-checkpoint")).ask()).isFalse();
    assertThat(node.status.reason()).isEmpty();

    try (WitnessProcess witness = new WitnessProcess(signer, key.verifier(), state)) {
      assertThat(cosigning(witness.address()).ask()).isTrue();
      byForce("delete from audit_cosignature");
      node.append(5);
      node.sequenceAll();
      assertThat(cosigning(witness.address()).ask()).as("by its 409").isTrue();
    }
    assertThat(publication().newest().orElseThrow().checkpoint().size()).isEqualTo(10);
  }

  @Test
  void stopsSigningWhenTheWitnessRemembersMore() throws Exception {
    try (WitnessProcess witness = new WitnessProcess(signer, key.verifier(), state)) {
      Cosigning cosigning = cosigning(witness.address());
      node.append(5);
      node.sequenceAll();
      node.append(5);
      node.sequenceAll();
      cosigning.ask();
      byForce("delete from audit_cosignature");
      byForce("delete from audit_leaf where log_index >= 5");
      byForce("delete from audit_checkpoint where size > 5");

      assertThat(cosigning.ask()).isFalse();
      assertThat(node.status.reason())
          .hasValueSatisfying(it -> assertThat(it).contains("set back").contains("10"));
      assertThat(node.sequencer.sequence()).isEqualTo(Sequencer.Round.REFUSED);
    }
  }

  @Test
  void stopsSigningWhenTheWitnessRemembersAnotherHistory() throws Exception {
    try (WitnessProcess witness = new WitnessProcess(signer, key.verifier(), state)) {
      Cosigning cosigning = cosigning(witness.address());
      node.append(5);
      node.sequenceAll();
      cosigning.ask();
      // Whoever holds the database and the log key writes another history and signs it anew.
      byForce("delete from audit_cosignature");
      byForce("delete from audit_leaf");
      byForce("delete from audit_checkpoint");
      byForce("update audit_entry set actor = 'person:somebody-else'");
      node.append(1);
      LogNode forger = new LogNode(database, key, null);
      forger.sequenceAll();
      assertThat(forger.store.last().orElseThrow().size()).isEqualTo(6);

      assertThat(cosigning.ask()).isFalse();
      assertThat(node.status.reason())
          .hasValueSatisfying(it -> assertThat(it).contains("does not extend"));
      assertThat(publication().newest()).isEmpty();
      forger.close();
    }
  }

  @Test
  void countsWitnessesUpToTheQuorum() throws Exception {
    node.append(5);
    node.sequenceAll();
    List<VerifierKey> two = List.of(signer.key(), TestKeys.witness("witness.example/w2").key());
    try (WitnessProcess witness = new WitnessProcess(signer, key.verifier(), state)) {
      cosigning(witness.address()).ask();
    }
    assertThat(new Publication(node.store, two, 2).newest()).isEmpty();
    assertThat(new Publication(node.store, two, 1).newest()).isPresent();
    assertThat(new Publication(node.store, two.subList(1, 2), 1).newest()).isEmpty();
  }

  @Test
  void takesNoSignatureOfSomebodyElse() throws Exception {
    node.append(5);
    node.sequenceAll();
    Signer impostor = TestKeys.witness("witness.example/w1");
    try (WitnessProcess witness = new WitnessProcess(impostor, key.verifier(), state)) {
      assertThat(cosigning(witness.address()).ask()).isFalse();
    }
    assertThat(publication().newest()).isEmpty();
  }

  private Publication publication() {
    return new Publication(node.store, List.of(signer.key()), 1);
  }

  private Cosigning cosigning(URI address) {
    VerifierKey witness = signer.key();
    return new Cosigning(
        List.of(new Cosigning.Witness(witness, address)),
        new PlainCalls(),
        node.store,
        node.status,
        LogNode.CLOCK);
  }

  private void byForce(String statement) {
    database.asOwner().sql("set session_replication_role = replica; " + statement).update();
  }

  /** Calls without the guard, which has tests of its own. */
  private static final class PlainCalls implements WitnessCalls {
    @Override
    public URI check(String url) {
      return URI.create(url);
    }

    @Override
    public Answer post(URI url, byte[] text, int maxAnswerBytes) throws IOException {
      var connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setDoOutput(true);
      connection.getOutputStream().write(text);
      int status = connection.getResponseCode();
      try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return new Answer(status, new String(body.readNBytes(maxAnswerBytes), UTF_8));
      }
    }
  }
}
