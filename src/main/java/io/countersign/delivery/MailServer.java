package io.countersign.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The mail server of the house, where an operator configured one. It is named by the operator, so
 * the {@link AddressGuard} is not asked; what it does with a mail is its own.
 */
public final class MailServer {

  /** The id of the one endpoint that mails are kept under. */
  public static final String ENDPOINT = "people:email";

  /** So that a whole conversation ends well before the lease of its message. */
  private static final String CONNECT_MILLIS = "5000";

  private static final String ANSWER_MILLIS = "10000";

  private final @Nullable JavaMailSender sender;
  private final String from;
  private final Clock clock;

  MailServer(@Nullable JavaMailSender sender, String from, Clock clock) {
    this.sender = sender;
    this.from = from;
    this.clock = clock;
    if (sender instanceof JavaMailSenderImpl own && own.getHost() != null) {
      harden(own.getJavaMailProperties(), own.getHost());
    }
  }

  /** What the operator says in {@code spring.mail.properties} wins. */
  private static void harden(Properties properties, String host) {
    for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
      properties.putIfAbsent(protocol + "connectiontimeout", CONNECT_MILLIS);
      properties.putIfAbsent(protocol + "timeout", ANSWER_MILLIS);
      properties.putIfAbsent(protocol + "writetimeout", ANSWER_MILLIS);
      properties.putIfAbsent(protocol + "ssl.checkserveridentity", "true");
    }
    properties.putIfAbsent("mail.smtp.starttls.enable", "true");
    if (!isThisMachine(host)) {
      properties.putIfAbsent("mail.smtp.starttls.required", "true");
    }
  }

  private static boolean isThisMachine(String host) {
    return host.startsWith("127.")
        || host.equals("::1")
        || host.toLowerCase(Locale.ROOT).equals("localhost");
  }

  /** Whether mails can be sent at all. */
  public boolean isConfigured() {
    return sender != null;
  }

  void send(Letter letter) throws Undelivered {
    JavaMailSender server = sender;
    if (server == null) {
      throw Undelivered.forNow("no mail server is configured");
    }
    try {
      server.send(mime(server.createMimeMessage(), letter));
    } catch (MailException e) {
      throw undelivered(e);
    } catch (AddressException e) {
      throw Undelivered.forGood("the address in Keycloak, or countersign.mail.from, is none");
    } catch (MessagingException e) {
      throw Undelivered.forGood("the mail could not be put together");
    }
  }

  private MimeMessage mime(MimeMessage message, Letter letter) throws MessagingException {
    message.setFrom(new InternetAddress(from, true));
    message.setRecipient(
        MimeMessage.RecipientType.TO, new InternetAddress(oneLine(letter.to()), true));
    message.setSubject(oneLine(letter.subject()), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Message-ID", oneLine(letter.id()));
    if (letter.about().isPresent()) {
      message.setHeader("In-Reply-To", oneLine(letter.about().get()));
      message.setHeader("References", oneLine(letter.about().get()));
    }
    // So that nobody's absence note comes back to a machine.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-Auto-Response-Suppress", "All");
    message.setContent(alternative(letter));
    return message;
  }

  private static MimeMultipart alternative(Letter letter) throws MessagingException {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(letter.text(), StandardCharsets.UTF_8.name(), "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), StandardCharsets.UTF_8.name(), "html");
    return new MimeMultipart("alternative", plain, html);
  }

  /** Whoever writes letters has made control characters visible; no header depends on that. */
  private static String oneLine(String header) {
    return header.replaceAll("\\p{Cntrl}", " ");
  }

  /** Own words: the exceptions' messages carry addresses and what the server said about them. */
  private static Undelivered undelivered(MailException e) {
    if (e instanceof MailAuthenticationException) {
      return Undelivered.forNow("the mail server refused our user or password");
    }
    boolean refused =
        e instanceof MailSendException failed
            && Arrays.stream(failed.getMessageExceptions()).anyMatch(MailServer::isRefusal);
    return refused
        ? Undelivered.forGood("the mail server refused the recipient")
        : Undelivered.forNow("the mail server took no mail");
  }

  private static boolean isRefusal(Exception failure) {
    return Stream.iterate(failure, it -> it != null, it -> nested(it))
        .anyMatch(
            it ->
                it instanceof SendFailedException sent
                    && sent.getInvalidAddresses() != null
                    && sent.getInvalidAddresses().length > 0);
  }

  private static @Nullable Exception nested(Exception failure) {
    return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
  }
}
