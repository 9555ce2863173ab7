package course.grader.grade.intake;

import course.grader.grade.intake.FileTree.Entry;
import course.grader.grade.intake.Wanted.Fit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks through all that one student handed in, and keeps what may be the exercise's files. For one
 * thread and one student.
 */
final class Finder {
  /** A student's archive, and one in it. */
  private static final int NESTING = 2;

  /** So many are opened: each may unpack to all that the limits allow. */
  private static final int ARCHIVES = 10;

  /** More files of the right name are nobody's mistake. */
  private static final int FOUND = 20;

  private static final Pattern ARCHIVE =
      Pattern.compile("(?is).*\\.(zip|tar|tgz|gz|jar|rar|7z|xz|txz|bz2|tbz2?)");

  private static final Pattern TEXT = Pattern.compile("(?is).*\\.(java|txt|md)");

  /**
   * A file that may be one of the exercise's.
   *
   * @param file which of the exercise's it may be
   * @param path where it was found
   * @param bytes what is in it; empty if it can't be read
   * @param obstacle why it can't be read, with its name; empty if it can
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Found(String file, Fit fit, String path, byte[] bytes, String obstacle) {}

  private final Wanted wanted;
  private final Limits limits;
  private final List<Found> found = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int entries;
  private int archives;

  Finder(Wanted wanted, Limits limits) {
    this.wanted = wanted;
    this.limits = limits;
  }

  /**
   * Looks at the files; then, where none of them will do, into the archives among them.
   *
   * @param prefix what their paths begin with
   */
  void look(FileTree tree, String prefix) throws IOException {
    look(tree, prefix, NESTING);
  }

  private void look(FileTree tree, String prefix, int nesting) throws IOException {
    int before = found.size();
    int entriesBefore = entries;
    tree.visit(entry -> file(entry.at(prefix + entry.path())));
    if (found.size() > before || nesting == 0) {
      return;
    }
    boolean isAlone = entries == entriesBefore + 1;
    tree.visit(entry -> {
      String path = prefix + entry.path();
      if (!Junk.is(path)
          && entry.obstacle().isEmpty() // which has been told
          && isArchive(path, isAlone)) {
        archive(entry.at(path), nesting);
      }
    });
  }

  /** What is all that there is may be an archive by any name. */
  private static boolean isArchive(String path, boolean isAlone) {
    return ARCHIVE.matcher(path).matches() || (isAlone && !TEXT.matcher(path).matches());
  }

  private void archive(Entry entry, int nesting) throws IOException {
    if (++archives > ARCHIVES) {
      throw new NotGradable("there are more than %d archives to look into".formatted(ARCHIVES));
    }
    int before = entries;
    try {
      look(new ArchiveTree(entry, limits), entry.path() + "/", nesting - 1);
      if (entries == before) {
        failures.add(Shown.name(entry.path()) + " is an empty archive");
      }
      others.remove(entry.path()); // what is in it says more
    } catch (NotGradable e) {
      failures.add(e.getMessage());
    }
  }

  private void file(Entry entry) throws IOException {
    String path = entry.path();
    if (Junk.is(path)) {
      return;
    }
    if (++entries > limits.entries()) {
      throw new NotGradable("there are more than %,d files".formatted(limits.entries()));
    }
    for (String file : wanted.files()) {
      Optional<Fit> fit = wanted.fit(path, file);
      if (fit.isPresent()) {
        if (wanted.isOther(path)) {
          foreign.add(path);
        } else if (found.size() < FOUND) {
          found.add(candidate(entry, file, fit.get()));
        } else {
          throw new NotGradable(
              "there are more than %d files called %s".formatted(FOUND, Shown.last(file)));
        }
        return;
      }
    }
    others.add(path);
    if (!entry.obstacle().isEmpty()) {
      failures.add(Shown.name(path) + " " + entry.obstacle());
    }
  }

  private Found candidate(Entry entry, String file, Fit fit) throws IOException {
    String path = entry.path();
    if (!entry.obstacle().isEmpty()) {
      return new Found(file, fit, path, new byte[0], Shown.name(path) + " " + entry.obstacle());
    }
    try {
      byte[] bytes = entry.read(limits.fileBytes());
      Format format = Format.of(bytes);
      return format == Format.OTHER
          ? new Found(file, fit, path, bytes, "")
          : new Found(
              file,
              fit,
              path,
              new byte[0],
              "%s is a %s under a source's name".formatted(Shown.name(path), format.words()));
    } catch (NotGradable e) {
      return new Found(file, fit, path, new byte[0], e.getMessage());
    }
  }

  /** Returns what may be the exercise's files. */
  List<Found> found() {
    return found;
  }

  /** Returns the paths of files that have the right names, but are another exercise's. */
  List<String> foreign() {
    return foreign;
  }

  /** Returns the paths of the other files. */
  List<String> others() {
    return others;
  }

  /** Returns why archives, folders and other files could not be read. */
  List<String> failures() {
    return failures;
  }

  /** Tells whether there is no file at all. */
  boolean isEmpty() {
    return entries == 0;
  }
}
