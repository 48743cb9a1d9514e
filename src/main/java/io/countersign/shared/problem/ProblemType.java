package io.countersign.shared.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The kinds of refusal; their URIs are stable, documented in {@code docs/problems.md}. */
public enum ProblemType {
  MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not acceptable JSON"),
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "A header or query parameter is missing or malformed"),
  INVALID_BODY(HttpStatus.UNPROCESSABLE_ENTITY, "The body does not have the expected shape"),
  INVALID_PARAMETERS(
      HttpStatus.UNPROCESSABLE_ENTITY, "The parameters do not fit the action's schema"),
  INVALID_DECISION(HttpStatus.UNPROCESSABLE_ENTITY, "The decision is not acceptable"),
  TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE, "The body is too large"),
  GRANT_INVALID(HttpStatus.UNPROCESSABLE_ENTITY, "The grant is not one of ours"),
  OTHER_ACTION(HttpStatus.UNPROCESSABLE_ENTITY, "The grant was given for something else than this"),
  GRANT_REDEEMED(HttpStatus.CONFLICT, "The grant was used before"),
  GRANT_OVER(HttpStatus.GONE, "The grant is over or was called back"),
  ERASED(HttpStatus.GONE, "What was written in it was erased"),
  KEY_REUSED(HttpStatus.UNPROCESSABLE_ENTITY, "The idempotency key was used for another body"),
  KEY_IN_USE(HttpStatus.CONFLICT, "The same hand-off is being handled right now"),
  CONFLICT(HttpStatus.CONFLICT, "Somebody else was first"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "This is not yours to do"),
  SIGN_IN_AGAIN(HttpStatus.UNAUTHORIZED, "Sign in again for this"),
  UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "Sign in first"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here for you"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "That method is not offered here"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Only JSON is spoken here"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send application/json"),
  RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too much at once"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Something we need does not answer"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something failed on our side");

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status that goes with it. */
  public HttpStatus status() {
    return status;
  }

  /** A short sentence, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The stable identifier, for example {@code urn:countersign:problem:invalid-body}. */
  public URI uri() {
    return URI.create(
        "urn:countersign:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
