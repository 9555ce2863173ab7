package course.grader.grade;

import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.model.WrongVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a class to try the grader on: our own solutions and mistakes, no student's work. */
@Command(
    name = "sample-class",
    description =
        "Makes a folder of submissions to try grade on: of solutions and mistakes of ours.")
public final class SampleClass implements Callable<Integer> {
  @Mixin private CourseOptions course;
  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "EXERCISE",
      description = "its number or its name, such as 4 or bounded-pool")
  private String said;

  @Parameters(index = "1", paramLabel = "DIR", description = "a new or an empty folder")
  private Path folder;

  @Option(
      names = "--students",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many (default: 20)")
  private int students;

  @Override
  public Integer call() throws IOException {
    Exercise exercise = course.exercise(said);
    Files.createDirectories(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new CourseOptions.Unusable(command, folder + " is not empty: name another folder");
      }
    }
    List<Map<String, String>> versions = versions(exercise);
    int digits = String.valueOf(students).length();
    for (int i = 0; i < students; i++) {
      String name = ("student-%0" + digits + "d").formatted(i + 1);
      write(Files.createDirectory(folder.resolve(name)), versions.get(i % versions.size()));
    }
    command.commandLine().getOut().printf("%d students in %s%n", students, folder).flush();
    return ExitCode.OK;
  }

  private static void write(Path student, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = student.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** Returns what students may hand in: a third of it is right, and each state is soon there. */
  private static List<Map<String, String>> versions(Exercise exercise) throws IOException {
    var solutions = new Solutions(exercise);
    var others = new ArrayList<Map<String, String>>();
    String file = exercise.about().editable().getFirst();
    others.add(exercise.student());
    others.add(Map.of(file, "package course.server;\n\nclass { // not done yet\n"));
    others.add(Map.of());
    others.add(Map.of("notes.txt", "I could not do it."));
    for (WrongVersion wrong : solutions.wrong()) {
      others.add(wrong.files());
    }
    var right = new ArrayList<>(List.of(solutions.reference()));
    right.addAll(solutions.right().values());
    var all = new ArrayList<Map<String, String>>();
    for (int i = 0; i < others.size(); i++) {
      all.add(others.get(i));
      if (i % 2 == 0) {
        all.add(right.get(i / 2 % right.size()));
      }
    }
    return all;
  }
}
