package io.countersign.request;

import io.countersign.sealing.Sealed;
import io.countersign.shared.RequestId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.hibernate.annotations.Immutable;

/** The request body exactly as the agent sent it, compressed; written once. */
@Entity
@Immutable
class Handoff {

  @Id private UUID requestId;
  private Sealed body;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Handoff() {}

  Handoff(UUID requestId, byte[] received) {
    this.requestId = requestId;
    this.body = Sealed.of(new RequestId(requestId), compress(received));
  }

  byte[] received() {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body.bytes()))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the stored body is damaged", e);
    }
  }

  private static byte[] compress(byte[] received) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(received.length / 2 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(received);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }
}
