package io.countersign.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.policy.JsonShape;
import io.countersign.policy.JsonShape.Mismatch;
import io.countersign.request.Proposal;
import io.countersign.shared.json.CanonicalJson;
import io.countersign.shared.json.MalformedJson;
import io.countersign.shared.json.StrictJson;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.Problem.FieldError;
import io.countersign.shared.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads what an agent sends: through the I-JSON gate, then against the schema of the body. */
@Component
class ProposalReader {

  static final String SCHEMA = "/intake/approval-request.schema.json";
  static final int MAX_BODY = 2 * 1024 * 1024;
  static final int MAX_PARAMETERS = 64 * 1024;
  private static final int MAX_ERRORS = 20;

  private final ObjectMapper mapper;
  private final JsonShape shape = load(SCHEMA);

  ProposalReader(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  private static JsonShape load(String resource) {
    try (InputStream in = ProposalReader.class.getResourceAsStream(resource)) {
      return new JsonShape(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a hand-off.
   *
   * @throws Problem naming every field that is not as expected
   */
  Proposal read(byte[] body) {
    return proposal(parse(body));
  }

  /**
   * Reads a proposal that passed the gate, alone or as a step of a plan.
   *
   * @throws Problem naming every field that is not as expected
   */
  Proposal proposal(JsonNode document) {
    requireShape(document);
    requireSmallParameters(document.get("parameters"));
    try {
      return mapper.treeToValue(document, Proposal.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema of the body and Proposal disagree", e);
    }
  }

  /** Reads JSON through the gate. */
  static JsonNode parse(byte[] body) {
    if (body.length > MAX_BODY) {
      throw new Problem(ProblemType.TOO_LARGE, "expected a body of at most " + MAX_BODY + " bytes");
    }
    try {
      return StrictJson.read(body, MAX_BODY);
    } catch (MalformedJson e) {
      throw new Problem(ProblemType.MALFORMED_JSON, e.pointer(), String.valueOf(e.getMessage()));
    }
  }

  private void requireShape(JsonNode document) {
    List<FieldError> errors =
        shape.check(document).stream()
            .map(ProposalReader::error)
            .distinct()
            .limit(MAX_ERRORS)
            .toList();
    if (!errors.isEmpty()) {
      throw Problems.ofFields(ProblemType.INVALID_BODY, errors);
    }
  }

  private static FieldError error(Mismatch mismatch) {
    return new FieldError(mismatch.pointer(), "expected " + mismatch.expected());
  }

  private static void requireSmallParameters(JsonNode parameters) {
    int bytes = CanonicalJson.bytes(parameters).length;
    if (bytes > MAX_PARAMETERS) {
      throw new Problem(
          ProblemType.TOO_LARGE,
          "/parameters",
          "expected at most " + MAX_PARAMETERS + " bytes, found " + bytes);
    }
  }
}
