package course.grader.grade.intake;

import course.grader.grade.intake.FileTree.Entry;
import course.grader.model.Exercise;
import course.grader.model.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a class has handed in. Immutable; nothing of it has been read but names.
 *
 * @param sources one a student, sorted by name; as in the roster if there is one
 * @param faults lines of a roster, or entries of a folder, that belong to no student: a sentence
 *     each
 */
public record Intake(List<Source> sources, List<String> faults) {
  /** Tells whether submissions are a roster, if they are there. */
  public static boolean isRoster(Path submissions) {
    return !Files.isDirectory(submissions) && Shown.lower(submissions.toString()).endsWith(".csv");
  }

  /**
   * Looks at who has handed in something.
   *
   * @param submissions a folder with an entry a student, an archive of one, or a roster
   * @throws IOException if it is none of them: one line says why
   */
  public static Intake of(Path submissions, Exercise exercise, IntakeOptions options)
      throws IOException {
    Wanted wanted = Wanted.of(exercise);
    if (Files.isDirectory(submissions)) {
      return ofFolder(submissions, wanted, options);
    } else if (!Files.isRegularFile(submissions)) {
      throw new IOException(
          submissions + (Files.exists(submissions) ? " is no file and no folder" : " is missing"));
    } else if (isRoster(submissions)) {
      return Roster.read(submissions, wanted, options);
    }
    return ofArchive(submissions, wanted, options);
  }

  private static Intake ofFolder(Path folder, Wanted wanted, IntakeOptions options)
      throws IOException {
    var students = new Students(wanted, options);
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.sorted().toList();
    } catch (IOException e) {
      throw new IOException(Words.of(e), e);
    }
    for (Path child : children) {
      String name = String.valueOf(child.getFileName());
      boolean isFolder = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
      students.add(name, isFolder, file -> new FolderTree(child, isFolder ? "" : file));
    }
    return students.intake(folder);
  }

  private static Intake ofArchive(Path file, Wanted wanted, IntakeOptions options)
      throws IOException {
    try {
      Entry archive = FolderTree.file(file.toRealPath());
      return new ClassArchive(archive, wanted, options).intake(file);
    } catch (NotGradable e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
