package io.countersign.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.application.impl.metadata.ProcessesXmlParser;
import org.camunda.bpm.application.impl.metadata.spi.ProcessArchiveXml;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;

/**
 * What is deployed is what {@code META-INF/processes.xml} lists: every model, every form, no more.
 */
class ProcessArchiveTest {

  private static final Path PROCESSES = Path.of("processes");

  @Test
  void listsEveryModel() throws IOException {
    List<String> models = models().map(file -> "processes/" + file.getFileName()).toList();

    assertThat(listed(name -> name.endsWith(".bpmn"))).containsExactlyInAnyOrderElementsOf(models);
  }

  @Test
  void listsTheFormsTheModelsName() throws IOException {
    List<String> forms =
        models()
            .map(file -> Bpmn.readModelFromFile(file.toFile()))
            .flatMap(model -> model.getModelElementsByType(UserTask.class).stream())
            .map(task -> task.getCamundaFormKey().replace("embedded:deployment:", ""))
            .distinct()
            .toList();

    assertThat(listed(name -> !name.endsWith(".bpmn"))).containsExactlyInAnyOrderElementsOf(forms);
  }

  @Test
  void neverDeploysWhatItDoesNotList() {
    assertThat(archive().getProperties())
        .containsEntry(ProcessArchiveXml.PROP_IS_SCAN_FOR_PROCESS_DEFINITIONS, "false");
  }

  @Test
  void deploysAllOrNothingBecauseChainsFindTheirStagesInTheirOwnDeployment() {
    assertThat(archive().getProperties())
        .containsEntry(ProcessArchiveXml.PROP_IS_DEPLOY_CHANGED_ONLY, "false")
        .containsEntry(ProcessArchiveXml.PROP_IS_DELETE_UPON_UNDEPLOY, "false");
  }

  private static Stream<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(PROCESSES)) {
      return files.filter(file -> file.toString().endsWith(".bpmn")).toList().stream();
    }
  }

  private static List<String> listed(Predicate<String> which) {
    return archive().getProcessResourceNames().stream().filter(which).toList();
  }

  private static ProcessArchiveXml archive() {
    URL file =
        Objects.requireNonNull(
            ProcessArchiveTest.class.getResource("/META-INF/processes.xml"),
            "META-INF/processes.xml is missing");
    return new ProcessesXmlParser()
        .createParse()
        .sourceUrl(file)
        .execute()
        .getProcessesXml()
        .getProcessArchives()
        .get(0);
  }
}
