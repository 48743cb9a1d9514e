package io.countersign.sealing;

import java.util.Base64;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys of requests under a master key made for a test. */
public final class TestSealing {

  private TestSealing() {}

  /** A fresh master key, as operators write it into {@code sealing.key}. */
  public static String masterKey() {
    return Base64.getEncoder().encodeToString(ContentKey.random().bytes());
  }

  /** The keys kept in that database. */
  public static RequestKeys keys(JdbcClient jdbc) {
    return new RequestKeys(jdbc, new MasterKeys(List.of(masterKey())));
  }
}
