package course.grader.grade.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of each student, in {@code students/}, and what it was before, in {@code history/}.
 * Several threads may call it, each for students of its own.
 */
final class Store {
  private static final String STUDENTS = "students";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final Path out;

  Store(Path out) {
    this.out = out;
  }

  private Path file(String student) {
    return out.resolve(STUDENTS, FileNames.of(student) + ".json");
  }

  /** Returns what is written of one student or another; empty if nothing is that we can read. */
  Optional<StudentResult> any() throws IOException {
    Path students = out.resolve(STUDENTS);
    if (!Files.isDirectory(students)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(students)) {
      return files.flatMap(file -> read(file, StudentResult.class).stream()).findAny();
    }
  }

  /** Returns what is written of a student; empty if nothing is, or nothing that we can read. */
  Optional<StudentResult> read(String student) {
    return read(file(student), StudentResult.class)
        .filter(result -> result.schema() == StudentResult.SCHEMA)
        .filter(result -> result.student().equals(student));
  }

  /** Writes what is now known of a student; what was known otherwise goes to the history first. */
  void write(StudentResult result) throws IOException {
    Path file = file(result.student());
    if (Files.exists(file)) {
      Optional<StudentResult> before = read(result.student());
      if (before.isEmpty() || !before.get().saysTheSameAs(result)) {
        Files.copy(file, history(result.student()));
      }
    }
    write(file, result);
  }

  private Path history(String student) throws IOException {
    Path folder = Files.createDirectories(out.resolve("history"));
    String name = FileNames.of(student);
    int version = 1;
    while (Files.exists(folder.resolve("%s.%d.json".formatted(name, version)))) {
      version++;
    }
    return folder.resolve("%s.%d.json".formatted(name, version));
  }

  /** Reads any JSON file of ours; empty if it is not there, or was damaged by a crash. */
  static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), type));
    } catch (IOException | JacksonException e) {
      return Optional.empty(); // then it is made anew
    }
  }

  static void write(Path file, Object content) throws IOException {
    String json = JSON.writeValueAsString(content).replace("\r", "");
    AtomicFile.write(file, writer -> writer.write(json + "\n"));
  }
}
