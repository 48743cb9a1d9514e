package io.countersign.shared.problem;

import io.countersign.shared.FreshSignIn;
import java.util.stream.Collectors;

/** The caller may, once they have proved again who they are (RFC 9470). */
public class SignInAgain extends Problem {

  private final FreshSignIn wanted;

  /** Refuses until then. */
  public SignInAgain(FreshSignIn wanted, String detail) {
    super(ProblemType.SIGN_IN_AGAIN, detail);
    this.wanted = wanted;
  }

  /** What to ask the identity provider for, as RFC 9470 §3 has it. */
  public String challenge() {
    String levels =
        wanted.levels().isEmpty()
            ? ""
            : ", acr_values=\""
                + wanted.levels().stream().sorted().collect(Collectors.joining(" "))
                + "\"";
    return "Bearer error=\"insufficient_user_authentication\", max_age=\""
        + wanted.within().toSeconds()
        + "\""
        + levels;
  }
}
