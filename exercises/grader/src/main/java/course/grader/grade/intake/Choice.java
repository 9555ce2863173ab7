package course.grader.grade.intake;

import static java.util.stream.Collectors.toSet;

import course.grader.grade.intake.Finder.Found;
import course.grader.grade.intake.Wanted.Fit;
import course.grader.grade.model.HandIn;
import course.grader.grade.model.State;
import course.grader.model.SourceText;
import course.grader.model.Submission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the exercise's files out of what was found, or says why that can't be done. For one thread
 * and one student.
 */
final class Choice {
  private final Wanted wanted;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final List<String> advice = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Choice(Wanted wanted) {
    this.wanted = wanted;
  }

  /**
   * Returns what the student handed in.
   *
   * @param finder has looked at all of it
   * @throws NotGradable if the right files are not there, or are no text
   */
  HandIn choose(String student, Finder finder) throws IOException {
    if (finder.isEmpty() && finder.failures().isEmpty()) {
      return refused(student, State.NOTHING_HANDED_IN, "there is no file");
    }
    var taken = new ArrayList<Found>();
    for (String file : wanted.files()) {
      Optional<Found> best = best(file, finder.found());
      if (best.isPresent()) {
        taken.add(best.get());
        take(file, best.get().path(), best.get().bytes());
      }
    }
    if (taken.isEmpty()) {
      throw new NotGradable(nothing(finder));
    }
    noteOthers(taken, finder);
    return done(student);
  }

  private static Optional<Found> best(String file, List<Found> all) throws NotGradable {
    List<Found> candidates = all.stream().filter(found -> found.file().equals(file)).toList();
    for (Fit fit : Fit.values()) {
      List<Found> fitting = candidates.stream().filter(found -> found.fit() == fit).toList();
      if (!fitting.isEmpty()) {
        Found first = fitting.getFirst();
        if (!fitting.stream().allMatch(other -> Arrays.equals(first.bytes(), other.bytes()))) {
          throw new NotGradable(
              "which %s is meant? There are %s"
                  .formatted(
                      Shown.last(file), Shown.names(fitting.stream().map(Found::path).toList())));
        } else if (!first.obstacle().isEmpty()) {
          throw new NotGradable(first.obstacle());
        }
        return Optional.of(first);
      }
    }
    return Optional.empty();
  }

  private String nothing(Finder finder) {
    List<String> failures = finder.failures();
    if (!failures.isEmpty()) {
      int more = failures.size() - 1;
      return failures.getFirst() + (more == 0 ? "" : " (and %d more like this)".formatted(more));
    }
    String missing = "there is no " + wanted.names().replace(" and ", " nor ");
    return finder.foreign().isEmpty()
        ? "%s: found %s".formatted(missing, Shown.names(finder.others()))
        : "%s of this exercise: found %s, which is another one's"
            .formatted(missing, Shown.names(finder.foreign()));
  }

  /**
   * Takes one of the exercise's files.
   *
   * @param file which one
   * @param path where it was found
   * @throws NotGradable if it is no text
   */
  void take(String file, String path, byte[] bytes) throws NotGradable {
    String shown = Shown.name(path);
    SourceText source = SourceText.of(shown, bytes);
    if (!source.fault().isEmpty()) {
      throw new NotGradable(source.fault().lines().findFirst().orElseThrow());
    } else if (source.text().isBlank()) {
      throw new NotGradable(shown + " is empty");
    } else if (source.text().startsWith("version https://git-lfs.github.com/spec/")) {
      throw new NotGradable(shown + " is a pointer of Git LFS: its text is not in the repository");
    }
    texts.put(file, source.text());
    if (!source.advice().isEmpty()) {
      advice.add(source.advice());
    }
    String name = Shown.last(file);
    if (!Shown.last(path).equals(name)) {
      notes.add("%s is taken as %s".formatted(shown, name));
    }
  }

  private void noteOthers(List<Found> taken, Finder finder) {
    Set<String> paths = taken.stream().map(Found::path).collect(toSet());
    boolean isCourse = taken.stream().anyMatch(found -> found.fit() == Fit.COURSE);
    var beside = new ArrayList<String>();
    finder.found().stream()
        .map(Found::path)
        .filter(path -> !paths.contains(path))
        .forEach(beside::add);
    finder.others().stream()
        .filter(path -> wanted.isAdded(path) && !wanted.isOther(path))
        .filter(path -> !isCourse || path.contains(wanted.exercise().name() + "/"))
        .map(Shown::last)
        .forEach(beside::add);
    noteNotTaken(beside);
  }

  /** Notes files that are beside the exercise's own. */
  void noteNotTaken(List<String> names) {
    if (!names.isEmpty()) {
      notes.add(
          "%s %s not taken: only %s"
              .formatted(
                  Shown.names(names),
                  names.size() == 1 ? "is" : "are",
                  wanted.names() + (wanted.files().size() == 1 ? " counts" : " count")));
    }
  }

  /** Notes something else that the instructor should know. */
  void note(String sentence) {
    notes.add(sentence);
  }

  /** Returns what was taken; a file that is not there is the starter's, and that is noted. */
  HandIn done(String student) throws IOException {
    for (String file : wanted.files()) {
      if (!texts.containsKey(file)) {
        texts.put(file, wanted.exercise().student().get(file));
        notes.add(Shown.last(file) + " is not there: the starter's is taken");
      }
    }
    return new HandIn(
        student,
        new Submission(Map.copyOf(texts), List.of(), List.copyOf(advice)),
        Optional.empty(),
        List.copyOf(notes),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns that it can't be graded, with what was noted so far. */
  HandIn notGradable(String student, String why) {
    return refused(student, State.NOT_GRADABLE, why, List.copyOf(notes));
  }

  /** Returns that there is nothing to grade. */
  static HandIn refused(String student, State state, String why) {
    return refused(student, state, why, List.of());
  }

  private static HandIn refused(String student, State state, String why, List<String> notes) {
    return new HandIn(
        student,
        Submission.of(Map.of()),
        Optional.of(new HandIn.Refusal(state, why)),
        notes,
        Optional.empty(),
        Optional.empty());
  }
}
