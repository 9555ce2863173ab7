package course.grader.model;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.util.List;

/** Unified diffs of lines, as {@code diff -u} prints them, without blanks at the ends of lines. */
public final class Diffs {
  private static final int CONTEXT = 3;

  private Diffs() {}

  /** Returns how to get from {@code before} to {@code after}; empty if they are equal. */
  public static List<String> unified(
      String nameBefore, List<String> before, String nameAfter, List<String> after) {
    Patch<String> patch = DiffUtils.diff(before, after);
    return UnifiedDiffUtils.generateUnifiedDiff(nameBefore, nameAfter, before, patch, CONTEXT)
        .stream()
        .map(String::stripTrailing)
        .toList();
  }

  /** Reads what {@link #unified} or {@code git diff} wrote about one file. */
  static Patch<String> parse(List<String> diff) {
    // An editor may have dropped the blank that stands for an empty line that stays.
    return UnifiedDiffUtils.parseUnifiedDiff(
        diff.stream().map(line -> line.isEmpty() ? " " : line).toList());
  }

  /** Counts the lines that a diff adds and removes. */
  public static long changedLines(List<String> diff) {
    return diff.stream().filter(line -> line.matches("(?!\\+\\+\\+ |--- )[+-].*")).count();
  }
}
