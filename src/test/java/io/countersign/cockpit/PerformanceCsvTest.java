package io.countersign.cockpit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerformanceCsvTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "process_refund; process_refund",
        "=1+1;           '=1+1",
        "+1;             '+1",
        "-1;             '-1",
        "@SUM(A1);       '@SUM(A1)",
        "a,b;            \"a,b\"",
        "=a\"b;          \"'=a\"\"b\"",
        "a=b;            a=b"
      })
  void disarmsFormulas(String value, String cell) {
    assertThat(PerformanceCsv.cell(value)).isEqualTo(cell);
  }

  @Test
  void disarmsTabsAndKeepsLinesTogether() {
    assertThat(PerformanceCsv.cell("\t=1")).isEqualTo("'\t=1");
    assertThat(PerformanceCsv.cell("\r=1")).isEqualTo("\"'\r=1\"");
    assertThat(PerformanceCsv.cell("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(PerformanceCsv.cell(null)).isEmpty();
    assertThat(PerformanceCsv.cell(12.5)).isEqualTo("12.5");
  }
}
