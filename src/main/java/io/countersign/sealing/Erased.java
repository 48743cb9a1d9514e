package io.countersign.sealing;

/** The content was erased: its key was destroyed. */
public class Erased extends RuntimeException {

  Erased() {
    super("the content was erased");
  }
}
