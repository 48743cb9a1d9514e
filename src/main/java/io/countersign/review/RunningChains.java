package io.countersign.review;

import io.countersign.shared.RequestId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells from the engine's rows what runs on which version, and where it waits. */
@Component
class RunningChains {

  /** Nobody but our own code starts an instance, and then under the id of its request. */
  private static final String OURS =
      "i.parent_id_ is null and i.proc_def_id_ = :definition and i.business_key_ like 'apr!_%'"
          + " escape '!'";

  /** A token: an execution that stands at an element and has none below it. */
  private static final String TOKEN =
      "e.act_id_ is not null and not exists"
          + " (select from act_ru_execution below where below.parent_id_ = e.id_)";

  private final JdbcClient jdbc;

  RunningChains(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A process instance and the request it runs for. */
  record Instance(String id, RequestId request) {}

  /** Something about an instance: the request it runs for, or an element at which it waits. */
  record Named(String instance, String name) {}

  /** How many stand at an element, or run on a definition. */
  record Standing(String element, long instances) {}

  /** How many instances run on each definition. */
  Map<String, Long> counts() {
    return jdbc
        .sql(
            "select proc_def_id_ as element, count(*) as instances from act_ru_execution"
                + " where parent_id_ is null and business_key_ like 'apr!_%' escape '!'"
                + " group by proc_def_id_")
        .query(Standing.class)
        .stream()
        .collect(Collectors.toMap(Standing::element, Standing::instances));
  }

  long count(String definition) {
    return jdbc.sql("select count(*) from act_ru_execution i where " + OURS)
        .param("definition", definition)
        .query(Long.class)
        .single();
  }

  /** The next to be moved, the oldest request first. */
  List<Instance> next(String definition, Set<String> requests, int limit) {
    boolean all = requests.isEmpty();
    return jdbc
        .sql(
            "select i.id_ as instance, i.business_key_ as name from act_ru_execution i where "
                + OURS
                + (all ? "" : " and i.business_key_ in (:requests)")
                + " order by i.business_key_, i.id_ limit :limit")
        .param("definition", definition)
        .param("limit", limit)
        .param("requests", requests)
        .query(Named.class)
        .stream()
        .map(row -> new Instance(row.instance(), RequestId.of(row.name())))
        .toList();
  }

  /** Where instances of a definition wait. */
  List<Standing> standing(String definition) {
    return jdbc.sql(
            "select e.act_id_ as element, count(distinct e.proc_inst_id_) as instances"
                + " from act_ru_execution e where e.proc_def_id_ = ? and "
                + TOKEN
                + " group by e.act_id_ order by e.act_id_")
        .param(definition)
        .query(Standing.class)
        .list();
  }

  /** Where each of these instances waits. */
  Map<String, Set<String>> standingOf(Collection<Instance> instances) {
    if (instances.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            "select e.proc_inst_id_ as instance, e.act_id_ as name from act_ru_execution e"
                + " where e.proc_inst_id_ in (:instances) and "
                + TOKEN)
        .param("instances", instances.stream().map(Instance::id).toList())
        .query(Named.class)
        .stream()
        .collect(
            Collectors.groupingBy(
                Named::instance, Collectors.mapping(Named::name, Collectors.toUnmodifiableSet())));
  }

  /** What instances of a definition have called and wait for. */
  List<MigrationReport.Called> calledBy(String definition) {
    return jdbc.sql(
            "select d.key_ as chain, d.version_ as version, count(*) as instances"
                + " from act_ru_execution caller"
                + " join act_ru_execution called on called.super_exec_ = caller.id_"
                + " join act_re_procdef d on d.id_ = called.proc_def_id_"
                + " where caller.proc_def_id_ = ?"
                + " group by d.key_, d.version_ order by d.key_, d.version_")
        .param(definition)
        .query(MigrationReport.Called.class)
        .list();
  }
}
