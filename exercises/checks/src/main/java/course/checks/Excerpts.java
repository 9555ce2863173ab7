package course.checks;

import course.checks.Page.CodeBlock;
import course.grader.model.Diffs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Code blocks that show a run of lines of a file. */
final class Excerpts {
  private Excerpts() {}

  static boolean isContiguousRun(List<String> excerpt, List<String> file) {
    return Collections.indexOfSubList(file, excerpt) >= 0;
  }

  /**
   * Returns the lines of {@code file} that {@code block} most likely means now: they start and end
   * with the same lines, and differ least in number. Empty if no such run is there.
   */
  static Optional<List<String>> renewed(CodeBlock block, List<String> file) {
    List<String> old = block.lines();
    if (old.isEmpty()) {
      return Optional.empty();
    }
    var runs = new ArrayList<List<String>>();
    for (int start = 0; start < file.size(); start++) {
      for (int end = start + 1; end <= file.size(); end++) {
        if (file.get(start).equals(old.getFirst()) && file.get(end - 1).equals(old.getLast())) {
          runs.add(file.subList(start, end));
        }
      }
    }
    return runs.stream().min((a, b) -> Integer.compare(distance(a, old), distance(b, old)));
  }

  private static int distance(List<String> run, List<String> old) {
    return Math.toIntExact(Diffs.changedLines(Diffs.unified("", old, "", run)));
  }
}
