package io.countersign.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.shared.RequestId;
import io.countersign.shared.WireName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a migration did, or what a dry run of it found.
 *
 * @param possible whether every instance of this call can be moved; if not, none is
 * @param reasons why not
 * @param instances how many ran on the old version before
 * @param remaining how many run there afterwards
 * @param waiting where they wait
 * @param mapped elements of the old version with what becomes of them
 * @param unmapped elements of the old version that the new one has no counterpart of
 * @param called what they have called and wait for: those instances stay on their version
 * @param results one for each instance of this call, the oldest request first
 */
public record MigrationReport(
    String chain,
    int from,
    int to,
    boolean dryRun,
    boolean possible,
    List<String> reasons,
    long instances,
    long remaining,
    List<Waiting> waiting,
    List<Mapped> mapped,
    List<Element> unmapped,
    List<Called> called,
    List<Result> results) {

  /** An element of the old version at which instances wait, and what becomes of it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Waiting(String element, String name, long instances, @Nullable String becomes) {}

  /** What becomes of an element. */
  public record Mapped(String from, String to) {}

  /** An element, and how many instances wait there. */
  public record Element(String element, String name, long instances) {}

  /** A version of another model that instances have called. */
  public record Called(String chain, int version, long instances) {}

  /**
   * What became of one instance.
   *
   * @param reasons why it cannot be moved; empty otherwise
   */
  public record Result(RequestId request, String instance, Outcome result, List<String> reasons) {
    Result rehearsed() {
      return result == Outcome.MOVED
          ? new Result(request, instance, Outcome.WOULD_MOVE, reasons)
          : this;
    }
  }

  /** What became of an instance, or would have. */
  public enum Outcome implements WireName {
    MOVED,
    WOULD_MOVE,
    REFUSED
  }
}
