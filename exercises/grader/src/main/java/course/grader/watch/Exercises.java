package course.grader.watch;

import course.grader.model.Exercise;
import course.grader.model.Verdict;
import course.grader.watch.Remembered.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The exercises, which of them is watched, and how far the student is. For one thread. */
final class Exercises {
  private final List<Exercise> all;
  private final Remembered remembered;
  private int current;
  private String typed = ""; // the number that the next digit may go on with

  /**
   * @param all at least one
   * @param first the one to begin with
   * @param folder where it is remembered how far the student is
   */
  Exercises(List<Exercise> all, Exercise first, Path folder) {
    this.all = all;
    this.current = all.indexOf(first);
    this.remembered = new Remembered(folder);
  }

  List<Exercise> all() {
    return all;
  }

  int current() {
    return current;
  }

  Exercise watched() {
    return all.get(current);
  }

  void turnTo(int index) {
    current = index;
  }

  /** Returns the next one that is not solved; if all are, just the next. */
  int next() {
    for (int i = 1; i < all.size(); i++) {
      int index = (current + i) % all.size();
      if (!remembered.solved(all.get(index).name())) {
        return index;
      }
    }
    return (current + 1) % all.size();
  }

  /**
   * Returns the exercise that a key names. A digit goes on with the number that was typed just
   * before, if an exercise has that number, and else begins one: with ten exercises, 1 is the
   * first, and 0 right after it the tenth.
   */
  OptionalInt numbered(char key) {
    String longer = typed + key;
    boolean goesOn = first(exercise -> exercise.number().equals(longer)).isPresent();
    typed = goesOn ? longer : String.valueOf(key);
    return first(exercise -> exercise.number().equals(typed));
  }

  OptionalInt on(String branch) {
    return first(exercise -> Exercise.branch(exercise.name()).equals(branch));
  }

  private OptionalInt first(Predicate<Exercise> fits) {
    return IntStream.range(0, all.size()).filter(i -> fits.test(all.get(i))).findFirst();
  }

  /** Says so if the branch is that of another exercise than the one that is watched. */
  String warning(String branch) {
    String own = Exercise.branch(watched().name());
    return branch == null || !branch.startsWith("exercise/") || branch.equals(own)
        ? ""
        : "You are on the branch %s. Commit there, then: git switch %s".formatted(branch, own);
  }

  /** Remembers how far the student is with the exercise that is watched. */
  void judged(Verdict verdict) throws IOException {
    int tests = verdict.results().size();
    remembered.put(watched().name(), new Score(tests - verdict.failed().size(), tests));
  }

  /** Returns each exercise's score; null where its tests never ran. */
  List<Score> scores() {
    return all.stream().map(each -> remembered.of(each.name())).toList();
  }
}
