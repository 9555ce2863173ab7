package course.grader.model;

import static java.util.Comparator.comparingInt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An exercise: a folder of {@code exercises/}, and what its {@code exercise.json} says of it.
 *
 * @param folder where it is
 * @param about what the file says
 */
public record Exercise(Path folder, About about) {
  /** The package of all that students write: the lessons' own. */
  public static final String PACKAGE = "course.server";

  public static final String FILE = "exercise.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * What {@code exercise.json} holds.
   *
   * @param title what the exercise is called
   * @param lesson the folder of the lesson that it follows
   * @param difficulty from 1 to 3
   * @param editable the files that a student changes, under the exercise's folder, with slashes
   * @param tests the tests, in the order of the README's rules: test N tries rule N
   */
  public record About(
      String title, String lesson, int difficulty, List<String> editable, List<Task> tests) {}

  /**
   * A test of the exercise.
   *
   * @param test class and method, as in {@code FrameReaderTest.an_empty_frame_is_a_message_too}
   * @param points what it is worth
   * @param starter what becomes of it with the files that a student starts from
   */
  public record Task(String test, int points, Starter starter) {
    /** Returns the rule that the test tries: its name is a sentence. */
    public String rule() {
      return test.substring(test.indexOf('.') + 1).replace('_', ' ');
    }
  }

  /** What becomes of a test with the starter. */
  public enum Starter {
    PASSES,
    FAILS
  }

  /**
   * Reads an exercise.
   *
   * @param folder the exercise's folder
   * @throws IOException if its {@code exercise.json} is not there or not as it should be: the
   *     message names the file
   */
  public static Exercise read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      return new Exercise(folder, JSON.readValue(Files.readString(file), About.class));
    } catch (JacksonException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Returns the exercises of the course in {@code root}, in order. */
  public static List<Exercise> all(Path root) throws IOException {
    var exercises = new ArrayList<Exercise>();
    for (Path folder : folders(root)) {
      exercises.add(read(folder));
    }
    exercises.sort(comparingInt(Exercise::place).thenComparing(Exercise::name));
    return List.copyOf(exercises);
  }

  /** Returns the exercises' folders, in no order. */
  static List<Path> folders(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root.resolve("exercises"))) {
      return folders.filter(folder -> Files.exists(folder.resolve(FILE))).toList();
    }
  }

  /** Exercise 10 comes after exercise 9, and what has no number after those that have one. */
  private int place() {
    return number().matches("\\d{1,9}") ? Integer.parseInt(number()) : Integer.MAX_VALUE;
  }

  /** Tells whether a student means this one: as 1, ex1, framing, 1-framing or ex1-framing. */
  public boolean isCalled(String said) {
    String full = name().replaceFirst("^ex", "");
    String number = number();
    return List.of(name(), full, "ex" + number, number, full.replaceFirst("^\\d+-", ""))
        .contains(said);
  }

  /** Returns the folder's name, such as {@code ex1-framing}. */
  public String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Returns the number in the folder's name. */
  public String number() {
    return name().replaceFirst("^ex(\\d+).*", "$1");
  }

  /** Returns its page, as it is now. */
  public ExercisePage page() throws IOException {
    return ExercisePage.read(folder);
  }

  /**
   * Returns the student's files as they are now.
   *
   * @throws IOException if one can't be read, which may be over soon: an editor is writing it
   */
  public Submission submission() throws IOException {
    return Submission.read(folder, about.editable());
  }

  /** Returns the text of each of the student's files; all are text, or an IOException says why. */
  public Map<String, String> student() throws IOException {
    Submission now = submission();
    if (!now.faults().isEmpty()) {
      throw new IOException(folder + ": " + now.faults().getFirst());
    }
    return new LinkedHashMap<>(now.texts());
  }

  /**
   * Returns the sources under {@code src/main/java} or {@code src/test/java} that are not for the
   * student to change, by path: ours, and what a student has put beside them.
   */
  public Map<String, String> sources(String folderName) throws IOException {
    var sources = new LinkedHashMap<String, String>();
    try (Stream<Path> paths = Files.walk(folder.resolve(folderName))) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".java")).sorted().toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        if (!about.editable().contains(name)) {
          SourceText source = SourceText.of(name, Files.readAllBytes(path));
          if (!source.fault().isEmpty()) {
            throw new IOException(source.fault());
          }
          sources.put(name, source.text());
        }
      }
    }
    return sources;
  }
}
