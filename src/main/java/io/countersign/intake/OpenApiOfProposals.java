package io.countersign.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows in the OpenAPI document the very schema that proposals are checked against. */
@Configuration(proxyBeanMethods = false)
class OpenApiOfProposals {

  private static final String NAME = "ApprovalRequestProposal";
  private static final String LOCAL = "#/$defs/";

  @Bean
  OpenApiCustomizer proposals(ObjectMapper mapper) {
    return document -> describe(document, inlined(mapper));
  }

  private static void describe(OpenAPI document, JsonNode schema) {
    document.info(
        new Info()
            .title("Countersign")
            .version("v1")
            .description("The human approval layer between AI agents and the actions they take."));
    Components components =
        Objects.requireNonNullElseGet(document.getComponents(), Components::new);
    components.addSchemas(NAME, Json31.mapper().convertValue(schema, Schema.class));
    document.components(components);
    Objects.requireNonNull(document.getPaths().get("/api/v1/approval-requests"))
        .getPost()
        .requestBody(
            new RequestBody()
                .required(true)
                .content(
                    new Content()
                        .addMediaType(
                            "application/json",
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/" + NAME)))));
  }

  /**
   * The few shared definitions are written out, because OpenAPI has no place of its own for them.
   */
  private static JsonNode inlined(ObjectMapper mapper) {
    try (InputStream in = ProposalReader.class.getResourceAsStream(ProposalReader.SCHEMA)) {
      ObjectNode schema = (ObjectNode) mapper.readTree(in);
      JsonNode shared = schema.remove("$defs");
      schema.remove("$schema");
      inline(schema, shared);
      return schema;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void inline(JsonNode node, JsonNode shared) {
    if (node instanceof ObjectNode object) {
      JsonNode reference = object.remove("$ref");
      if (reference != null && reference.asText().startsWith(LOCAL)) {
        JsonNode definition = shared.path(reference.asText().substring(LOCAL.length()));
        for (Map.Entry<String, JsonNode> field : definition.properties()) {
          object.set(field.getKey(), field.getValue().deepCopy());
        }
      }
    }
    node.forEach(child -> inline(child, shared));
  }
}
