package io.countersign.sealing;

import io.countersign.shared.time.Ticker;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Wraps every key with the newest master key, batch by batch, and says when nothing needs a former
 * one any more.
 */
@Component
class KeyRenewal implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(KeyRenewal.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int BATCH = 500;

  private final RequestKeys keys;
  private final TransactionTemplate transactions;
  private final Ticker ticker = new Ticker("countersign-key-renewal", EVERY, this::renew);

  KeyRenewal(RequestKeys keys, PlatformTransactionManager transactions) {
    this.keys = keys;
    this.transactions = new TransactionTemplate(transactions);
  }

  /** Wraps all that former master keys wrap; how many keys those were. */
  int renew() {
    int renewed = 0;
    int batch = batch();
    while (batch > 0) {
      renewed += batch;
      batch = batch();
    }
    if (renewed > 0) {
      log.info("{} keys of requests are wrapped with the newest master key now", renewed);
    }
    return renewed;
  }

  private int batch() {
    return Objects.requireNonNull(transactions.execute(status -> keys.wrapAnew(BATCH)));
  }

  /** A node that could not read what others have sealed does not start. */
  @Override
  public void start() {
    keys.requireMasters();
    ticker.start();
  }

  @Override
  public void stop() {
    ticker.stop();
  }

  @Override
  public boolean isRunning() {
    return ticker.isRunning();
  }
}
