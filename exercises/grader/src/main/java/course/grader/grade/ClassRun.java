package course.grader.grade;

import course.grader.grade.intake.Source;
import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.results.Results;
import course.grader.grade.sandbox.Sandbox;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Grades a class, several students at once. What was graded before and has not changed is kept; the
 * sandbox is started when the first that must run comes. For one thread; it has some of its own,
 * which end with {@link #grade}.
 */
final class ClassRun implements AutoCloseable {
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final String GOES_ON = "interrupted: the same command goes on from here";

  private final GradedExercise exercise;
  private final Callable<Sandbox> sandboxes;
  private final KnownMistakes known;
  private final Results results;
  private final Selection selection;
  private final PrintWriter err;
  private Sandbox sandbox; // null before it is needed; guarded by this
  private Version version; // null before it is needed; guarded by this
  private Grading grading; // null before it is needed; guarded by this

  /**
   * @param sandboxes starts one
   * @param err gets how far it is
   * @throws IOException if the list of known mistakes can't be read
   */
  ClassRun(
      GradedExercise exercise,
      Callable<Sandbox> sandboxes,
      Results results,
      Selection selection,
      PrintWriter err)
      throws IOException {
    this.exercise = exercise;
    this.known = KnownMistakes.read(exercise.exercise());
    this.sandboxes = sandboxes;
    this.results = results;
    this.selection = selection;
    this.err = err;
  }

  /**
   * Has a result for each student, whatever happens.
   *
   * @throws IOException if there is no sandbox, a wall is down, or results can't be written
   */
  void grade(List<Source> sources, boolean terminal) throws Exception {
    sandbox();
    var futures = new ArrayList<Future<?>>();
    try (var progress = new ClassProgress(sources.size(), err, terminal);
        var workers = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Source source : sources) {
        futures.add(
            workers.submit(() -> {
              grade(source);
              progress.step();
              return null;
            }));
      }
      try {
        for (Future<?> future : futures) {
          future.get();
        }
      } catch (ExecutionException e) {
        workers.shutdownNow();
        throw e.getCause() instanceof Exception cause ? cause : e;
      } catch (InterruptedException e) {
        workers.shutdownNow();
        throw new InterruptedIOException(GOES_ON);
      }
    }
  }

  private void grade(Source source) throws Exception {
    Optional<Mark> last = results.last(source.student());
    boolean again = selection.includes(source.student(), last);
    if (selection.isLimited() && !again && last.isPresent()) {
      return; // it is as it was
    }
    HandIn handIn = source.read();
    String key = version().key(handIn.files());
    Optional<Mark> kept =
        again || handIn.refusal().isPresent() ? Optional.empty() : results.kept(handIn, key);
    Mark mark = kept.isPresent() ? kept.get() : grading().mark(handIn);
    if (Thread.currentThread().isInterrupted()) { // which may be all that is wrong with the mark
      throw new InterruptedIOException(GOES_ON);
    }
    String student = source.student();
    results.put(known.in(mark, text -> results.shown(text, student)), key, walls());
  }

  /** Tries the walls, which {@link #grade} does if there is something to grade. */
  void checkWalls() throws Exception {
    grading();
  }

  /** Returns the walls that stand. */
  synchronized List<String> walls() {
    return sandbox == null ? List.of() : sandbox.walls();
  }

  private synchronized Sandbox sandbox() throws Exception {
    if (sandbox == null) {
      sandbox = sandboxes.call();
    }
    return sandbox;
  }

  private synchronized Version version() throws Exception {
    if (version == null) {
      version = Version.of(exercise, sandbox().version());
    }
    return version;
  }

  private synchronized Grading grading() throws Exception {
    if (grading == null) {
      grading = new Grading(exercise, sandbox(), AT_ONCE);
      new WallCheck(exercise.exercise(), grading).check(sandbox());
    }
    return grading;
  }

  @Override
  public synchronized void close() throws IOException {
    if (grading != null) {
      grading.close();
    }
  }
}
