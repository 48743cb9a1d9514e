package io.countersign.delivery;

import java.io.IOException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** Hands mails to the mail server of the house. */
final class MailCarrier implements Carrier {

  /** What SMTP calls accepted. */
  private static final Answer TAKEN = new Answer(250, Optional.empty());

  private final MailServer server;
  private final ObjectProvider<Letters> letters;

  MailCarrier(MailServer server, ObjectProvider<Letters> letters) {
    this.server = server;
    this.letters = letters;
  }

  @Override
  public boolean serves(String endpoint) {
    return endpoint.equals(MailServer.ENDPOINT) && server.isConfigured();
  }

  @Override
  public Answer carry(Delivery delivery, byte[] body) throws IOException, NothingToSay {
    Letters writer = letters.getObject();
    server.send(writer.write(body).orElseThrow(NothingToSay::new));
    writer.sent(body);
    return TAKEN;
  }
}
