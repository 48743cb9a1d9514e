package io.countersign.request;

import com.github.f4b6a3.uuid.UuidCreator;
import io.countersign.sealing.Sealed;
import io.countersign.shared.RequestId;
import io.countersign.shared.WireName;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What an agent or executor says became of an approved action. A claim, never a label. */
@Entity
@Immutable
public class OutcomeReport {

  @Id private UUID id;
  private UUID requestId;
  private String reporter;
  private Result result;
  private @Nullable Sealed stateAfter;
  private @Nullable Sealed error;
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected OutcomeReport() {}

  OutcomeReport(RequestId request, String reporter, Claim claim, Instant now) {
    this.id = UuidCreator.getTimeOrderedEpoch();
    this.requestId = request.uuid();
    this.reporter = reporter;
    this.result = claim.result();
    this.stateAfter = Sealed.ofNullable(request, claim.stateAfter());
    this.error = Sealed.ofNullable(request, claim.error());
    this.createdAt = now;
  }

  /** How it went. */
  public enum Result implements WireName {
    SUCCEEDED,
    FAILED,
    ROLLED_BACK
  }

  /**
   * What is claimed.
   *
   * @param stateAfter JSON text, kept as it came
   */
  public record Claim(Result result, @Nullable String stateAfter, @Nullable String error) {}

  /** Whether this report says the same. */
  boolean says(String by, Claim claim) {
    return reporter.equals(by)
        && result == claim.result()
        && Objects.equals(text(stateAfter), claim.stateAfter())
        && Objects.equals(text(error), claim.error());
  }

  private static @Nullable String text(@Nullable Sealed sealed) {
    return sealed == null ? null : sealed.text();
  }
}
