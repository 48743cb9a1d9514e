package io.countersign.notification.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countersign.delivery.Endpoint;
import io.countersign.delivery.Endpoints;
import io.countersign.delivery.Outbox;
import io.countersign.delivery.OutgoingMessage;
import io.countersign.notification.AgentText;
import io.countersign.notification.Links;
import io.countersign.notification.PeopleChannel;
import io.countersign.notification.ReviewFacts;
import io.countersign.notification.ReviewFacts.Asked;
import io.countersign.notification.ReviewFacts.Wording;
import io.countersign.notification.Told;
import io.countersign.request.ApprovalRequest;
import io.countersign.shared.Channel;
import io.countersign.shared.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * One signed JSON message for all who hold a role: at the endpoint named like the role under {@code
 * people}, else at {@code people.default}. Receivers compare {@code data.version}, as agents do.
 */
@Component
class WebhookChannel implements PeopleChannel {

  /** Under which operators write these endpoints; no agent may be called that. */
  static final String PEOPLE = "people";

  private static final String DEFAULT = "default";
  private static final int LONGEST = 300;

  private final Endpoints endpoints;
  private final Outbox outbox;
  private final ReviewFacts facts;
  private final Links links;
  private final ObjectMapper mapper;
  private final Clock clock;

  WebhookChannel(
      Endpoints endpoints,
      Outbox outbox,
      ReviewFacts facts,
      Links links,
      ObjectMapper mapper,
      Clock clock) {
    this.endpoints = endpoints;
    this.outbox = outbox;
    this.facts = facts;
    this.links = links;
    this.mapper = mapper;
    this.clock = clock;
  }

  @Override
  public Channel channel() {
    return Channel.WEBHOOK;
  }

  @Override
  public boolean isOn() {
    return Arrays.stream(Role.values()).anyMatch(role -> endpoint(role).isPresent());
  }

  @Override
  public boolean isPersonal() {
    return false;
  }

  @Override
  public Optional<String> recipient(Asked person) {
    return endpoint(person.role()).map(Endpoint::name);
  }

  private Optional<Endpoint> endpoint(Role role) {
    return endpoints.find(PEOPLE, role.realmName()).or(() -> endpoints.find(PEOPLE, DEFAULT));
  }

  @Override
  public void take(Told told, ApprovalRequest request, Instant notBefore) {
    String type = "review." + told.saying().wire();
    outbox.enqueue(
        new OutgoingMessage(
            PEOPLE + "/" + told.recipient(), type, Optional.of(request.id()), body(type, request)),
        notBefore);
  }

  private byte[] body(String type, ApprovalRequest request) {
    Wording wording = facts.wording(request);
    ObjectNode body = mapper.createObjectNode();
    body.put("type", type).put("timestamp", clock.instant().toString());
    ObjectNode data = body.putObject("data");
    data.put("requestId", request.id().toString())
        .put("version", request.version())
        .put("status", request.status().wire())
        .put("headline", AgentText.line(wording.headline(), LONGEST))
        .put("consequence", AgentText.line(wording.consequence(), LONGEST))
        .put("urgency", request.urgency().wire())
        .put("agent", AgentText.line(request.agent(), LONGEST))
        .put("link", links.review(request.id()));
    request.severity().ifPresent(severity -> data.put("severity", severity.wire()));
    request.reversible().ifPresent(reversible -> data.put("reversible", reversible));
    request.deadline().ifPresent(deadline -> data.put("deadline", deadline.toString()));
    try {
      return mapper.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }
}
