package io.countersign.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signs a person in as a browser would: the form, its cookies, the redirect with the code. */
public final class CodeFlow {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
  private static final String VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final String protocol;
  private final String clientId;
  private final @Nullable String secret;
  private final String redirect;

  /** A person in front of one client of the realm; public clients have no secret. */
  public CodeFlow(
      LocalKeycloak keycloak, String clientId, @Nullable String secret, String redirect) {
    this.protocol = keycloak.issuer() + "/protocol/openid-connect";
    this.clientId = clientId;
    this.secret = secret;
    this.redirect = redirect;
  }

  /** The answer to the first step: the sign-in page, or a refusal. */
  HttpResponse<String> open(boolean withChallenge) throws Exception {
    var query = new LinkedHashMap<String, String>();
    query.put("response_type", "code");
    query.put("client_id", clientId);
    query.put("redirect_uri", redirect);
    query.put("scope", "openid");
    query.put("state", "s");
    if (withChallenge) {
      query.put("code_challenge", challenge());
      query.put("code_challenge_method", "S256");
    }
    return send(
        HttpRequest.newBuilder(URI.create(protocol + "/auth?" + KeycloakCalls.encode(query))));
  }

  /** Signs in and returns the answer of the token endpoint. */
  public JsonNode signIn(String user, String password) throws Exception {
    var page = open(true);
    var form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new IllegalStateException("no sign-in form: " + page.statusCode() + " " + page.body());
    }
    var answer =
        post(form.group(1).replace("&amp;", "&"), Map.of("username", user, "password", password));
    var location = answer.headers().firstValue("Location").orElseThrow();
    if (!location.startsWith(redirect + "?")) {
      throw new IllegalStateException("unexpected redirect to " + location);
    }
    return redeem(location.replaceAll(".*[?&]code=([^&]+).*", "$1"));
  }

  private JsonNode redeem(String code) throws Exception {
    var body = new LinkedHashMap<String, String>();
    body.put("grant_type", "authorization_code");
    body.put("code", code);
    body.put("redirect_uri", redirect);
    body.put("client_id", clientId);
    body.put("code_verifier", VERIFIER);
    if (secret != null) {
      body.put("client_secret", secret);
    }
    return JSON.readTree(post(protocol + "/token", body).body());
  }

  /** Renews a token without the person. */
  public JsonNode renew(String refreshToken) throws Exception {
    var body = new LinkedHashMap<String, String>();
    body.put("grant_type", "refresh_token");
    body.put("refresh_token", refreshToken);
    body.put("client_id", clientId);
    return JSON.readTree(post(protocol + "/token", body).body());
  }

  private HttpResponse<String> post(String address, Map<String, String> form) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(KeycloakCalls.encode(form))));
  }

  /** Cookies by hand: Java's own jar never sends Keycloak's Secure ones over http. */
  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    var known = new ArrayList<String>();
    cookies.forEach((name, value) -> known.add(name + "=" + value));
    if (!known.isEmpty()) {
      request.header("Cookie", String.join("; ", known));
    }
    var response = client.send(request.build(), BodyHandlers.ofString());
    for (var cookie : response.headers().allValues("Set-Cookie")) {
      var pair = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return response;
  }

  private static String challenge() throws Exception {
    var digest =
        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  /** The claims of a token, unverified. */
  public static JsonNode claims(String token) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
  }
}
