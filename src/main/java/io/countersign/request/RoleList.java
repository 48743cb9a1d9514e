package io.countersign.request;

import io.countersign.shared.Role;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps roles, in order, as their names with commas between them. */
@Converter
class RoleList implements AttributeConverter<List<Role>, String> {

  @Override
  public String convertToDatabaseColumn(List<Role> roles) {
    return roles.stream().map(Role::realmName).collect(Collectors.joining(","));
  }

  @Override
  public List<Role> convertToEntityAttribute(String column) {
    return Arrays.stream(column.split(","))
        .filter(name -> !name.isEmpty())
        .map(name -> Role.find(name).orElseThrow())
        .toList();
  }
}
