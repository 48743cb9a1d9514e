package io.countersign.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** One HTTP call byte by byte, because decent clients refuse to send what these tests send. */
public final class RawCall {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int CHUNK = 8_192;

  private RawCall() {}

  /** What came back. */
  public record Answer(int status, String head, String body) {
    /** The media type, without parameters; empty if there is none. */
    public String mediaType() {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
          .map(line -> line.substring(13).split(";", 2)[0].strip())
          .findFirst()
          .orElse("");
    }
  }

  /** Sends the bytes with their length, or in chunks without one. */
  public static Answer send(
      URI home, String method, String target, List<String> headers, byte[] body, boolean chunked) {
    try (var socket = new Socket(home.getHost(), home.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var out = socket.getOutputStream();
      out.write(head(home, method, target, headers, body, chunked));
      write(out, body, chunked);
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] head(
      URI home, String method, String target, List<String> headers, byte[] body, boolean chunked) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: ").append(home.getAuthority()).append("\r\nConnection: close\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
    return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void write(OutputStream out, byte[] body, boolean chunked) {
    try {
      for (int at = 0; chunked && at < body.length; at += CHUNK) {
        int length = Math.min(CHUNK, body.length - at);
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body, at, length);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.write(chunked ? "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII) : body);
      out.flush();
    } catch (IOException e) {
      // The server may have answered and hung up before it had everything: read what it said.
    }
  }

  private static Answer read(InputStream in) throws IOException {
    var bytes = in.readAllBytes();
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("expected an HTTP answer, found " + bytes.length + " bytes");
    }
    var head = text.substring(0, end);
    var rest = new ByteArrayInputStream(bytes, end + 4, bytes.length - end - 4);
    boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
    var body = chunked ? unchunk(rest) : rest.readAllBytes();
    return new Answer(
        Integer.parseInt(head.split(" ", 3)[1]), head, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] unchunk(InputStream in) throws IOException {
    var whole = new ByteArrayOutputStream();
    for (int length = chunkLength(in); length > 0; length = chunkLength(in)) {
      whole.write(in.readNBytes(length));
      in.skipNBytes(2);
    }
    return whole.toByteArray();
  }

  private static int chunkLength(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
      line.append((char) c);
    }
    var hex = line.toString().strip();
    return hex.isEmpty() ? 0 : Integer.parseInt(hex, 16);
  }
}
