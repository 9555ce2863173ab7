package course.grader.grade.results;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
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
  static final String STUDENTS = "students";
  static final String HISTORY = "history";
  private static final String JSON_FILE = ".json";

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
    return out.resolve(STUDENTS, FileNames.of(student) + JSON_FILE);
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
        Files.copy(file, history(file));
      }
    }
    write(file, result);
  }

  /** Tells whether something is written of a student. */
  boolean has(String student) {
    return Files.exists(file(student));
  }

  /** Moves to the history what is written of all others. */
  void keepOnly(Set<String> students) throws IOException {
    Set<Path> kept = students.stream().map(this::file).collect(toSet());
    try (Stream<Path> files = Files.list(Files.createDirectories(out.resolve(STUDENTS)))) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(JSON_FILE) && !kept.contains(file)) {
          Files.move(file, history(file));
        }
      }
    }
  }

  /** Returns the next free name for what a student's file says. */
  private Path history(Path file) throws IOException {
    Path folder = Files.createDirectories(out.resolve(HISTORY));
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
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
