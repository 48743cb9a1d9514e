package io.countersign.intake;

import java.util.List;
import java.util.UUID;

/** A plan as one caller may see it: the steps it may read, in order. */
record PlanAnswer(UUID planId, List<Answer> steps) {}
