package io.countersign.fences;

import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

/** Trespasses. */
final class SendsMail {

  @Nullable MimeMessage mail;
}
