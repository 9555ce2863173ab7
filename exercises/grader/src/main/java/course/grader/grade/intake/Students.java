package course.grader.grade.intake;

import course.grader.grade.intake.Wanted.Named;
import course.grader.grade.model.HandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;

/** Finds out whose each entry of a folder is. For one thread. */
final class Students {
  private final Wanted wanted;
  private final IntakeOptions options;
  private final Map<String, List<Handed>> entries = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  Students(Wanted wanted, IntakeOptions options) {
    this.wanted = wanted;
    this.options = options;
  }

  /**
   * Adds an entry.
   *
   * @param name what it is called
   * @param tree makes its files, out of what it is called if it is a single one
   */
  void add(String name, boolean isFolder, Function<String, FileTree> tree) {
    if (Junk.is(name) || name.startsWith(".")) {
      return;
    }
    Optional<Named> named = isFolder ? Optional.empty() : wanted.named(name);
    String file = named.map(Named::file).orElseGet(() -> alone(name));
    String student;
    if (options.student().isPresent()) {
      Matcher matcher = options.student().get().matcher(name);
      student = matcher.find() ? matcher.group("student") : "";
    } else {
      student = isFolder ? name : named.map(Named::student).orElseGet(() -> withoutSuffix(name));
    }
    if (student == null || student.isBlank()) {
      faults.add(Shown.name(name) + (options.student().isPresent() ? NO_MATCH : NO_NAME));
      return;
    }
    entries
        .computeIfAbsent(student.strip(), any -> new ArrayList<>())
        .add(new Handed(name, isFolder ? "" : file, tree.apply(file)));
  }

  private static final String NO_MATCH = ": the pattern finds no student's name in that";
  private static final String NO_NAME =
      ": whose is it? Call it NAME_FILE.java, or put it into a folder with the student's name";

  /** What only has the student's name is the exercise's file, if there is just one. */
  private String alone(String name) {
    return Shown.lower(name).endsWith(".java") && wanted.files().size() == 1
        ? Shown.last(wanted.files().getFirst())
        : name;
  }

  private static String withoutSuffix(String name) {
    return name.replaceFirst("(?i)(.)(\\.tar\\.\\w{2,3}|\\.java\\.txt|\\.\\w{1,4})$", "$1");
  }

  /** Returns all of them. */
  Intake intake(Path submissions) throws IOException {
    if (entries.isEmpty() && faults.isEmpty()) {
      throw new IOException(submissions + " is empty: there must be an entry for each student");
    }
    List<Source> sources =
        entries.entrySet().stream()
            .<Source>map(student ->
                new AllHanded(
                    student.getKey(), List.copyOf(student.getValue()), wanted, options.limits()))
            .toList();
    return new Intake(sources, List.copyOf(faults));
  }

  /**
   * A folder, an archive or a file.
   *
   * @param file the path that a single one has in its tree; empty for a folder
   */
  private record Handed(String name, String file, FileTree tree) {
    /** Returns what tells its paths from those of the student's other entries. */
    String prefix(List<Handed> all) {
      long same = all.stream().filter(other -> other.file.equals(file)).count();
      return all.size() == 1 || (!file.isEmpty() && same == 1) ? "" : name + "/";
    }
  }

  /** What one student has handed in. */
  private record AllHanded(String student, List<Handed> entries, Wanted wanted, Limits limits)
      implements Source {
    @Override
    public HandIn files() throws IOException {
      var finder = new Finder(wanted, limits);
      for (Handed entry : entries) {
        finder.look(entry.tree, entry.prefix(entries));
      }
      return new Choice(wanted).choose(student, finder);
    }
  }
}
