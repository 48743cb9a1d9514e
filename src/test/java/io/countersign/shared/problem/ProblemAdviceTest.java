package io.countersign.shared.problem;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class ProblemAdviceTest {

  /** Something that fails. */
  @RestController
  record Failing(RuntimeException failure) {

    @GetMapping("/")
    String fail() {
      throw failure;
    }
  }

  static Stream<RuntimeException> answersThatTheDatabaseIsAway() {
    return Stream.of(
        new CannotCreateTransactionException("secret host"),
        new TransactionSystemException("secret host"),
        new DataAccessResourceFailureException("secret host"));
  }

  @ParameterizedTest
  @MethodSource
  void answersThatTheDatabaseIsAway(RuntimeException failure) throws Exception {
    MockMvcBuilders.standaloneSetup(new Failing(failure))
        .setControllerAdvice(new ProblemAdvice())
        .build()
        .perform(get("/"))
        .andExpect(status().isServiceUnavailable())
        .andExpect(header().string("Retry-After", "5"))
        .andExpect(jsonPath("$.type").value("urn:countersign:problem:unavailable"))
        .andExpect(jsonPath("$.detail").value(org.hamcrest.Matchers.containsString("same key")));
  }
}
