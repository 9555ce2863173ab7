package course.grader.grade.results;

import static java.util.Comparator.comparing;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.model.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a run writes. Each verdict is on the disk as soon as it is there, so a run that was cut
 * off goes on where it stopped; the tables and pages are made of these at the end. Thread-safe.
 */
public final class Results {
  private static final String FEEDBACK = "feedback";

  /** The folders in a folder with results. */
  public static final List<String> FOLDERS = List.of(Store.STUDENTS, Store.HISTORY, FEEDBACK);

  private final Path out;
  private final Exercise exercise;
  private final ResultsOptions options;
  private final Store store;
  private final Pseudonyms names;
  private final ManualPoints manual;

  private Results(
      Path out, Exercise exercise, ResultsOptions options, Pseudonyms names, ManualPoints manual) {
    this.out = out;
    this.exercise = exercise;
    this.options = options;
    this.store = new Store(out);
    this.names = names;
    this.manual = manual;
  }

  /**
   * Opens the folder for the results of an exercise; it is made if it is not there.
   *
   * @throws IOException if that fails, or a file that the options name can't be read: the message
   *     says why
   */
  public static Results open(Path out, Exercise exercise, ResultsOptions options)
      throws IOException {
    Files.createDirectories(out);
    return new Results(
        out,
        exercise,
        options,
        options.anonymous() ? Pseudonyms.in(out) : Pseudonyms.none(),
        options.manual().isPresent()
            ? ManualPoints.read(options.manual().get())
            : ManualPoints.NONE);
  }

  /**
   * Returns what a folder has that results can't be added to, a few words; empty if they can. Those
   * of two exercises would mix, and a name that stands anywhere makes pseudonyms useless.
   *
   * @throws IOException if it can't be read
   */
  public static Optional<String> fault(Path out, Exercise exercise, ResultsOptions options)
      throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      return Optional.of("is no folder");
    }
    Optional<StudentResult> any = new Store(out).any();
    if (any.isPresent() && !any.get().exercise().equals(exercise.name())) {
      return Optional.of("has the results of " + any.get().exercise());
    } else if (Pseudonyms.areIn(out)) {
      return options.anonymous()
          ? Optional.empty()
          : Optional.of("has pseudonyms, and this run is not --anonymous");
    }
    return options.anonymous() && FOLDERS.stream().map(out::resolve).anyMatch(Files::exists)
        ? Optional.of("has results that are by name, or have lost their pseudonyms.csv")
        : Optional.empty();
  }

  /**
   * Returns the mark that an earlier run has given for the same: then nothing needs to run. What
   * the hand-in says of time and notes is of today, so put it all the same.
   *
   * @param key a digest of all that a verdict depends on
   * @return empty if the key is another, and if there was a grader error: that is no verdict
   */
  public Optional<Mark> kept(HandIn handIn, String key) {
    if (handIn.refusal().isPresent()) {
      return Optional.empty();
    }
    return store
        .read(names.of(handIn.student()))
        .filter(result -> result.key().equals(key) && result.state() != State.GRADER_ERROR)
        .map(result -> result.mark(handIn));
  }

  /**
   * Returns what the last run said of a student, whatever was handed in since; the mark's hand-in
   * has no files.
   */
  public Optional<Mark> last(String student) {
    return store.read(names.of(student)).map(result -> result.mark(result.handIn(student)));
  }

  /** Returns a text as it is written where it is about a student: with the pseudonym, if any. */
  public String shown(String text, String student) {
    return names.in(text, student);
  }

  /**
   * Writes a mark to the disk. What stood there and says otherwise goes to the history first. One
   * student's marks come from one thread at a time.
   *
   * @param key what {@link #kept} asks for
   * @param walls what the run was walled in with, a few words each
   * @throws IOException if it can't be written: then what was there before still is
   */
  public void put(Mark mark, String key, List<String> walls) throws IOException {
    StudentResult result = StudentResult.of(mark, exercise, walls, key);
    store.write(names.in(result));
  }

  /**
   * Moves to the history what is known of who is no longer in the class: who reads all of the JSON
   * reads of the class.
   *
   * @param students the whole class
   * @throws IOException if a file can't be moved
   */
  public void keepOnly(List<String> students) throws IOException {
    store.keepOnly(students.stream().map(names::of).collect(Collectors.toSet()));
  }

  /**
   * Makes tables and pages of what is on the disk.
   *
   * @param students the class, in its order; those who were not put this time are as they were, and
   *     those who never were are missing, which is a fault
   * @param faults what the instructor should know that is no student's, such as a bad line in the
   *     class's list: a sentence each
   * @param walls those that were up in this run, a few words each
   * @throws IOException if one can't be written
   */
  public Summary finish(List<String> students, List<String> faults, List<String> walls)
      throws IOException {
    Set<String> known = new LinkedHashSet<>(students);
    var allFaults = new ArrayList<>(faults);
    allFaults.addAll(manual.faultsFor(known));
    Changes changes = Changes.since(out);
    var rows = new ArrayList<Row>();
    for (String student : known) {
      Optional<StudentResult> result = store.read(names.of(student));
      if (result.isPresent()) {
        rows.add(
            Row.of(
                result.get(),
                Optional.ofNullable(manual.byStudent().get(student)),
                changes.add(result.get())));
      } else {
        allFaults.add(student + " has not been graded yet");
      }
      allFaults.replaceAll(fault -> names.in(fault, student));
    }
    if (options.anonymous()) {
      rows.sort(comparing(Row::student)); // the class's order says who it is
    }
    var table = new ClassTable(exercise, rows, allFaults, store);
    GradesTable.write(out.resolve("grades.csv"), table, options.manual().isPresent());
    changes.writeTable();
    AtomicFile.write(out.resolve("junit.xml"), writer -> JUnitXml.write(writer, table));
    writeFeedback(table);
    names.write(List.copyOf(known));
    var summary = Summary.of(table, changes);
    AtomicFile.write(
        out.resolve("index.html"), writer -> new ClassPage(table, summary, walls).write(writer));
    changes.finish(store);
    return summary;
  }

  private void writeFeedback(ClassTable table) throws IOException {
    Path folder = Files.createDirectories(out.resolve(FEEDBACK));
    for (Row row : table.rows()) {
      AtomicFile.write(
          folder.resolve(row.file() + ".md"), writer -> Feedback.write(writer, row, table));
    }
    // Feedback of who is no longer in the class misleads.
    Set<String> current =
        table.rows().stream().map(row -> row.file() + ".md").collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".md") && !current.contains(name)) {
          Files.delete(file);
        }
      }
    }
  }
}
