package io.countersign.review;

import static io.countersign.engine.CompletionRefused.Kind.CONFLICT;

import io.countersign.engine.CompletionRefused;
import io.countersign.identity.Caller;
import io.countersign.request.ApprovalRequest;
import io.countersign.request.ApprovalRequests;
import io.countersign.request.Decision;
import io.countersign.request.Stage;
import io.countersign.request.Status;
import io.countersign.request.Vote;
import io.countersign.shared.ActionDigest;
import io.countersign.shared.RequestId;
import io.countersign.shared.StagePlan;
import io.countersign.shared.json.CanonicalJson;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.Problem.FieldError;
import io.countersign.shared.problem.ProblemType;
import io.countersign.shared.problem.SignInAgain;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Decides a stage on behalf of a person who came through one of our own doors. */
@Service
public class ReviewDecisions {

  private final ApprovalRequests requests;
  private final TaskService tasks;

  ReviewDecisions(ApprovalRequests requests, TaskService tasks) {
    this.requests = requests;
    this.tasks = tasks;
  }

  /**
   * Decides a stage; takes it first if nobody has, in the same transaction. The same person
   * repeating the same decision changes nothing and is no error.
   *
   * @param named the stage; may be left out where the request has only one
   * @return the name of the stage
   * @throws Problem if this person may not decide this, now, like this
   */
  @Transactional
  public String decide(
      RequestId id, Optional<String> named, Caller caller, SubmittedDecision submitted) {
    ApprovalRequest request = requests.lock(id);
    Stage stage = stage(request, named);
    if (isRepetition(stage, caller, submitted)) {
      return stage.name();
    }
    try {
      claimAndComplete(stage, caller, submitted);
      return stage.name();
    } catch (CompletionRefused refused) {
      throw problem(request, refused);
    }
  }

  /** How far a request has come, for whoever has just moved it. */
  @Transactional(readOnly = true)
  public Status status(RequestId id) {
    return requests.find(id).orElseThrow().status();
  }

  /**
   * Objects to what policy approved, while its window is open.
   *
   * @throws Problem if this person may not, or it is too late, or nothing is to be objected to
   */
  @Transactional
  public void object(RequestId id, Caller caller, String reason) {
    ApprovalRequest request = requests.lock(id);
    if (request.findStage(StagePlan.OBJECTION).isEmpty()) {
      throw new Problem(ProblemType.CONFLICT, "This request has no objection window.");
    }
    decide(
        id,
        Optional.of(StagePlan.OBJECTION),
        caller,
        new SubmittedDecision(
            Decision.REJECT,
            request.currentDigest(),
            Optional.empty(),
            Optional.of(reason),
            SubmittedDecision.More.NOTHING));
  }

  private static Problem problem(ApprovalRequest request, CompletionRefused refused) {
    String sentence = String.valueOf(refused.getMessage());
    return switch (refused.kind()) {
      case SIGN_IN -> new SignInAgain(request.signIn().orElseThrow(), sentence);
      case FORBIDDEN -> problem(ProblemType.FORBIDDEN, refused, sentence);
      case INVALID -> problem(ProblemType.INVALID_DECISION, refused, sentence);
      case CONFLICT -> problem(ProblemType.CONFLICT, refused, sentence);
    };
  }

  private static Problem problem(ProblemType type, CompletionRefused refused, String sentence) {
    return refused.field().isEmpty()
        ? new Problem(type, sentence)
        : new Problem(type, sentence, List.of(new FieldError("/" + refused.field(), sentence)));
  }

  private static Stage stage(ApprovalRequest request, Optional<String> named) {
    List<Stage> stages = request.stages();
    return stages.stream()
        .filter(stage -> named.map(stage.name()::equals).orElse(stages.size() == 1))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem(
                    ProblemType.INVALID_DECISION, "/stage", "expected a stage of this request"));
  }

  private static boolean isRepetition(Stage stage, Caller caller, SubmittedDecision submitted) {
    Optional<Vote> vote = stage.vote();
    return vote.filter(
            cast ->
                cast.person().equals(caller.subject())
                    && cast.decision() == submitted.decision()
                    && cast.reason().equals(submitted.reason())
                    && cast.option().equals(submitted.more().find(SubmittedDecision.Field.OPTION))
                    && cast.digest().equals(digestOf(stage, cast, submitted)))
        .isPresent();
  }

  /** What a chosen option makes of the action is not told apart from what was shown. */
  private static ActionDigest digestOf(Stage stage, Vote cast, SubmittedDecision submitted) {
    if (cast.decision() == Decision.CHOOSE) {
      return cast.digest();
    }
    return submitted
        .parameters()
        .map(edited -> CanonicalJson.digest(stage.request().action(), edited))
        .orElse(submitted.actionDigest());
  }

  private void claimAndComplete(Stage stage, Caller caller, SubmittedDecision submitted) {
    Task task = task(stage);
    if (task.getAssignee() == null) {
      tasks.claim(task.getId(), caller.name());
    }
    tasks.complete(task.getId(), submitted.variables());
  }

  private Task task(Stage stage) {
    return taskOf(stage)
        .orElseThrow(
            () ->
                new CompletionRefused(
                    CONFLICT, "", "This review is not open, or not open to your roles."));
  }

  private Optional<Task> taskOf(Stage stage) {
    return tasks
        .createTaskQuery()
        .processInstanceId(stage.processInstance().orElseThrow())
        .listPage(0, 1)
        .stream()
        .findFirst();
  }
}
