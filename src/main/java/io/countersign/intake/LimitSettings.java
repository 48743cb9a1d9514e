package io.countersign.intake;

import io.countersign.request.AgentHistory.Limits;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operators write under {@code countersign.limits}: how much of people's attention one agent
 * may take.
 *
 * @param openRequestsPerAgent how many requests of an agent may wait for people at a time
 * @param proposalsPerMinute how many proposals an agent may send in a minute
 * @param agents other numbers for some agents, by client id
 */
@ConfigurationProperties("countersign.limits")
record LimitSettings(
    @DefaultValue("500") int openRequestsPerAgent,
    @DefaultValue("600") int proposalsPerMinute,
    @DefaultValue Map<String, Own> agents) {

  /** The numbers of one agent; what is absent is as for all. */
  record Own(@Nullable Integer openRequests, @Nullable Integer proposalsPerMinute) {

    Own {
      requirePositive("agents.….open-requests", openRequests);
      requirePositive("agents.….proposals-per-minute", proposalsPerMinute);
    }
  }

  LimitSettings {
    requirePositive("open-requests-per-agent", openRequestsPerAgent);
    requirePositive("proposals-per-minute", proposalsPerMinute);
    agents = Map.copyOf(agents);
  }

  private static void requirePositive(String name, @Nullable Integer limit) {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException(
          "countersign.limits." + name + ": expected 1 or more, found " + limit);
    }
  }

  /** What holds for an agent. */
  Limits of(String agent) {
    Own own = agents.getOrDefault(agent, new Own(null, null));
    return new Limits(
        own.openRequests() == null ? openRequestsPerAgent : own.openRequests(),
        own.proposalsPerMinute() == null ? proposalsPerMinute : own.proposalsPerMinute());
  }
}
