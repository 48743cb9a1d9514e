package io.countersign.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Reads Keycloak's admin interface as the client {@code countersign-identity}, which may read
 * people, groups and roles and nothing else. Whoever waits for it may hold a transaction, so a
 * whole reading of several calls ends after three seconds.
 */
@Component
class KeycloakAdmin {

  private static final Duration CALL = Duration.ofSeconds(1);
  private static final Duration READING = Duration.ofSeconds(3);
  private static final int PAGE = 200;

  private final IdentitySettings settings;
  private final RestClient http;
  private volatile @Nullable String token;

  KeycloakAdmin(IdentitySettings settings) {
    this.settings = settings;
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(CALL);
    requests.setReadTimeout(CALL);
    this.http = RestClient.builder().requestFactory(requests).build();
  }

  /** Begins a reading. */
  Reading reading() {
    return new Reading(System.nanoTime() + READING.toNanos());
  }

  /** Several calls with one end. */
  final class Reading {

    private final long endsAt;

    private Reading(long endsAt) {
      this.endsAt = endsAt;
    }

    /**
     * Every entry of a list, page by page.
     *
     * @param path below the realm, with a query; {@code {}} stands for the next value
     * @throws KeycloakSilent if Keycloak does not say, or not in time
     */
    List<JsonNode> all(String path, Object... values) {
      List<JsonNode> entries = new ArrayList<>();
      String paged = path + (path.contains("?") ? "&" : "?") + "max=" + PAGE + "&first=";
      int before;
      do {
        before = entries.size();
        get(paged + before, values).forEach(entries::add);
      } while (entries.size() == before + PAGE);
      return entries;
    }

    /** One answer that has no pages. */
    JsonNode get(String path, Object... values) {
      if (System.nanoTime() - endsAt > 0) {
        throw new KeycloakSilent("Keycloak needs longer than " + READING);
      }
      try {
        return withToken(path, values);
      } catch (RestClientException e) {
        throw new KeycloakSilent("Keycloak does not answer", e);
      }
    }
  }

  /** Tokens end, and Keycloak may have been restarted: a refused one is replaced once. */
  private JsonNode withToken(String path, Object... values) {
    String held = token;
    if (held != null) {
      try {
        return get(held, path, values);
      } catch (HttpClientErrorException.Unauthorized ended) {
        token = null;
      }
    }
    String fresh = fetchToken();
    token = fresh;
    return get(fresh, path, values);
  }

  private JsonNode get(String bearer, String path, Object... values) {
    return answer(
        http.get()
            .uri(settings.admin() + path, values)
            .headers(headers -> headers.setBearerAuth(bearer))
            .retrieve()
            .body(JsonNode.class));
  }

  private String fetchToken() {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("grant_type", "client_credentials");
    form.add("client_id", IdentitySettings.CLIENT);
    form.add("client_secret", settings.identityClientSecret());
    JsonNode answer =
        answer(
            http.post()
                .uri(settings.protocol("token"))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .body(JsonNode.class));
    return answer.path("access_token").asText();
  }

  private static JsonNode answer(@Nullable JsonNode body) {
    if (body == null) {
      throw new KeycloakSilent("Keycloak answered without a body");
    }
    return body;
  }
}
