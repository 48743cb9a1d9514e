package io.countersign.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.delivery.MigratedDatabase;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mock.env.MockEnvironment;

/** Content is readable while its key exists, for its request, under the right master key. */
class SealsTest {

  private static final byte[] CONTENT = "Refund 240.00 EUR".getBytes(UTF_8);
  private static final ActionDigest DIGEST = new ActionDigest("sha-256:" + "a".repeat(64));

  private final MigratedDatabase database = new MigratedDatabase();
  private final HikariDataSource connections = database.application();
  private final JdbcClient jdbc = JdbcClient.create(connections);
  private final RequestId request = RequestId.next();
  private final String master = TestSealing.masterKey();
  private final RequestKeys keys = keys(master);
  private final Seals seals = new Seals(keys);

  private RequestKeys keys(String... masters) {
    return new RequestKeys(jdbc, new MasterKeys(List.of(masters)));
  }

  /** Another node, which remembers nothing. */
  private Seals elsewhere(String... masters) {
    return new Seals(keys(masters));
  }

  @BeforeEach
  void begin() {
    keys.create(request);
  }

  @AfterEach
  void stop() {
    connections.close();
    database.close();
  }

  @Test
  void opensOnEveryNodeWhatOneHasSealed() {
    byte[] stored = seals.seal(request, CONTENT);

    assertThat(elsewhere(master).open(stored)).isEqualTo(CONTENT);
    assertThat(new String(stored, UTF_8)).doesNotContain("Refund");
  }

  @Test
  void sealsTheSameDifferentlyEachTime() {
    assertThat(seals.seal(request, CONTENT)).isNotEqualTo(seals.seal(request, CONTENT));
  }

  @Test
  void opensNothingThatWasChangedInAnyByte() {
    byte[] stored = seals.seal(request, CONTENT);
    for (int i = 1; i < stored.length; i++) {
      byte[] changed = stored.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> seals.open(changed))
          .as("byte %d", i)
          .isInstanceOfAny(IllegalStateException.class, Erased.class);
    }
  }

  @Test
  void takesContentOfOneRequestForNoOther() {
    RequestId other = RequestId.next();
    keys.create(other);
    byte[] stored = seals.seal(request, CONTENT);
    byte[] moved = stored.clone();
    System.arraycopy(seals.seal(other, CONTENT), 0, moved, 0, 17);

    assertThatThrownBy(() -> seals.open(moved)).hasMessageContaining("does not fit its key");
  }

  @Test
  void opensNothingOnceTheKeyIsDestroyedAndSealsNothingMore() {
    byte[] stored = seals.seal(request, CONTENT);

    assertThat(keys.destroy(request)).isTrue();
    assertThat(keys.destroy(request)).isFalse();

    assertThatThrownBy(() -> seals.open(stored)).isInstanceOf(Erased.class);
    assertThatThrownBy(() -> seals.seal(request, CONTENT)).isInstanceOf(Erased.class);
    assertThatThrownBy(() -> keys.commit(request, DIGEST)).isInstanceOf(Erased.class);
    assertThat(keys.salt(request)).isEmpty();
    assertThatThrownBy(() -> elsewhere(master).open(stored)).isInstanceOf(Erased.class);
  }

  @Test
  void commitsToADigestInAWayThatOnlyTheSaltReveals() throws Exception {
    RequestId other = RequestId.next();
    String commitment = keys.commit(request, DIGEST);

    assertThat(commitment).matches("hmac-sha-256:[0-9a-f]{64}");
    assertThat(keys(master).commit(request, DIGEST)).isEqualTo(commitment);
    assertThat(keys.commit(other, DIGEST)).isNotEqualTo(commitment);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(keys.salt(request).orElseThrow(), "HmacSHA256"));
    assertThat(
            "hmac-sha-256:" + HexFormat.of().formatHex(mac.doFinal(DIGEST.value().getBytes(UTF_8))))
        .isEqualTo(commitment);
  }

  @Test
  void needsAFormerMasterKeyUntilEverythingIsWrappedAnew() {
    byte[] stored = seals.seal(request, CONTENT);
    String next = TestSealing.masterKey();
    assertThatThrownBy(() -> elsewhere(next).open(stored))
        .hasMessageContaining("which sealing.key has no more");

    RequestKeys both = keys(next, master);
    assertThat(new Seals(both).open(stored)).isEqualTo(CONTENT);
    assertThat(both.wrapAnew(10)).isEqualTo(1);
    assertThat(both.wrapAnew(10)).isZero();

    assertThat(elsewhere(next).open(stored)).isEqualTo(CONTENT);
    assertThatThrownBy(() -> elsewhere(master).open(stored))
        .hasMessageContaining("which sealing.key has no more");
  }

  @Test
  void doesNotStartWithoutAMasterKeyThatIsStillNeeded() {
    keys.create(RequestId.next());
    var transactions = new DataSourceTransactionManager(connections);
    String next = TestSealing.masterKey();

    assertThatThrownBy(() -> new KeyRenewal(keys(next), transactions).start())
        .hasMessageContaining("which sealing.key has no more");

    KeyRenewal renewal = new KeyRenewal(keys(next, master), transactions);
    renewal.start();
    assertThat(renewal.renew()).isEqualTo(2);
    renewal.stop();
    assertThatCode(() -> keys(next).requireMasters()).doesNotThrowAnyException();
  }

  @Test
  void readsWhatIsOlderThanTheSealing() {
    assertThat(seals.open(Seals.plain(CONTENT))).isEqualTo(CONTENT);
  }

  @Test
  void refusesMasterKeysThatAreNone() {
    for (String text : List.of("short", "AAAA", "not base64 at all, but as long as one is")) {
      assertThatThrownBy(
              () ->
                  new MasterKeys(
                      new MockEnvironment().withProperty("countersign.key.sealing", text)))
          .hasMessageContaining("expected 32 random bytes in base64")
          .hasMessageNotContaining(text);
    }
    assertThatThrownBy(() -> new MasterKeys(new MockEnvironment()))
        .hasMessageContaining("sealing.key");
  }
}
