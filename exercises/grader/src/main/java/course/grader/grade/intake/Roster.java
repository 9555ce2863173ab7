package course.grader.grade.intake;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a table of students and their repositories. For one thread. */
final class Roster {
  private static final String STUDENT = "student";
  private static final String URL = "url";
  private static final String DEADLINE = "deadline";

  private final Wanted wanted;
  private final IntakeOptions options;
  private final Map<String, Integer> lines = new HashMap<>(); // where each student is
  private final List<Source> sources = new ArrayList<>();

  private Roster(Wanted wanted, IntakeOptions options) {
    this.wanted = wanted;
    this.options = options;
  }

  /**
   * Reads a roster.
   *
   * @throws IOException if it has no usable header, or can't be read: one line says why
   */
  static Intake read(Path file, Wanted wanted, IntakeOptions options) throws IOException {
    var roster = new Roster(wanted, options);
    List<String> faults = Table.read(file, List.of(STUDENT, URL), List.of(DEADLINE), roster::add);
    return new Intake(List.copyOf(roster.sources), List.copyOf(faults));
  }

  private void add(int line, Map<String, String> cells) {
    String student = cells.get(STUDENT);
    if (student.isEmpty()) {
      throw new IllegalArgumentException("has no student");
    } else if (lines.containsKey(student)) {
      throw new IllegalArgumentException(
          "%s is in line %d already, which is the one that counts"
              .formatted(student, lines.get(student)));
    }
    String url = cells.get(URL);
    sources.add(
        url.isEmpty()
            ? new NoUrl(student, "the roster's line %d has no URL".formatted(line))
            : new RepositorySource(
                student, Remote.parse(url), deadline(cells.get(DEADLINE)), wanted, options));
    lines.put(student, line);
  }

  private Optional<Instant> deadline(String own) {
    return own.isEmpty() ? options.deadline() : Optional.of(Deadline.parse(own));
  }

  /** A student who has said of no repository. */
  private record NoUrl(String student, String why) implements Source {
    @Override
    public HandIn files() {
      return Choice.refused(student, State.NOTHING_HANDED_IN, why);
    }
  }
}
