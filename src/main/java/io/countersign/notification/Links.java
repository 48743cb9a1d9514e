package io.countersign.notification;

import io.countersign.shared.RequestId;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where messages lead. None of the addresses gives anybody a right. */
@Component
public class Links {

  private final String publicUrl;

  Links(@Value("${countersign.public-url}") String publicUrl) {
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /** The page of a request. */
  public String review(RequestId request) {
    return publicUrl + "/review/" + request;
  }

  /** The page on which people say how they want to be told. */
  public String settings() {
    return publicUrl + "/settings";
  }

  /** The name of this installation, for ids of mails. */
  public String host() {
    String host = URI.create(publicUrl).getHost();
    return host == null ? "localhost" : host;
  }
}
