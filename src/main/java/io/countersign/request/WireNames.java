package io.countersign.request;

import io.countersign.shared.Fallback;
import io.countersign.shared.Mode;
import io.countersign.shared.Role;
import io.countersign.shared.Route;
import io.countersign.shared.Severity;
import io.countersign.shared.StageKind;
import io.countersign.shared.Urgency;
import io.countersign.shared.WireName;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Enums are kept in the database under the names they travel with. */
final class WireNames {

  private WireNames() {}

  abstract static class OfType<E extends Enum<E> & WireName>
      implements AttributeConverter<@Nullable E, @Nullable String> {

    private final Class<E> type;

    OfType(Class<E> type) {
      this.type = type;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable E value) {
      return value == null ? null : value.wire();
    }

    @Override
    public @Nullable E convertToEntityAttribute(@Nullable String column) {
      return column == null ? null : WireName.parse(type, column);
    }
  }

  @Converter(autoApply = true)
  static class OfRoute extends OfType<Route> {
    OfRoute() {
      super(Route.class);
    }
  }

  @Converter(autoApply = true)
  static class OfMode extends OfType<Mode> {
    OfMode() {
      super(Mode.class);
    }
  }

  @Converter(autoApply = true)
  static class OfSeverity extends OfType<Severity> {
    OfSeverity() {
      super(Severity.class);
    }
  }

  @Converter(autoApply = true)
  static class OfUrgency extends OfType<Urgency> {
    OfUrgency() {
      super(Urgency.class);
    }
  }

  @Converter(autoApply = true)
  static class OfFallback extends OfType<Fallback> {
    OfFallback() {
      super(Fallback.class);
    }
  }

  @Converter(autoApply = true)
  static class OfStatus extends OfType<Status> {
    OfStatus() {
      super(Status.class);
    }
  }

  @Converter(autoApply = true)
  static class OfPattern extends OfType<InteractionPattern> {
    OfPattern() {
      super(InteractionPattern.class);
    }
  }

  @Converter(autoApply = true)
  static class OfStageKind extends OfType<StageKind> {
    OfStageKind() {
      super(StageKind.class);
    }
  }

  @Converter(autoApply = true)
  static class OfStageStatus extends OfType<StageStatus> {
    OfStageStatus() {
      super(StageStatus.class);
    }
  }

  @Converter(autoApply = true)
  static class OfResult extends OfType<OutcomeReport.Result> {
    OfResult() {
      super(OutcomeReport.Result.class);
    }
  }

  @Converter(autoApply = true)
  static class OfDecision extends OfType<Decision> {
    OfDecision() {
      super(Decision.class);
    }
  }

  @Converter(autoApply = true)
  static class OfOverrideScope extends OfType<OverrideScope> {
    OfOverrideScope() {
      super(OverrideScope.class);
    }
  }

  /** Roles keep Keycloak's spelling. */
  @Converter(autoApply = true)
  static class OfRole implements AttributeConverter<@Nullable Role, @Nullable String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Role role) {
      return role == null ? null : role.realmName();
    }

    @Override
    public @Nullable Role convertToEntityAttribute(@Nullable String column) {
      return column == null ? null : Role.find(column).orElseThrow();
    }
  }
}
