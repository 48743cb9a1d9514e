package io.countersign.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The keys of an installation, generated once: three that sign, and one that seals. */
public final class InstallationKeys {
  private static final List<String> NAMES = List.of("grants", "webhooks", "log");
  private static final int LINE = 64;
  private static final int SEALING_BYTES = 32;

  private InstallationKeys() {}

  /** Creates what is missing. */
  public static void ensure(Path folder) throws IOException {
    PrivateFiles.createDirectory(folder);
    for (var name : NAMES) {
      var file = folder.resolve(name + ".pem");
      if (!Files.exists(file)) {
        PrivateFiles.write(file, pem());
      }
    }
    var sealing = folder.resolve("sealing.key");
    if (!Files.exists(sealing)) {
      PrivateFiles.write(sealing, random());
    }
  }

  private static String random() {
    var bytes = new byte[SEALING_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes) + "\n";
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
