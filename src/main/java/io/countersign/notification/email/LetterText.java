package io.countersign.notification.email;

import java.util.ArrayList;
import java.util.List;

/**
 * A mail in its two forms, line by line. Texts go in as texts: nothing that is handed in becomes
 * markup, and only our own addresses become links.
 */
final class LetterText {

  private final List<String> plain = new ArrayList<>();
  private final StringBuilder html = new StringBuilder(512);

  LetterText heading(String text) {
    plain.add(text);
    plain.add("");
    html.append("<h1 style=\"font-size:20px;line-height:1.3;margin:0 0 16px\">")
        .append(escaped(text))
        .append("</h1>\n");
    return this;
  }

  LetterText paragraph(String text) {
    plain.add(text);
    plain.add("");
    html.append("<p style=\"margin:0 0 12px\">").append(escaped(text)).append("</p>\n");
    return this;
  }

  LetterText fact(String name, String text) {
    plain.add(name + ": " + text);
    html.append("<p style=\"margin:0 0 4px\"><strong>")
        .append(escaped(name))
        .append(":</strong> ")
        .append(escaped(text))
        .append("</p>\n");
    return this;
  }

  /** An address of ours, on a line of its own. */
  LetterText link(String label, String address) {
    plain.add("");
    plain.add(label + ":");
    plain.add(address);
    plain.add("");
    html.append("<p style=\"margin:16px 0\"><a href=\"")
        .append(escaped(address))
        .append("\">")
        .append(escaped(label))
        .append("</a></p>\n");
    return this;
  }

  LetterText small(String text) {
    plain.add(text);
    html.append("<p style=\"margin:0 0 4px;font-size:13px\">")
        .append(escaped(text))
        .append("</p>\n");
    return this;
  }

  String plain() {
    return String.join("\n", plain) + "\n";
  }

  String html() {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">"
        + "<meta name=\"color-scheme\" content=\"light dark\"></head>\n"
        + "<body style=\"font:16px/1.5 system-ui,sans-serif;margin:16px\">\n"
        + html
        + "</body></html>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
