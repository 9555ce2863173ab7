package course.grader.grade.walls;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.model.WrongVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What students write passes; what is no class of theirs does not. */
class AllowListTest {
  static List<Exercise> exercises() throws IOException {
    return Exercise.all(Path.of("../.."));
  }

  /** Returns what is refused of a student's files. */
  private static List<String> refusals(Exercise exercise, Map<String, String> student)
      throws IOException {
    Set<String> taken =
        Stream.of(Exercise.MAIN, Exercise.TESTS)
            .flatMap(folder -> sources(exercise, folder).stream())
            .map(file -> file.replaceFirst(".*/(.*)\\.java", "$1"))
            .collect(toSet());
    return AllowList.of(exercise).refusals(InMemory.compile(exercise, student), taken);
  }

  private static Set<String> sources(Exercise exercise, String folder) {
    try {
      return exercise.sources(folder).keySet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("exercises")
  void the_starter_and_all_our_solutions_pass(Exercise exercise) throws IOException {
    var solutions = new Solutions(exercise);
    var versions = new LinkedHashMap<String, Map<String, String>>();
    versions.put("starter", exercise.student());
    versions.put("reference", solutions.reference());
    for (WrongVersion wrong : solutions.wrong()) {
      versions.put(wrong.name(), wrong.files());
    }
    solutions.right().forEach((folder, files) -> versions.put(folder.toString(), files));
    for (var version : versions.entrySet()) {
      assertThat(refusals(exercise, version.getValue())).as(version.getKey()).isEmpty();
    }
  }

  @Test
  void a_list_without_a_package_is_told_with_its_file(@TempDir Path course) throws IOException {
    Path exercise = course.resolve("exercises/ex1-framing");
    Files.createDirectories(exercise.resolve(Exercise.MAIN));
    Files.createDirectories(exercise.resolve(Exercise.TESTS));
    Files.copy(Path.of("../ex1-framing/exercise.json"), exercise.resolve("exercise.json"));
    Path list = Files.writeString(exercise.resolve(AllowList.FILE), "Socket close\n");
    var read = Exercise.read(exercise);
    assertThatIOException()
        .isThrownBy(() -> AllowList.of(read))
        .withMessage(
            list
                + ": above 'Socket close' is no package: write it on a line of its own,"
                + " as 'java.net:'");
    Files.delete(list);
    assertThat(AllowList.of(read).permissions().names("java/net/Socket")).as("ours").isFalse();
  }

  /** The list is for the JDK's classes, and what ours do is for us to look after. */
  @ParameterizedTest
  @MethodSource("exercises")
  void our_own_classes_hand_on_nothing_of_the_jdks(Exercise exercise) throws IOException {
    var sources = exercise.sources(Exercise.MAIN);
    sources.keySet().removeIf(file -> file.endsWith("/Main.java")); // which is not for students
    for (byte[] bytes : InMemory.compile(exercise, sources).values()) {
      ClassModel ours = ClassFile.of().parse(bytes);
      assertThat(ours.superclass().orElseThrow().asInternalName())
          .as("superclass of " + ours.thisClass().asInternalName())
          .isIn("java/lang/Object", "java/lang/Record", "java/lang/Enum");
      assertThat(ours.interfaces())
          .as("interfaces of " + ours.thisClass().asInternalName())
          .extracting(ClassEntry::asInternalName)
          .isSubsetOf("java/lang/AutoCloseable", "java/lang/Runnable");
    }
  }
}
