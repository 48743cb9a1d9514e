package io.countersign.delivery;

import io.countersign.audit.WitnessCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts over HTTP through the {@link AddressGuard}: one fresh connection, no redirects, cookies,
 * retries, or proxies, a hard end after the time limit, and of the answer's body not a byte more
 * read than was asked for.
 */
final class HttpTransport implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpTransport.class);
  private static final ContentType JSON = ContentType.create("application/json");
  private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_LINE = 8192;

  private final CloseableHttpClient client;
  private final Duration limit;
  private final ScheduledThreadPoolExecutor clockwork;

  HttpTransport(AddressGuard guard, Duration limit) {
    this.limit = limit;
    this.clockwork = new ScheduledThreadPoolExecutor(1, HttpTransport::thread);
    clockwork.setRemoveOnCancelPolicy(true);
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections(guard, limit))
            .setDefaultRequestConfig(requestConfig(limit))
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setUserAgent("Countersign")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "countersign-delivery-limit");
    thread.setDaemon(true);
    return thread;
  }

  private static PoolingHttpClientConnectionManager connections(
      AddressGuard guard, Duration limit) {
    Timeout timeout = Timeout.of(limit);
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(guard)
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout).build())
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setMaxLineLength(MAX_LINE)
                        .build())
                .build())
        .build();
  }

  private static RequestConfig requestConfig(Duration limit) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.of(limit))
        .setResponseTimeout(Timeout.of(limit))
        .setRedirectsEnabled(false)
        .setExpectContinueEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  /**
   * Posts JSON once.
   *
   * @throws IOException if there was no answer, for whatever reason
   */
  Answer post(URI url, Map<String, String> headers, byte[] json) throws IOException {
    HttpPost request = new HttpPost(url);
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(json, JSON));
    return exchange(request, HttpTransport::answer);
  }

  /**
   * Posts a text once and reads the beginning of the answer.
   *
   * @throws IOException if there was no answer, for whatever reason
   */
  WitnessCalls.Answer post(URI url, byte[] text, int maxAnswerBytes) throws IOException {
    HttpPost request = new HttpPost(url);
    request.setEntity(new ByteArrayEntity(text, TEXT));
    return exchange(
        request,
        response -> {
          HttpEntity entity = response.getEntity();
          byte[] body =
              entity == null ? new byte[0] : entity.getContent().readNBytes(maxAnswerBytes);
          return new WitnessCalls.Answer(
              response.getCode(), new String(body, StandardCharsets.UTF_8));
        });
  }

  private interface Reader<T> {
    T read(ClassicHttpResponse response) throws IOException;
  }

  private <T> T exchange(HttpPost request, Reader<T> reader) throws IOException {
    Future<?> end = clockwork.schedule(request::cancel, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = client.executeOpen(null, request, null);
      try {
        return reader.read(response);
      } finally {
        hangUp(request, response);
      }
    } catch (IllegalStateException cutOff) {
      // The client says it like this when the limit came before the connection.
      throw new IOException("no answer within " + limit, cutOff);
    } finally {
      end.cancel(false);
    }
  }

  /** Closing alone would read the rest of the body, however long; so the line is cut first. */
  private static void hangUp(HttpPost request, ClassicHttpResponse response) {
    request.cancel();
    try {
      response.close();
    } catch (IOException cut) {
      log.trace("the rest of an answer was cut off", cut);
    }
  }

  private static Answer answer(ClassicHttpResponse response) {
    Header retryAfter = response.getFirstHeader("Retry-After");
    return new Answer(response.getCode(), Optional.ofNullable(retryAfter).map(Header::getValue));
  }

  @Override
  public void close() throws IOException {
    clockwork.shutdownNow();
    client.close();
  }
}
