package io.countersign.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The plain part of YAML (what JSON can say, no anchors, no tags, nothing twice), with the line of
 * every field. Words such as {@code no} and {@code on} stay text, dates and octals too.
 */
final class YamlDocument {

  private static final int MAX_BYTES = 1_000_000;
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,17}");

  private final String file;
  private final List<ManifestError> errors;
  private final Map<String, Integer> lines = new HashMap<>();
  private JsonNode root = JsonNodeFactory.instance.missingNode();

  /** Reads as much as can be read, and adds what cannot to the errors. */
  YamlDocument(String file, byte[] bytes, List<ManifestError> errors) {
    this.file = file;
    this.errors = errors;
    if (bytes.length > MAX_BYTES) {
      String found = "expected at most " + MAX_BYTES + " bytes, found " + bytes.length;
      errors.add(new ManifestError(file, 0, "", found));
      return;
    }
    try {
      Node node = compose(bytes);
      if (node == null) {
        errors.add(new ManifestError(file, 0, "", "expected a manifest, found an empty file"));
      } else {
        root = convert(node, "", "");
      }
    } catch (RefusedYaml e) {
      errors.add(new ManifestError(file, e.line, "", e.problem));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      int line = mark == null ? 0 : mark.getLine() + 1;
      errors.add(new ManifestError(file, line, "", "expected YAML, found: " + e.getProblem()));
    } catch (YAMLException e) {
      errors.add(new ManifestError(file, 0, "", "expected YAML, found: " + e.getMessage()));
    } catch (CharacterCodingException e) {
      errors.add(new ManifestError(file, 0, "", "expected UTF-8, found bytes that are not"));
    }
  }

  JsonNode root() {
    return root;
  }

  /** The line of a field, or of the nearest one around it. */
  int line(String pointer) {
    String at = pointer;
    while (!at.isEmpty() && !lines.containsKey(at)) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 1);
  }

  /** Aliases are refused before they are resolved: what is never expanded cannot explode. */
  private @Nullable Node compose(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(40);
    Yaml yaml = new Yaml(options);
    for (Event event : yaml.parse(new StringReader(text))) {
      if (event instanceof NodeEvent node && node.getAnchor() != null) {
        int line = event.getStartMark().getLine() + 1;
        throw new RefusedYaml(line, "expected values written out, found an anchor or alias");
      }
    }
    return yaml.compose(new StringReader(text));
  }

  private JsonNode convert(Node node, String pointer, String field) {
    int line = node.getStartMark().getLine() + 1;
    lines.putIfAbsent(pointer, line);
    if (node instanceof MappingNode mapping) {
      return object(mapping, pointer, field);
    }
    if (node instanceof SequenceNode sequence) {
      return array(sequence, pointer, field);
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    throw new IllegalStateException("no other kind of node is composed");
  }

  private ObjectNode object(MappingNode mapping, String pointer, String field) {
    refuseTag(mapping, Tag.MAP, field);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = tuple.getKeyNode().getStartMark().getLine() + 1;
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        errors.add(new ManifestError(file, line, field, "expected a name, found a structure"));
        continue;
      }
      String name = key.getValue();
      String inner = field.isEmpty() ? name : field + "." + name;
      if (object.has(name)) {
        errors.add(new ManifestError(file, line, inner, "expected once, found a second time"));
        continue;
      }
      String innerPointer = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      lines.put(innerPointer, line);
      object.set(name, convert(tuple.getValueNode(), innerPointer, inner));
    }
    return object;
  }

  private ArrayNode array(SequenceNode sequence, String pointer, String field) {
    refuseTag(sequence, Tag.SEQ, field);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Node item : sequence.getValue()) {
      int index = array.size();
      array.add(convert(item, pointer + "/" + index, field + "[" + index + "]"));
    }
    return array;
  }

  private void refuseTag(Node node, Tag expected, String field) {
    if (!node.getTag().equals(expected)) {
      int line = node.getStartMark().getLine() + 1;
      errors.add(new ManifestError(file, line, field, "expected no tag, found " + node.getTag()));
    }
  }

  private JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    JsonNodeFactory nodes = JsonNodeFactory.withExactBigDecimals(true);
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return nodes.textNode(text);
    }
    return switch (text) {
      case "true" -> nodes.booleanNode(true);
      case "false" -> nodes.booleanNode(false);
      case "null", "~", "" -> nodes.nullNode();
      default -> number(nodes, text);
    };
  }

  private static JsonNode number(JsonNodeFactory nodes, String text) {
    if (INTEGER.matcher(text).matches()) {
      return nodes.numberNode(Long.parseLong(text));
    }
    return DECIMAL.matcher(text).matches()
        ? nodes.numberNode(new BigDecimal(text))
        : nodes.textNode(text);
  }

  private static final class RefusedYaml extends RuntimeException {
    private final int line;
    private final String problem;

    RefusedYaml(int line, String problem) {
      super(problem);
      this.line = line;
      this.problem = problem;
    }
  }
}
