package io.countersign.request;

import io.countersign.sealing.Sealed;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** The canonical bytes of an action with its parameters, under their digest; written once. */
@Entity
@Immutable
class ActionContent {

  @EmbeddedId private Key key;
  private Sealed content;
  private String proposedBy;
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected ActionContent() {}

  ActionContent(UUID requestId, ActionDigest digest, byte[] content, String by, Instant now) {
    this.key = new Key(requestId, digest.value());
    this.content = Sealed.of(new RequestId(requestId), content);
    this.proposedBy = by;
    this.createdAt = now;
  }

  byte[] content() {
    return content.bytes();
  }

  /** Rows are keyed by request, never by digest alone: two agents may propose the same bytes. */
  @Embeddable
  record Key(@Column(name = "request_id") UUID requestId, @Column(name = "digest") String digest)
      implements Serializable {}
}
