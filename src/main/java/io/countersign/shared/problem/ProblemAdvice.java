package io.countersign.shared.problem;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns what our controllers throw into problem details; nothing of a stack trace leaves. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> answer(Problem problem) {
    return ResponseEntity.status(problem.type().status()).body(ProblemDetails.of(problem));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> answer(RateLimited problem) {
    ProblemDetail answer = ProblemDetails.of(problem);
    answer.setProperty("limit", problem.limit());
    return ResponseEntity.status(problem.type().status())
        .header(HttpHeaders.RETRY_AFTER, Long.toString(problem.seconds()))
        .body(answer);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> answer(SignInAgain problem) {
    return ResponseEntity.status(problem.type().status())
        .header(HttpHeaders.WWW_AUTHENTICATE, problem.challenge())
        .body(ProblemDetails.of(problem));
  }

  /** Where the connection broke at the commit, nobody here knows whether it was kept. */
  @ExceptionHandler({
    CannotCreateTransactionException.class,
    TransactionSystemException.class,
    DataAccessResourceFailureException.class
  })
  ResponseEntity<ProblemDetail> answerWithoutDatabase(Exception failure) {
    ProblemDetail answer =
        ProblemDetails.of(
            new Problem(
                ProblemType.UNAVAILABLE,
                "the database did not answer; repeat it as it is, under the same key if it had"
                    + " one"));
    log.error("no database, answered as {}", answer.getInstance(), failure);
    return ResponseEntity.status(answer.getStatus())
        .header(HttpHeaders.RETRY_AFTER, "5")
        .body(answer);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> answer(Exception failure) throws Exception {
    if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
      throw failure; // the security filters know whether to ask for sign-in
    }
    ProblemDetail answer =
        ProblemDetails.of(
            new Problem(
                ProblemType.INTERNAL,
                "nothing was changed; try again, and tell the operator the instance if it fails"
                    + " again"));
    log.error("a request failed, answered as {}", answer.getInstance(), failure);
    return ResponseEntity.status(answer.getStatus()).body(answer);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String name =
        failure instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(failure.getPropertyName());
    Class<?> required = failure.getRequiredType();
    Problem problem =
        new Problem(
            ProblemType.INVALID_REQUEST,
            name,
            "expected a value of type " + (required == null ? "text" : required.getSimpleName()));
    return ResponseEntity.status(problem.type().status())
        .headers(headers)
        .body(ProblemDetails.of(problem));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemType type =
        switch (HttpStatus.valueOf(status.value())) {
          case METHOD_NOT_ALLOWED -> ProblemType.METHOD_NOT_ALLOWED;
          case NOT_FOUND -> ProblemType.NOT_FOUND;
          case NOT_ACCEPTABLE -> ProblemType.NOT_ACCEPTABLE;
          case UNSUPPORTED_MEDIA_TYPE -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
          default -> status.is4xxClientError() ? ProblemType.INVALID_REQUEST : ProblemType.INTERNAL;
        };
    Problem problem = new Problem(type, type.title());
    return ResponseEntity.status(type.status()).headers(headers).body(ProblemDetails.of(problem));
  }
}
