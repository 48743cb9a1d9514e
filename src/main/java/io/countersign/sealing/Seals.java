package io.countersign.sealing;

import io.countersign.shared.RequestId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Seals content for the database and opens it again.
 *
 * <p>Stored is a byte that names the form: 0 for what belongs to no request or is older than the
 * sealing, as it is; 1 for the 16 bytes of the request's id, a nonce of 12, and cipher text with
 * its tag.
 */
@Component
public class Seals {

  private static final byte PLAIN = 0;
  private static final byte SEALED = 1;
  private static final int HEAD = 17;

  private final RequestKeys keys;

  Seals(RequestKeys keys) {
    this.keys = keys;
  }

  /**
   * Seals with the request's key.
   *
   * @throws Erased if that was destroyed
   */
  public byte[] seal(RequestId request, byte[] plain) {
    byte[] head = head(request.uuid());
    byte[] sealed = keys.forWriting(request).seal(plain, head);
    return ByteBuffer.allocate(HEAD + sealed.length).put(head).put(sealed).array();
  }

  /** What belongs to no request, as it is stored. */
  public static byte[] plain(byte[] content) {
    return ByteBuffer.allocate(1 + content.length).put(PLAIN).put(content).array();
  }

  /**
   * What was sealed.
   *
   * @throws Erased if its key was destroyed
   */
  public byte[] open(byte[] stored) {
    if (stored[0] == PLAIN) {
      return Arrays.copyOfRange(stored, 1, stored.length);
    }
    ByteBuffer read = ByteBuffer.wrap(stored, 1, HEAD - 1);
    UUID request = new UUID(read.getLong(), read.getLong());
    byte[] sealed = Arrays.copyOfRange(stored, HEAD, stored.length);
    return keys.forReading(request).open(sealed, head(request));
  }

  private static byte[] head(UUID request) {
    return ByteBuffer.allocate(HEAD)
        .put(SEALED)
        .putLong(request.getMostSignificantBits())
        .putLong(request.getLeastSignificantBits())
        .array();
  }
}
