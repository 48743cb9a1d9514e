package io.countersign.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.chaos.Ledger.Acknowledged;
import io.countersign.chaos.Ledger.Effect;
import io.countersign.chaos.Ledger.How;
import io.countersign.shared.json.CanonicalJson;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  private static final Deed DEED = Intent.APPROVE.deed(7);

  @Test
  void givesBackWhatItWasTold(@TempDir Path folder) throws Exception {
    var promise = new Acknowledged("apr_1", "agent", "key", DEED.digest());
    var effect = new Effect("apr_1", "key", How.TWIN, DEED);
    try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
      ledger.acknowledge(promise);
      ledger.executeOnce(effect);

      assertThat(ledger.acknowledged()).containsExactly(promise);
      assertThat(ledger.effects()).containsExactly(effect);
    }
  }

  @Test
  void doesOnceWhatTheSameExecutorMayDoUnderOneKey(@TempDir Path folder) throws Exception {
    try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
      ledger.executeOnce(new Effect("apr_1", "key", How.HONEST, DEED));
      ledger.executeOnce(new Effect("apr_1", "key", How.HONEST, DEED));
      ledger.executeOnce(new Effect("apr_1", "other", How.SECOND_KEY, DEED));

      assertThat(ledger.effects()).hasSize(2);
    }
  }

  @Test
  void computesTheDigestThatTheProductComputes() {
    for (Intent intent : Intent.values()) {
      Deed deed = intent.deed(1);
      assertThat(deed.digest())
          .isEqualTo(CanonicalJson.digest(deed.action(), deed.json().get("parameters")).value());
    }
  }
}
