package io.countersign.review;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.handback.Webhooks;
import io.countersign.notification.Notices;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Stage;
import io.countersign.shared.RequestId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Puts the clock of one request right, or ends the request as its clock would have. */
@Component
class ClockHealing {

  private static final String SYSTEM = "system";
  private static final String REASON = "the clock of this review was lost";
  private static final int RETRIES = 3;

  /** More things than can be wrong with one request; what is left is for the next run. */
  private static final int STEPS = 50;

  private final ApprovalRequests requests;
  private final ClockFindings findings;
  private final ManagementService jobs;
  private final RuntimeService processes;
  private final Webhooks webhooks;
  private final Notices notices;
  private final AuditTrail audit;
  private final Clock clock;

  /** Timers that got their retries back once, on this node, after they should have fired. */
  private final Set<String> lastChances = ConcurrentHashMap.newKeySet();

  ClockHealing(
      ApprovalRequests requests,
      ClockFindings findings,
      ManagementService jobs,
      RuntimeService processes,
      Webhooks webhooks,
      Notices notices,
      AuditTrail audit,
      Clock clock) {
    this.requests = requests;
    this.findings = findings;
    this.jobs = jobs;
    this.processes = processes;
    this.webhooks = webhooks;
    this.notices = notices;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether anything can be done about it now; what has no timer left waits for its end. */
  boolean isDue(ClockFinding finding) {
    return !finding.kind().isFinal() || !clock.instant().isBefore(finding.lapses());
  }

  /**
   * Looks again once nobody else can change the request, and heals what it then finds.
   *
   * @return what was healed
   */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public List<ClockFinding> heal(RequestId id) {
    ApprovalRequest request = requests.lock(id);
    List<ClockFinding> healed = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      Optional<ClockFinding> next = findings.of(id).stream().filter(this::isDue).findFirst();
      if (next.isEmpty()) {
        break;
      }
      String how = heal(request, next.get());
      record(next.get(), how);
      healed.add(next.get());
    }
    return healed;
  }

  private String heal(ApprovalRequest request, ClockFinding finding) {
    return switch (finding.kind()) {
      case PROCESS_SUSPENDED -> activate(finding);
      case TIMER_DUPLICATE -> {
        jobs.deleteJob(job(finding));
        yield "timer removed";
      }
      case TIMER_SUSPENDED -> {
        jobs.activateJobById(job(finding));
        yield "timer activated";
      }
      case TIMER_MISDATED -> {
        jobs.setJobDuedate(job(finding), Date.from(finding.ends()));
        yield "due date set";
      }
      case TIMER_EXHAUSTED -> retry(request, finding);
      case PROCESS_GONE, TIMER_MISSING, TASK_WITHOUT_STAGE, REQUEST_WITHOUT_STAGE -> end(request);
    };
  }

  private static String job(ClockFinding finding) {
    return Objects.requireNonNull(finding.job());
  }

  private String activate(ClockFinding finding) {
    String stage = Objects.requireNonNull(finding.processInstance());
    processes.activateProcessInstanceById(stage);
    carriers(finding.request())
        .forEach(instance -> processes.activateProcessInstanceById(instance.getId()));
    return "process activated";
  }

  /** A timer that fails again although it had another chance is not asked any more. */
  private String retry(ApprovalRequest request, ClockFinding finding) {
    boolean late = !clock.instant().isBefore(finding.lapses());
    if (late && !lastChances.add(job(finding))) {
      lastChances.remove(job(finding));
      return end(request);
    }
    jobs.setJobRetries(job(finding), RETRIES);
    return "retries restored";
  }

  /** The way of silence, without the process that should have gone it. */
  private String end(ApprovalRequest request) {
    boolean open = request.status().isOpen();
    request.stages().stream().filter(stage -> stage.status().isOpen()).forEach(this::expire);
    if (open) {
      request.lapse(clock.instant());
    }
    requests.settle();
    if (open) {
      audit.append(
          AuditEvent.of("request.concluded", request.id(), SYSTEM, ConcludeRequest.facts(request)));
      webhooks.decided(request);
    }
    notices.closed(request);
    removeProcesses(request.id());
    return open ? "request expired" : "process removed";
  }

  private void expire(Stage stage) {
    stage.expire(clock.instant());
    ApprovalRequest request = stage.request();
    String type = request.status().isOpen() ? "stage.expired" : "window.closed";
    audit.append(AuditEvent.of(type, request.id(), SYSTEM, Map.of("stage", stage.name())));
  }

  private void removeProcesses(RequestId id) {
    List<ProcessInstance> left = carriers(id);
    while (!left.isEmpty()) {
      String root = left.get(0).getRootProcessInstanceId();
      processes.deleteProcessInstance(root, REASON, true, true, true, false);
      left = carriers(id);
    }
  }

  private List<ProcessInstance> carriers(RequestId id) {
    return processes
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(id.toString())
        .listPage(0, STEPS);
  }

  private void record(ClockFinding finding, String how) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("finding", finding.kind().wire());
    facts.put("healing", how);
    facts.put("ends", finding.ends().toString());
    if (finding.stage() != null) {
      facts.put("stage", finding.stage());
    }
    if (finding.job() != null) {
      facts.put("timer", finding.job());
    }
    audit.append(AuditEvent.of("stage.clock_healed", finding.request(), SYSTEM, facts));
  }
}
