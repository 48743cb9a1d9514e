package io.countersign.dev;

/**
 * Something the development environment cannot do, told in a sentence for the person at the
 * terminal.
 */
public final class DevException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DevException(String message) {
    super(message);
  }

  DevException(String message, Throwable cause) {
    super(message, cause);
  }
}
