package course.grader.grade.intake;

import static java.util.stream.Collectors.toUnmodifiableSet;

import course.grader.model.Exercise;
import course.grader.model.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files an exercise takes, and how near another's name and place comes to that. Immutable.
 *
 * @param exercise the exercise
 * @param others folders of the course that hold files of the same names for something else
 * @param own the names of the exercise's files, whether students change them or not
 */
record Wanted(Exercise exercise, Set<String> others, Set<String> own) {
  /** How sure it is that a file is the one that is meant; the first is the surest. */
  enum Fit {
    /** Where it is in a copy of the course. */
    COURSE,
    /** Its name is right. */
    NAME,
    /** Its name is what browsers, learning systems and editors make of the right one. */
    NEARLY
  }

  static Wanted of(Exercise exercise) throws IOException {
    var others = new HashSet<String>();
    Path exercises = exercise.folder().toAbsolutePath().getParent();
    for (Path folder : folders(exercises)) {
      others.add(String.valueOf(folder.getFileName()));
    }
    for (Path folder : folders(exercises.getParent())) {
      if (Files.exists(folder.resolve("pom.xml"))) {
        others.add(String.valueOf(folder.getFileName()));
      }
    }
    others.remove(exercise.name());
    others.remove("exercises");
    Set<String> own =
        Folders.files(exercise.folder()).stream()
            .map(file -> String.valueOf(file.getFileName()))
            .collect(toUnmodifiableSet());
    return new Wanted(exercise, Set.copyOf(others), own);
  }

  private static List<Path> folders(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).toList();
    }
  }

  /** Returns the paths of the files that students change, under the exercise's folder. */
  List<String> files() {
    return exercise.about().editable();
  }

  /** Returns what those files are called, in words. */
  String names() {
    return String.join(" and ", files().stream().map(Shown::last).toList());
  }

  /** Returns the branch that students work on, as the command branches names it. */
  String branch() {
    return Exercise.branch(exercise.name());
  }

  /** Returns how well a path fits one of {@link #files}, if it does. */
  Optional<Fit> fit(String path, String file) {
    String name = Shown.last(path);
    if (("/" + path).endsWith("/" + exercise.name() + "/" + file)) {
      return Optional.of(Fit.COURSE);
    } else if (name.equals(Shown.last(file))) {
      return Optional.of(Fit.NAME);
    }
    return nearly(file).matcher(name).matches() ? Optional.of(Fit.NEARLY) : Optional.empty();
  }

  /** Tells whether a path is one of another exercise or a lesson, in a copy of the course. */
  boolean isOther(String path) {
    return Stream.of(path.split("/")).anyMatch(others::contains);
  }

  /** Tells whether a path is that of a source file which a student has added. */
  boolean isAdded(String path) {
    return path.endsWith(".java") && !own.contains(Shown.last(path));
  }

  /**
   * Returns whose a single file is, and what it is: {@code ann_HandlerPool.java}.
   *
   * @return the student, which may be empty, and the name of one of {@link #files}
   */
  Optional<Named> named(String name) {
    for (String file : files()) {
      Matcher matcher =
          Pattern.compile("(?isu)(?<student>|.*[^\\p{Alnum}])(?<file>" + nearly(file) + ")")
              .matcher(name);
      if (matcher.matches()) {
        String student = matcher.group("student").replaceFirst("[ _.-]+$", "");
        return Optional.of(new Named(student, matcher.group("file")));
      }
    }
    return Optional.empty();
  }

  /** A name that says whose the file is and what it is. */
  record Named(String student, String file) {}

  private static Pattern nearly(String file) {
    String stem = Pattern.quote(Shown.last(file).replaceFirst("\\.java$", ""));
    return Pattern.compile(
        "(?isu:(copy of )?"
            + stem
            + "([ _-]*(\\(\\d+\\)|\\d+|(- )?copy( \\(\\d+\\))?))?\\.java(\\.txt)?)");
  }
}
