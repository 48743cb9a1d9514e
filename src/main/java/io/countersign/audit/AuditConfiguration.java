package io.countersign.audit;

import io.countersign.audit.merkle.VerifierKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditSettings.class)
class AuditConfiguration {

  /** Entries of transactions that end elsewhere become final without a word. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final Duration WHILE_IN_DOUBT = Duration.ofSeconds(10);
  private static final Duration WITNESS_POLL = Duration.ofSeconds(5);

  @Bean
  LogIdentity logIdentity(LogKey key, AuditSettings settings, Environment environment) {
    return new LogIdentity(
        key,
        settings.origin(),
        derivedOrigin(environment.getProperty("countersign.public-url", "")),
        settings.formerKeys().stream().map(VerifierKey::parse).toList());
  }

  /** The address of the log without its scheme, as c2sp.org/tlog-tiles recommends. */
  static String derivedOrigin(String publicUrl) {
    return publicUrl.replaceFirst("^[a-z]+://", "").replaceFirst("/+$", "") + "/api/v1/audit";
  }

  @Bean
  Publication publication(LogStore store, AuditSettings settings) {
    return new Publication(store, keys(settings), settings.required());
  }

  private static List<VerifierKey> keys(AuditSettings settings) {
    return settings.witnesses().stream()
        .map(witness -> VerifierKey.parse(Objects.requireNonNull(witness.key())))
        .toList();
  }

  @Bean
  Sequencer sequencer(
      LogStore store,
      LogIdentity identity,
      AuditSettings settings,
      LogStatus status,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new Sequencer(
        store,
        identity,
        new SecondPlace(settings.place().orElse(null)),
        status,
        new TransactionTemplate(transactions),
        clock);
  }

  @Bean
  Cosigning cosigning(
      AuditSettings settings, WitnessCalls calls, LogStore store, LogStatus status, Clock clock) {
    List<Cosigning.Witness> witnesses =
        settings.witnesses().stream()
            .map(
                witness ->
                    new Cosigning.Witness(
                        VerifierKey.parse(Objects.requireNonNull(witness.key())),
                        address(calls, Objects.requireNonNull(witness.url()))))
            .toList();
    return new Cosigning(witnesses, calls, store, status, clock);
  }

  private static URI address(WitnessCalls calls, String url) {
    try {
      return calls.check(url + (url.endsWith("/") ? "" : "/") + "add-checkpoint");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "countersign.audit.witnesses: " + url + ": " + e.getMessage(), e);
    }
  }

  @Bean
  LogLoop witnessLoop(Cosigning cosigning) {
    return new LogLoop(
        "countersign-witnesses",
        () -> {
          cosigning.ask();
          return WITNESS_POLL;
        });
  }

  @Bean
  LogLoop sequencerLoop(Sequencer sequencer, LogLoop witnessLoop) {
    return new LogLoop(
        "countersign-sequencer",
        () -> {
          Sequencer.Round round = sequencer.sequence();
          witnessLoop.wake();
          return switch (round) {
            case MORE -> Duration.ZERO;
            case DONE -> POLL;
            case REFUSED -> WHILE_IN_DOUBT;
          };
        });
  }

  @Bean
  Wake wake(LogLoop sequencerLoop) {
    return new Wake(sequencerLoop);
  }

  /** On the node that wrote an entry the sequencer need not wait for its next look. */
  record Wake(LogLoop loop) {

    @TransactionalEventListener(classes = EntryAppended.class)
    void entryCommitted() {
      loop.wake();
    }
  }
}
