package course.grader.grade.intake;

import java.util.Set;
import java.util.regex.Pattern;

/** What systems and tools put beside a student's files, and nobody has handed in. */
final class Junk {
  private static final Set<String> NAMES =
      Set.of("__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".git", ".svn", ".hg");
  private static final Pattern SLASH = Pattern.compile("/");

  private Junk() {}

  /** Tells whether a file or one of the folders that it is in is junk. */
  static boolean is(String path) {
    return SLASH
        .splitAsStream(path)
        .anyMatch(part -> NAMES.contains(Shown.lower(part)) || part.startsWith("._"));
  }
}
