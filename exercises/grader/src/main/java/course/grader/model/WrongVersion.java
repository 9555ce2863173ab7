package course.grader.model;

import com.github.difflib.patch.PatchFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A mistake that an exercise's tests must reject: a patch of the reference solution, {@code
 * NAME.patch}; if that would be longer than the files themselves, these, in a folder {@code NAME}
 * with {@code about.txt}. Either begins with what the mistake is, and the tests that reject it.
 * Immutable.
 *
 * @param solutions whose reference solution it differs from
 * @param path the patch, or the folder
 */
public record WrongVersion(Solutions solutions, Path path) {
  public static final String REGENERATE = Words.COMMAND + " regenerate";
  static final String PATCH = ".patch";
  private static final String ABOUT = "about.txt";
  private static final String REJECTED_BY = "Rejected by: ";

  /** Returns its name: the mistake in a few words, with {@code -} for blanks. */
  public String name() {
    return String.valueOf(path.getFileName()).replace(PATCH, "");
  }

  private boolean isPatch() {
    return path.toString().endsWith(PATCH);
  }

  private List<String> about() throws IOException {
    return isPatch() ? patch().header() : lines(path.resolve(ABOUT));
  }

  private FilePatch patch() throws IOException {
    return FilePatch.of(lines(path));
  }

  /**
   * Returns the labels of the tests that must reject it; at least one.
   *
   * @throws IOException if it does not begin as it should: the message names file and cure
   */
  public List<String> rejectedBy() throws IOException {
    List<String> about = about();
    List<String> labels =
        about.stream()
            .filter(line -> line.startsWith(REJECTED_BY))
            .flatMap(line -> Stream.of(line.substring(REJECTED_BY.length()).split(", *")))
            .toList();
    if (labels.isEmpty() || about.getFirst().startsWith(REJECTED_BY)) {
      throw new IOException(
          "%s: must begin with a line on what the mistake is, and one '%s4' with the rule's number"
              .formatted(isPatch() ? path : path.resolve(ABOUT), REJECTED_BY));
    }
    return labels;
  }

  /**
   * Returns the student's files in this version, by path.
   *
   * @throws IOException if the patch does not fit: the message names file and cure
   */
  public Map<String, String> files() throws IOException {
    try {
      return solutions.reference(
          isPatch() ? patch().apply(solutions::lines) : solutions.linesIn(path));
    } catch (PatchFailedException e) {
      throw new IOException(path + ": no longer fits the reference solution: run " + REGENERATE, e);
    }
  }

  /**
   * Writes it as it is for the reference solution of today, as a patch if that is not longer.
   *
   * @return whether anything has changed
   * @throws IOException if it can't be told where its changes belong: the message says what to do
   */
  public boolean renew() throws IOException {
    try {
      List<String> old = isPatch() ? lines(path) : List.of();
      List<String> renewed =
          isPatch()
              ? FilePatch.of(old).renewed(solutions::lines).lines()
              : FilePatch.between(about(), solutions::lines, solutions.linesIn(path)).lines();
      boolean whole = !isPatch() && renewed.size() > size();
      if (whole || renewed.equals(old)) {
        return false;
      }
      Files.writeString(path.resolveSibling(name() + PATCH), text(renewed));
      if (!isPatch()) {
        Folders.delete(path);
      }
      return true;
    } catch (PatchFailedException e) {
      throw new IOException(
          "%s no longer fits the reference solution: make the change by hand in %s, write what 'git diff --relative' prints there below the patch's first lines, and undo it"
              .formatted(path, solutions.folder()),
          e);
    }
  }

  private int size() throws IOException {
    return solutions.linesIn(path).values().stream().mapToInt(List::size).sum();
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(String::stripTrailing).toList();
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
