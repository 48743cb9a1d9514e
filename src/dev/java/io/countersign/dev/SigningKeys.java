package io.countersign.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The three Ed25519 keys of an installation, generated once. */
public final class SigningKeys {
  private static final List<String> NAMES = List.of("grants", "webhooks", "log");
  private static final int LINE = 64;

  private SigningKeys() {}

  /** Creates what is missing of the three keys. */
  public static void ensure(Path folder) throws IOException {
    PrivateFiles.createDirectory(folder);
    for (var name : NAMES) {
      var file = folder.resolve(name + ".pem");
      if (!Files.exists(file)) {
        PrivateFiles.write(file, pem());
      }
    }
  }

  private static String pem() {
    try {
      var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
      var text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded());
      return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
