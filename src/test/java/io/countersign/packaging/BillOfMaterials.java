package io.countersign.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.testing.PackagedApplication.Deployable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipFile;

/** The bill of materials that the WAR carries. */
record BillOfMaterials(JsonNode document) {

  static final String ENTRY = "WEB-INF/classes/META-INF/sbom/application.cdx.json";

  /** One library. */
  record Component(String group, String name, String version, String sha256) {}

  static BillOfMaterials ofTheWar() throws IOException {
    try (ZipFile war = new ZipFile(Deployable.WAR.file().toFile())) {
      var entry = war.getEntry(ENTRY);
      if (entry == null) {
        throw new AssertionError("No " + ENTRY + " in the WAR: was it built offline?");
      }
      return new BillOfMaterials(new ObjectMapper().readTree(war.getInputStream(entry)));
    }
  }

  List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (JsonNode component : document.get("components")) {
      Map<String, String> hashes = new HashMap<>();
      for (JsonNode hash : component.get("hashes")) {
        hashes.put(hash.get("alg").asText(), hash.get("content").asText());
      }
      components.add(
          new Component(
              component.get("group").asText(),
              component.get("name").asText(),
              component.get("version").asText(),
              Objects.requireNonNull(hashes.get("SHA-256"), "SHA-256")));
    }
    return components;
  }
}
