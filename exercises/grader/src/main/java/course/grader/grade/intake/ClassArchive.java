package course.grader.grade.intake;

import course.grader.grade.intake.FileTree.Entry;
import course.grader.grade.intake.FileTree.Visitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An archive of a folder with an entry a student. It is read anew for each of them, so that no more
 * than one student's files are ever in memory.
 *
 * @param archive where it is
 */
record ClassArchive(Entry archive, Wanted wanted, IntakeOptions options) {
  /** It is the instructor's, and has the files of many. */
  private static final int STUDENTS = 20;

  Intake intake(Path file) throws IOException {
    SortedSet<String> paths = paths();
    String top = top(paths);
    var folders = new TreeMap<String, Boolean>();
    for (String path : paths) {
      String below = path.substring(top.length());
      int slash = below.indexOf('/');
      if (!below.isEmpty()) {
        String name = slash < 0 ? below : below.substring(0, slash);
        folders.merge(name, slash >= 0, Boolean::logicalOr);
      }
    }
    var students = new Students(wanted, options);
    folders.forEach((name, isFolder) ->
        students.add(
            name,
            isFolder,
            said -> isFolder ? new Below(top + name + "/", "") : new Below(top + name, said)));
    return students.intake(file);
  }

  private SortedSet<String> paths() throws IOException {
    var paths = new TreeSet<String>();
    tree()
        .visit(
            new Visitor() {
              @Override
              public void visit(Entry entry) {
                folder(entry.path());
              }

              @Override
              public void folder(String path) {
                if (!Junk.is(path)) {
                  paths.add(path);
                }
              }
            });
    return paths;
  }

  /** Returns the folder that all is in, if it holds students and is not one; else nothing. */
  private String top(SortedSet<String> paths) {
    if (paths.isEmpty()) {
      return "";
    }
    String top = paths.first().substring(0, paths.first().indexOf('/') + 1);
    boolean isStudent =
        paths.stream().anyMatch(path -> !path.startsWith(top) || isOfStudent(path, top));
    return isStudent ? "" : top;
  }

  private boolean isOfStudent(String path, String top) {
    String below = path.substring(top.length());
    return below.startsWith("src/")
        || below.startsWith("exercises/")
        || wanted.named(below).filter(named -> named.student().isEmpty()).isPresent();
  }

  private FileTree tree() {
    Limits student = options.limits();
    return new ArchiveTree(
        archive,
        new Limits(
            student.fileBytes(),
            Long.MAX_VALUE,
            student.nestedBytes(),
            student.unpackedBytes() * STUDENTS,
            student.entries() * STUDENTS,
            student.fetchBytes(),
            student.objectBytes(),
            student.objects(),
            student.fetchTime()));
  }

  /** The part of the archive that is one student's: a folder, or a file, which has a name then. */
  private final class Below implements FileTree {
    private final String place;
    private final String name;

    Below(String place, String name) {
      this.place = place;
      this.name = name;
    }

    @Override
    public void visit(Visitor visitor) throws IOException {
      tree()
          .visit(entry -> {
            String path = entry.path();
            if (!name.isEmpty() && path.equals(place)) {
              visitor.visit(entry.at(name));
            } else if (name.isEmpty() && path.startsWith(place)) {
              visitor.visit(entry.at(path.substring(place.length())));
            }
          });
    }
  }
}
