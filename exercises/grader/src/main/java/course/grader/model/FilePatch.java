package course.grader.model;

import com.github.difflib.patch.PatchFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Another version of some files, as a patch that {@code git apply} takes. Immutable.
 *
 * @param header what stands before the first change, in words
 * @param diffs the change of each file, by the file's name
 */
public record FilePatch(List<String> header, Map<String, List<String>> diffs) {
  private static final String BEFORE = "--- a/";

  /** Reads the lines of a patch. */
  public static FilePatch of(List<String> lines) {
    var header = new ArrayList<String>();
    var diffs = new LinkedHashMap<String, List<String>>();
    List<String> part = header;
    for (String line : lines) {
      if (line.startsWith(BEFORE)) {
        part = new ArrayList<>();
        diffs.put(line.substring(BEFORE.length()), part);
      }
      part.add(line);
    }
    return new FilePatch(header, diffs);
  }

  /** Returns what leads from some files to others, which may lack those that are equal. */
  public static FilePatch between(
      List<String> header, Function<String, List<String>> before, Map<String, List<String>> after) {
    var diffs = new LinkedHashMap<String, List<String>>();
    after.forEach((file, lines) -> {
      List<String> diff = Diffs.unified("a/" + file, before.apply(file), "b/" + file, lines);
      if (!diff.isEmpty()) {
        diffs.put(file, diff);
      }
    });
    return new FilePatch(header, diffs);
  }

  /**
   * Returns the changed files, by their names.
   *
   * @param before gives the lines of a file
   * @throws PatchFailedException if lines that the patch changes are not where they were
   */
  public Map<String, List<String>> apply(Function<String, List<String>> before)
      throws PatchFailedException {
    var changed = new LinkedHashMap<String, List<String>>();
    for (var diff : diffs.entrySet()) {
      changed.put(diff.getKey(), Diffs.parse(diff.getValue()).applyTo(before.apply(diff.getKey())));
    }
    return changed;
  }

  /**
   * Returns the patch as it is for files whose other lines have moved, or changed a little.
   *
   * @param before gives the lines of a file
   * @throws PatchFailedException if it can't be told where its changes belong
   */
  public FilePatch renewed(Function<String, List<String>> before) throws PatchFailedException {
    var changed = new LinkedHashMap<String, List<String>>();
    for (var diff : diffs.entrySet()) {
      changed.put(
          diff.getKey(), Diffs.parse(diff.getValue()).applyFuzzy(before.apply(diff.getKey()), 3));
    }
    return between(header, before, changed);
  }

  /** Returns the patch's lines. */
  public List<String> lines() {
    var lines = new ArrayList<>(header);
    diffs.values().forEach(lines::addAll);
    return lines;
  }
}
