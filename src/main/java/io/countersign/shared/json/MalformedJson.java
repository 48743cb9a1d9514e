package io.countersign.shared.json;

/**
 * Untrusted bytes that are not the I-JSON (RFC 7493) we accept; the message says what was expected.
 */
public class MalformedJson extends Exception {

  private final String pointer;

  MalformedJson(String pointer, String message) {
    super(message);
    this.pointer = pointer;
  }

  /** Where, as a JSON pointer (RFC 6901); empty for the whole document. */
  public String pointer() {
    return pointer;
  }
}
