package io.countersign.policy;

import io.countersign.shared.AssignmentPlan;
import io.countersign.shared.Fallback;
import io.countersign.shared.FreshSignIn;
import io.countersign.shared.Role;
import io.countersign.shared.Urgency;
import io.countersign.shared.time.WorkingHours;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is asked about an action, for how long, and what happens when nobody answers. */
record ReviewRules(
    String chain,
    Role role,
    Urgency maxUrgency,
    Map<Urgency, Duration> limits,
    List<Duration> reminders,
    Duration escalateAfter,
    List<Role> escalationPath,
    Fallback fallback,
    Duration answerWithin,
    Optional<Duration> objectionWindow,
    Set<String> reasonRequired,
    AssignmentPlan assignment,
    Map<Role, WorkingHours> workingTime,
    Optional<FreshSignIn> signIn) {}
