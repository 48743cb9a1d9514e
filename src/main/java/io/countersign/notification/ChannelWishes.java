package io.countersign.notification;

import io.countersign.audit.AuditEvent;
import io.countersign.audit.AuditTrail;
import io.countersign.identity.Caller;
import io.countersign.shared.Channel;
import io.countersign.shared.WireName;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How people want to be told. */
@Repository
@Transactional
public class ChannelWishes {

  private final JdbcClient jdbc;
  private final List<PeopleChannel> channels;
  private final AuditTrail audit;

  ChannelWishes(JdbcClient jdbc, List<PeopleChannel> channels, AuditTrail audit) {
    this.jdbc = jdbc;
    this.channels = List.copyOf(channels);
    this.audit = audit;
  }

  /** The channels that a person can have wishes about. */
  public List<Channel> personal() {
    return channels.stream()
        .filter(PeopleChannel::isPersonal)
        .map(PeopleChannel::channel)
        .sorted()
        .toList();
  }

  /** Those of them that an operator has configured. */
  public List<Channel> configured() {
    return channels.stream()
        .filter(it -> it.isPersonal() && it.isOn())
        .map(PeopleChannel::channel)
        .sorted()
        .toList();
  }

  /** What the person said, or what holds for whoever has said nothing. */
  @Transactional(readOnly = true)
  public Wish of(String subject) {
    return find(subject).orElseGet(() -> new Wish(Set.copyOf(personal()), Optional.empty()));
  }

  private Optional<Wish> find(String subject) {
    return jdbc.sql(
            "select channels, quiet_from, quiet_to, quiet_zone from channel_wish"
                + " where subject = ?")
        .param(subject)
        .query(Row.class)
        .optional()
        .map(Row::wish);
  }

  /** Replaces what the person said before; the same again changes nothing. */
  public Wish put(Caller person, Wish wish) {
    if (find(person.subject()).equals(Optional.of(wish))) {
      return wish;
    }
    String names =
        wish.channels().stream().sorted().map(Channel::wire).collect(Collectors.joining(","));
    jdbc.sql(
            "insert into channel_wish (subject, channels, quiet_from, quiet_to, quiet_zone)"
                + " values (?, ?, ?, ?, ?) on conflict (subject) do update set"
                + " channels = excluded.channels, quiet_from = excluded.quiet_from,"
                + " quiet_to = excluded.quiet_to, quiet_zone = excluded.quiet_zone")
        .params(
            person.subject(),
            names,
            wish.quietHours().map(QuietHours::from).orElse(null),
            wish.quietHours().map(QuietHours::to).orElse(null),
            wish.quietHours().map(hours -> hours.zone().getId()).orElse(null))
        .update();
    audit.append(
        new AuditEvent(
            "channels.chosen",
            Optional.empty(),
            "person:" + person.subject(),
            Map.of("channels", names, "quietHours", wish.quietHours().isPresent())));
    return wish;
  }

  /** As it is stored. */
  record Row(
      String channels,
      @Nullable LocalTime quietFrom,
      @Nullable LocalTime quietTo,
      @Nullable String quietZone) {

    Wish wish() {
      return new Wish(
          Arrays.stream(channels.split(","))
              .filter(name -> !name.isEmpty())
              .map(name -> WireName.parse(Channel.class, name))
              .collect(Collectors.toUnmodifiableSet()),
          Optional.ofNullable(quietFrom)
              .map(
                  from ->
                      new QuietHours(
                          from,
                          Objects.requireNonNull(quietTo),
                          ZoneId.of(Objects.requireNonNull(quietZone)))));
    }
  }
}
