package course.grader.model;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An exercise: a folder of {@code exercises/}, and what its {@code exercise.json} says of it.
 *
 * @param folder where it is
 * @param about what the file says
 * @param tests in the order in which they run
 */
public record Exercise(Path folder, About about, List<RuleTest> tests) {
  /** The package of all that students write: the lessons' own. */
  public static final String PACKAGE = "course.server";

  public static final String FILE = "exercise.json";

  /** Of names: exercise 10 comes after exercise 9, and what has no number at the end. */
  public static final Comparator<String> ORDER =
      comparingInt(Exercise::place).thenComparing(naturalOrder());

  public static final String MAIN = "src/main/java";
  public static final String TESTS = "src/test/java";

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
   * @param editable the files that a student changes, under the exercise's folder, with slashes
   */
  public record About(String title, String lesson, List<String> editable) {}

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
      About about = JSON.readValue(Files.readString(file), About.class);
      return new Exercise(folder, about, RuleTest.in(sources(folder, TESTS, about)));
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
    exercises.sort(comparing(Exercise::name, ORDER));
    return List.copyOf(exercises);
  }

  /** Returns the exercises' folders, in no order. */
  static List<Path> folders(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root.resolve("exercises"))) {
      return folders.filter(folder -> Files.exists(folder.resolve(FILE))).toList();
    }
  }

  private static int place(String name) {
    String number = number(name);
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
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

  /** Returns the name of an exercise's branch: {@code exercise/1-framing} for ex1-framing. */
  public static String branch(String name) {
    return name.replaceFirst("^ex", "exercise/");
  }

  /** Returns the points of all rules. */
  public int points() {
    return tests.stream().mapToInt(RuleTest::points).sum();
  }

  /** Returns the number in the folder's name. */
  public String number() {
    return number(name());
  }

  private static String number(String name) {
    return name.replaceFirst("^ex(\\d+).*", "$1");
  }

  /** Returns the hints of its page, the least direct first. */
  public List<String> hints() throws IOException {
    return page().hints().stream().map(ExercisePage.Numbered::text).toList();
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
   * Returns the sources under {@link #MAIN} or {@link #TESTS} that are not for the student to
   * change, by path: ours, and what a student has put beside them.
   */
  public Map<String, String> sources(String folderName) throws IOException {
    return sources(folder, folderName, about);
  }

  private static Map<String, String> sources(Path folder, String folderName, About about)
      throws IOException {
    var sources = new LinkedHashMap<String, String>();
    for (Path path : Folders.files(folder.resolve(folderName))) {
      String name = folder.relativize(path).toString().replace('\\', '/');
      if (name.endsWith(".java") && !about.editable().contains(name)) {
        SourceText source = SourceText.of(name, Files.readAllBytes(path));
        if (!source.fault().isEmpty()) {
          throw new IOException(source.fault());
        }
        sources.put(name, source.text());
      }
    }
    return sources;
  }

  /** Returns the simple name of the class that a source, said by path or name, is to have. */
  public static String className(String source) {
    return source.replaceFirst("(.*/)?(.*)\\.java", "$2");
  }

  /**
   * Returns those class files that are not compiled from {@link #sources} of {@link #MAIN}, by the
   * names of their classes. A file's own words decide, not the name of its class.
   *
   * @param files the bytes of all class files, by their paths, with /
   */
  public Map<String, byte[]> studentsClasses(Map<String, byte[]> files) throws IOException {
    Set<String> ours = sources(MAIN).keySet().stream().map(Exercise::className).collect(toSet());
    var classes = new LinkedHashMap<String, byte[]>();
    files.forEach((file, bytes) -> {
      if (!ours.contains(className(source(bytes)))) {
        classes.put(file.replaceFirst("\\.class$", "").replace('/', '.'), bytes);
      }
    });
    return classes;
  }

  private static String source(byte[] classFile) {
    try {
      return source(ClassFile.of().parse(classFile)).orElse("");
    } catch (IllegalArgumentException e) { // no class file at all
      return "";
    }
  }

  /** Returns the name of the file that a class was compiled from, if it says that. */
  public static Optional<String> source(ClassModel type) {
    return type.findAttribute(Attributes.sourceFile())
        .map(attribute -> attribute.sourceFile().stringValue());
  }
}
