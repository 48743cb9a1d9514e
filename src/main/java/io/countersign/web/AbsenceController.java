package io.countersign.web;

import io.countersign.identity.Absence;
import io.countersign.identity.Callers;
import io.countersign.review.AbsencePlans;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where people say when they are away, and who stands in for them. */
@RestController
@RequestMapping(path = "/api/v1/me/absence", produces = MediaType.APPLICATION_JSON_VALUE)
class AbsenceController {

  private final AbsenceReader reader;
  private final AbsencePlans absences;
  private final Callers callers;

  AbsenceController(AbsenceReader reader, AbsencePlans absences, Callers callers) {
    this.reader = reader;
    this.absences = absences;
    this.callers = callers;
  }

  /** What a person said. */
  record View(Instant from, Instant to, @Nullable String backup) {
    static View of(Absence absence) {
      return new View(
          absence.from(),
          absence.to(),
          absence.backup().map(Absence.Backup::username).orElse(null));
    }
  }

  /** The caller's absence, now or to come. */
  @GetMapping
  View get() {
    return absences
        .find(callers.current())
        .map(View::of)
        .orElseThrow(
            () -> new Problem(ProblemType.NOT_FOUND, "you have not said that you will be away"));
  }

  /** Replaces what the caller said before; the same again changes nothing. */
  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  View put(HttpServletRequest request) throws IOException {
    AbsenceReader.Read read = reader.read(request.getInputStream());
    return View.of(absences.put(callers.current(), read.from(), read.to(), read.backup()));
  }

  /** The caller is here again. */
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete() {
    absences.remove(callers.current());
  }
}
