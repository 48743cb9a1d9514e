package io.countersign.handback;

import io.countersign.shared.RequestId;
import java.net.URI;

/** Where this installation is reached from outside; also the issuer of its grants. */
record PublicUrl(String value) {

  static PublicUrl of(String setting) {
    String url = setting.endsWith("/") ? setting.substring(0, setting.length() - 1) : setting;
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && uri.getQuery() == null && uri.getScheme().startsWith("http")) {
        return new PublicUrl(url);
      }
    } catch (IllegalArgumentException e) {
      // Told below, in the same words.
    }
    throw new IllegalStateException(
        "countersign.public-url: expected the https URL under which people and agents reach this"
            + " installation, found \""
            + setting
            + "\"");
  }

  String request(RequestId id) {
    return value + "/api/v1/approval-requests/" + id;
  }
}
