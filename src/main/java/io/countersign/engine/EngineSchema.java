package io.countersign.engine;

import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/**
 * Creates the engine's tables from the engine's own scripts, as the owner of the database: the
 * application's role needs no right to change the schema.
 */
@Component
class EngineSchema implements JavaMigration {

  private static final String SCRIPTS =
      "org/camunda/bpm/engine/db/create/activiti.postgres.create.";
  private static final String EAGER_STATISTICS =
      "autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 200,"
          + " autovacuum_vacuum_scale_factor = 0.05";

  private static final List<String> PARTS =
      List.of(
          "engine",
          "history",
          "identity",
          "case.engine",
          "case.history",
          "decision.engine",
          "decision.history");

  @Override
  public void migrate(Context context) throws Exception {
    for (String part : PARTS) {
      ClassPathResource script = new ClassPathResource(SCRIPTS + part + ".sql");
      ScriptUtils.executeSqlScript(
          context.getConnection(), new EncodedResource(script, StandardCharsets.UTF_8));
    }
    try (Statement statement = context.getConnection().createStatement()) {
      for (String change : changes(quoted(applicationRole(context)))) {
        statement.execute(change);
      }
    }
  }

  private static List<String> changes(String role) {
    return List.of(
        // Timers are acquired by due date; the engine's schema has no index on it.
        "create index act_idx_job_duedate on act_ru_job (duedate_)",
        // After a burst of tasks, stale statistics make every task list slow.
        "alter table act_ru_task set (" + EAGER_STATISTICS + ")",
        "alter table act_ru_identitylink set (" + EAGER_STATISTICS + ")",
        "grant select, insert, update, delete on all tables in schema public to " + role,
        "revoke all on flyway_schema_history from " + role);
  }

  private static String applicationRole(Context context) {
    return Objects.requireNonNull(
        context.getConfiguration().getPlaceholders().get("applicationRole"),
        "spring.flyway.placeholders.applicationRole is missing");
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1");
  }

  @Override
  public String getDescription() {
    return "engine schema";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }
}
