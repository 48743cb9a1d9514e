package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One parameter as a reviewer sees it.
 *
 * @param label for people; the name where the manifest has no better one
 * @param value as proposed; a missing node when the agent left it out
 * @param unit what the value counts, for example {@code EUR} or {@code rows}
 * @param declared whether the manifest knows this parameter
 * @param type the JSON type the manifest declares; the type found when it declares none
 * @param schema what an edited value has to keep to; an empty object when undeclared
 */
public record ParameterView(
    String name,
    String label,
    JsonNode value,
    Optional<String> unit,
    boolean declared,
    boolean required,
    String type,
    JsonNode schema) {}
