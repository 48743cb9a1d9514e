package io.countersign.request;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** That a grant was used. There is one at most for every request, by its key in the database. */
@Entity
@Immutable
public class Redemption {

  @Id private UUID grantId;
  private UUID requestId;
  private String executor;
  private String idempotencyKey;
  private Instant redeemedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Redemption() {}

  Redemption(ApprovalRequest request, String executor, String idempotencyKey, Instant now) {
    this.grantId = request.grantId().orElseThrow();
    this.requestId = request.id().uuid();
    this.executor = executor;
    this.idempotencyKey = idempotencyKey;
    this.redeemedAt = now;
  }

  /** Whether this is the same attempt of the same executor, sent again. */
  public boolean isBy(String client, String key) {
    return executor.equals(client) && idempotencyKey.equals(key);
  }

  /** When the grant was used. */
  public Instant redeemedAt() {
    return redeemedAt;
  }
}
