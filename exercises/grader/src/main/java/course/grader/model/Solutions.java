package course.grader.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An exercise's reference solution, and its wrong and right versions: not for students. */
public record Solutions(Exercise exercise) {
  /** Begins the label of a test that students do not have. */
  public static final String HIDDEN = "hidden ";

  private static final JsonMapper JSON = new JsonMapper();

  /** Returns where they are; a student's copy of the course has no such folder. */
  public Path folder() {
    return exercise.folder().resolveSibling("solutions").resolve(exercise.name());
  }

  /** Returns the text of each file that a student changes, as the reference solution has it. */
  public Map<String, String> reference() throws IOException {
    return with(exercise.student(), linesIn(folder()));
  }

  /** Returns the files of a version that differs from the reference solution in some of them. */
  Map<String, String> reference(Map<String, List<String>> changed) throws IOException {
    return with(reference(), changed);
  }

  private Map<String, String> with(Map<String, String> files, Map<String, List<String>> changed) {
    changed.forEach((name, lines) -> files.put(path(name), String.join("\n", lines) + "\n"));
    return files;
  }

  /** Returns the mistakes that the tests must reject, in order. */
  public List<WrongVersion> wrong() throws IOException {
    return children("wrong", path -> Files.isDirectory(path) || isPatch(path)).stream()
        .map(path -> new WrongVersion(this, path))
        .toList();
  }

  private static boolean isPatch(Path path) {
    return path.toString().endsWith(WrongVersion.PATCH);
  }

  /** Returns the files of solutions in other styles than the reference's, each by its folder. */
  public Map<Path, Map<String, String>> right() throws IOException {
    var right = new LinkedHashMap<Path, Map<String, String>>();
    for (Path version : children("right", Files::isDirectory)) {
      right.put(version, reference(linesIn(version)));
    }
    return right;
  }

  /** Returns the sources of the tests that students do not have, by their paths. */
  public Map<String, String> hidden() throws IOException {
    var hidden = new LinkedHashMap<String, String>();
    for (Path file : Folders.files(folder().resolve("hidden"))) {
      if (file.toString().endsWith(".java")) {
        hidden.put(
            Exercise.TESTS + "/course/server/" + file.getFileName(),
            Files.readString(file).replace("\r", ""));
      }
    }
    return hidden;
  }

  /** Returns the tests that students do not have, in order; their labels say so. */
  public List<RuleTest> hiddenTests() throws IOException {
    return RuleTest.in(hidden()).stream()
        .map(
            test -> new RuleTest(test.rule(), 0, HIDDEN + test.label(), test.type(), test.method()))
        .toList();
  }

  /** Returns the exercise's tests and then those that students do not have. */
  public List<RuleTest> allTests() throws IOException {
    return Stream.concat(exercise.tests().stream(), hiddenTests().stream()).toList();
  }

  /**
   * Reads a JSON file that lies beside the solutions.
   *
   * @param absent what is returned if there is no such file
   * @throws IOException if it is no such JSON: the message says where
   */
  public <T> T read(String name, Class<T> type, T absent) throws IOException {
    Path file = folder().resolve(name);
    try {
      return Files.exists(file) ? JSON.readValue(Files.readString(file), type) : absent;
    } catch (JacksonException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  private List<Path> children(String name, Predicate<Path> fits) throws IOException {
    Path parent = folder().resolve(name);
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(fits).sorted().toList();
    }
  }

  /** Returns the path of a student's file that is called so; the name itself if there is none. */
  String path(String name) {
    return exercise.about().editable().stream()
        .filter(file -> file.endsWith("/" + name))
        .findFirst()
        .orElse(name);
  }

  /** Returns the lines of each of the student's files that a folder has, by its name there. */
  Map<String, List<String>> linesIn(Path version) throws IOException {
    var files = new LinkedHashMap<String, List<String>>();
    for (String file : exercise.about().editable()) {
      Path there = version.resolve(Path.of(file).getFileName());
      if (Files.exists(there)) {
        files.put(String.valueOf(there.getFileName()), Files.readAllLines(there));
      }
    }
    return files;
  }

  /** Returns the lines of a file of the reference solution. */
  List<String> lines(String name) {
    try {
      return Files.readAllLines(folder().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
