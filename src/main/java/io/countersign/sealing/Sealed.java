package io.countersign.sealing;

import io.countersign.shared.RequestId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote in a request: sealed in the database, opened when it is asked for. Never
 * changes.
 */
public abstract sealed class Sealed {

  private Sealed() {}

  /** A text of a request. */
  public static Sealed of(RequestId request, String text) {
    return of(request, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text that may be missing. */
  public static @Nullable Sealed ofNullable(RequestId request, @Nullable String text) {
    return text == null ? null : of(request, text);
  }

  /** Bytes of a request. */
  public static Sealed of(RequestId request, byte[] bytes) {
    return new Fresh(request, bytes.clone());
  }

  /**
   * What was written.
   *
   * @throws Erased if it was erased since
   */
  public abstract byte[] bytes();

  abstract byte[] stored(Seals seals);

  /**
   * What was written, as text.
   *
   * @throws Erased if it was erased since
   */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Says nothing of the content. */
  @Override
  public String toString() {
    return "sealed";
  }

  private static final class Fresh extends Sealed {

    private final RequestId request;
    private final byte[] plain;

    Fresh(RequestId request, byte[] plain) {
      this.request = request;
      this.plain = plain;
    }

    @Override
    public byte[] bytes() {
      return plain.clone();
    }

    @Override
    byte[] stored(Seals seals) {
      return seals.seal(request, plain);
    }
  }

  static final class Stored extends Sealed {

    private final byte[] stored;
    private final Seals seals;

    Stored(byte[] stored, Seals seals) {
      this.stored = stored;
      this.seals = seals;
    }

    @Override
    public byte[] bytes() {
      return seals.open(stored);
    }

    @Override
    byte[] stored(Seals ignored) {
      return stored;
    }
  }
}
