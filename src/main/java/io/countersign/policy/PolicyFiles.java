package io.countersign.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes a policy is made of. */
public final class PolicyFiles {

  static final String MANIFEST = "actions.yaml";
  static final String SCHEMA = "actions.schema.json";
  static final String TABLE = "route-action.dmn";
  static final String STAGES = "plan-stages.dmn";
  static final String CHANNELS = "choose-channels.dmn";

  private final byte[] manifest;
  private final byte[] schema;
  private final byte[] table;
  private final byte[] stages;

  /**
   * Takes the manifest, the schema it has to keep to, the routing table and the table of stages.
   */
  public PolicyFiles(byte[] manifest, byte[] schema, byte[] table, byte[] stages) {
    this.manifest = manifest.clone();
    this.schema = schema.clone();
    this.table = table.clone();
    this.stages = stages.clone();
  }

  /** The files that were built into the application. */
  public static PolicyFiles packaged() throws IOException {
    return new PolicyFiles(resource(MANIFEST), resource(SCHEMA), resource(TABLE), resource(STAGES));
  }

  /**
   * An operator's own manifest and tables. The schema stays ours, so that no operator can loosen
   * what a manifest may say.
   */
  public static PolicyFiles in(Path folder) throws IOException {
    return new PolicyFiles(
        Files.readAllBytes(folder.resolve(MANIFEST)),
        resource(SCHEMA),
        Files.readAllBytes(folder.resolve(TABLE)),
        Files.readAllBytes(folder.resolve(STAGES)));
  }

  /** The table of channels that was built in. */
  static byte[] packagedChannels() throws IOException {
    return resource(CHANNELS);
  }

  /** An operator's own table of channels. */
  static byte[] channelsIn(Path folder) throws IOException {
    return Files.readAllBytes(folder.resolve(CHANNELS));
  }

  byte[] manifest() {
    return manifest.clone();
  }

  byte[] schema() {
    return schema.clone();
  }

  byte[] table() {
    return table.clone();
  }

  byte[] stages() {
    return stages.clone();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PolicyFiles.class.getResourceAsStream("/processes/" + name)) {
      if (in == null) {
        throw new IOException("expected processes/" + name + " on the class path");
      }
      return in.readAllBytes();
    }
  }
}
