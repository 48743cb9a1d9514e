package io.countersign.story;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A real mail server, and what has arrived there. */
final class Post implements AutoCloseable {

  private static final String DOMAIN = "@countersign.example";

  private final GreenMail server;

  Post() {
    server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    server.start();
  }

  /** The settings that lead to it. */
  Map<String, String> settings() {
    return Map.of(
        "spring.mail.host",
        "127.0.0.1",
        "spring.mail.port",
        Integer.toString(server.getSmtp().getPort()),
        "countersign.mail.from",
        "approvals" + DOMAIN);
  }

  /** A mail as its reader sees it. */
  record Mail(MimeMessage message) {

    String to() {
      return header("To").replace(DOMAIN, "");
    }

    String header(String name) {
      try {
        String[] values = message.getHeader(name);
        return values == null ? "" : String.join(", ", values);
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }

    String subject() {
      try {
        return message.getSubject();
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }

    String plain() {
      return part(0, "text/plain");
    }

    String html() {
      return part(1, "text/html");
    }

    private String part(int index, String type) {
      try {
        BodyPart part = ((Multipart) message.getContent()).getBodyPart(index);
        if (!part.isMimeType(type)) {
          throw new IllegalStateException("expected " + type + ", found " + part.getContentType());
        }
        return ((String) part.getContent()).replace("\r\n", "\n");
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Everything, as it went over the line. */
    String raw() {
      return GreenMailUtil.getWholeMessage(message);
    }
  }

  /** Everything that arrived, in order. */
  List<Mail> all() {
    return Arrays.stream(server.getReceivedMessages()).map(Mail::new).toList();
  }

  /** What arrived for somebody about a request. */
  List<Mail> to(String person, String request) {
    return all().stream()
        .filter(mail -> mail.to().equals(person) && mail.plain().contains(request))
        .toList();
  }

  /** The same, once there are that many. */
  List<Mail> awaitTo(String person, String request, int mails) {
    await().atMost(Duration.ofSeconds(30)).until(() -> to(person, request).size() >= mails);
    return to(person, request);
  }

  @Override
  public void close() {
    server.stop();
  }
}
