package io.countersign.policy;

/**
 * One thing that is wrong with the deployed policy.
 *
 * @param file the file's name, for example {@code actions.yaml}
 * @param line counted from 1; 0 when the whole file is meant
 * @param field the dotted path of the field; empty when the whole file is meant
 * @param problem what was expected and what was found
 */
public record ManifestError(String file, int line, String field, String problem) {

  @Override
  public String toString() {
    String place = line > 0 ? file + " line " + line : file;
    return (field.isEmpty() ? place : place + ", " + field) + ": " + problem;
  }
}
