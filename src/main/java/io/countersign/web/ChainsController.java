package io.countersign.web;

import io.countersign.identity.Caller;
import io.countersign.identity.Callers;
import io.countersign.review.Chain;
import io.countersign.review.ChainMigrations;
import io.countersign.review.MigrationOrder;
import io.countersign.review.MigrationReport;
import io.countersign.shared.Role;
import io.countersign.shared.problem.Problem;
import io.countersign.shared.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What runs on which version of a chain, and how running instances get to another one. */
@RestController
@RequestMapping(path = "/api/v1/chains", produces = MediaType.APPLICATION_JSON_VALUE)
class ChainsController {

  private static final int MOST_SHOWN = 50;

  private final MigrationReader reader;
  private final ChainMigrations migrations;
  private final Callers callers;

  ChainsController(MigrationReader reader, ChainMigrations migrations, Callers callers) {
    this.reader = reader;
    this.migrations = migrations;
    this.callers = callers;
  }

  /** Everything of one kind. */
  record Page<T>(List<T> items) {}

  /** A migration as people read it. */
  record Migration(
      UUID id,
      String chain,
      int from,
      int to,
      Map<String, String> mapping,
      Set<String> requests,
      String reason,
      String askedBy,
      Instant askedAt,
      Instant until) {
    static Migration of(MigrationOrder order) {
      return new Migration(
          order.id(),
          order.wish().chain(),
          order.wish().from(),
          order.wish().to(),
          order.wish().mapping(),
          order.wish().requests(),
          order.reason(),
          order.askedBy(),
          order.askedAt(),
          order.until());
    }
  }

  @GetMapping
  Page<Chain> list() {
    return new Page<>(migrations.chains());
  }

  /** What was asked for, newest first. */
  @GetMapping("/{key}/migrations")
  Page<Migration> asked(@PathVariable String key) {
    return new Page<>(migrations.orders(key, MOST_SHOWN).stream().map(Migration::of).toList());
  }

  /** Tries a migration out, or asks for it; moves nothing. */
  @PostMapping(path = "/{key}/migrations", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> migrate(@PathVariable String key, HttpServletRequest request)
      throws IOException {
    Caller person = person();
    MigrationReader.Read read = reader.read(key, request.getInputStream());
    if (read.dryRun()) {
      return ResponseEntity.ok(migrations.rehearse(read.wish()));
    }
    if (!person.has(Role.OPERATOR)) {
      throw new Problem(ProblemType.FORBIDDEN, "only an operator asks for a migration");
    }
    MigrationOrder order = migrations.ask(read.wish(), read.reason().orElseThrow(), person);
    return ResponseEntity.status(HttpStatus.CREATED).body(Migration.of(order));
  }

  /** Moves the next instances, as somebody else has asked. */
  @PostMapping("/{key}/migrations/{id}/confirmation")
  MigrationReport confirm(@PathVariable String key, @PathVariable String id) {
    return migrations.confirm(key, uuid(id), person());
  }

  /** What a service account has the role for is still for people: somebody answers for it. */
  private Caller person() {
    Caller caller = callers.current();
    if (!caller.isPerson()) {
      throw new Problem(ProblemType.FORBIDDEN, "only a person may do this");
    }
    return caller;
  }

  private static UUID uuid(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      if (uuid.toString().equals(id)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // answered below
    }
    throw new Problem(ProblemType.NOT_FOUND, "there is no such migration");
  }
}
