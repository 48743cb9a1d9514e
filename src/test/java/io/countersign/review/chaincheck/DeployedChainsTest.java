package io.countersign.review.chaincheck;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.engine.DeploymentRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployedChainsTest {

  private static final Path FORM = Path.of("forms/review-action.html");
  private static final String SCRIPT = "<form><script>document.forms[0].submit()</script></form>";

  private final DeployedChains check = new DeployedChains();

  @Test
  void letsInTheFormsThatAreShipped() throws IOException {
    Map<String, byte[]> resources = Map.of(FORM.toString(), Files.readAllBytes(FORM));

    assertThatCode(() -> check.require(resources)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"forms/review-action.html", "forms/other.html", "route.dmn", "picture.svg", "x"})
  void refusesWhateverElseADeploymentBrings(String name) {
    Map<String, byte[]> resources = Map.of(name, SCRIPT.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> check.require(resources))
        .isInstanceOf(DeploymentRefused.class)
        .hasMessageContaining(name);
  }

  /** The engine takes both suffixes for models, and any name that ends like them. */
  @ParameterizedTest
  @ValueSource(strings = {"chain.bpmn", "chain.bpmn20.xml", "chainbpmn"})
  void checksWhateverTheEngineTakesForAModel(String name) throws IOException {
    Path chain = Path.of("src/test/resources/chains/refused/approve-alone.bpmn");
    Map<String, byte[]> resources = new HashMap<>();
    resources.put(name, Files.readAllBytes(chain));

    assertThatThrownBy(() -> check.require(resources))
        .isInstanceOf(DeploymentRefused.class)
        .hasMessageContaining(name + ": person-asked: ")
        .hasMessageContaining("EndEvent_Approved \"Approved\"");
  }
}
