package io.countersign.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.dev.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Everything PostgreSQL holds of a database: each row of each table, its files, its log. */
final class StoredBytes {

  private final Database database;

  StoredBytes(Database database) {
    this.database = database;
  }

  /** The tables and files in which a text can be read. */
  List<String> holding(String text) throws Exception {
    try (Connection connection = database.asSuperuser()) {
      JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      List<String> places = new ArrayList<>(tables(jdbc, text));
      jdbc.sql("checkpoint").update();
      Path data = Path.of(jdbc.sql("show data_directory").query(String.class).single());
      places.addAll(files(data, text));
      return places;
    }
  }

  private static List<String> tables(JdbcClient jdbc, String text) {
    String hex = HexFormat.of().formatHex(text.getBytes(UTF_8));
    return jdbc
        .sql(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'")
        .query(String.class)
        .list()
        .stream()
        .filter(
            table ->
                jdbc.sql("select exists (select from " + table + " t where t::text ~ ?)")
                    .param(text + "|" + hex)
                    .query(Boolean.class)
                    .single())
        .toList();
  }

  private static List<String> files(Path data, String text) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> holds(file, text))
          .map(Path::toString)
          .toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(text);
    } catch (NoSuchFileException e) {
      return false; // PostgreSQL has removed it meanwhile.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
