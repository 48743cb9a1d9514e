package io.countersign.sealing;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Keeps sealed attributes of entities as bytes. */
@Converter(autoApply = true)
@Immutable
class SealedConverter implements AttributeConverter<@Nullable Sealed, byte @Nullable []> {

  private final Seals seals;

  SealedConverter(Seals seals) {
    this.seals = seals;
  }

  @Override
  public byte @Nullable [] convertToDatabaseColumn(@Nullable Sealed content) {
    return content == null ? null : content.stored(seals);
  }

  @Override
  public @Nullable Sealed convertToEntityAttribute(byte @Nullable [] column) {
    return column == null ? null : new Sealed.Stored(column, seals);
  }
}
