package course.grader.watch;

import course.grader.Exercise;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Repository;

/**
 * Notices that a student saved a file. It looks at the few files there are again and again, on a
 * thread of its own: that works for any editor's way of saving and on any file system, and sooner
 * than what the JDK offers ({@code WatchService} looks every two seconds on macOS).
 */
final class Saves implements AutoCloseable {
  private static final int EVERY_MS = 40;
  private static final int FAILURES_TOLD = 5;

  /** What to turn to, if anything. */
  private final AtomicReference<Exercise> next = new AtomicReference<>();

  private final Repository repository;
  private final Consumer<Event> events;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("looks for saved files").factory());

  // All for this thread only.
  private Exercise exercise;
  private Map<String, String> seen;
  private boolean told;
  private String branch;
  private int failures;

  /**
   * @param repository the clone that the exercises are in; null if they are in none
   * @param events gets {@link Event.Saved}, {@link Event.Switched} and {@link Event.Trouble}
   */
  Saves(Repository repository, Consumer<Event> events) {
    this.repository = repository;
    this.events = events;
  }

  /** Turns to an exercise, and tells of its files as they are. */
  void watch(Exercise exercise) {
    next.set(exercise);
  }

  void start() {
    var _ = thread.scheduleWithFixedDelay(this::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      lookAtBranch();
      Exercise turnTo = next.getAndSet(null);
      if (turnTo != null) {
        exercise = turnTo;
        seen = null;
      }
      Map<String, String> files = exercise.student();
      if (!files.equals(seen)) { // not told before it is the same twice: it may be half written
        seen = files;
        told = false;
      } else if (!told) {
        told = true;
        events.accept(new Event.Saved(exercise, files));
      }
      failures = 0;
    } catch (IOException | RuntimeException e) {
      // Between two steps of an editor it is soon over; a file that is no UTF-8 stays one.
      failures++;
      if (failures == FAILURES_TOLD) {
        events.accept(new Event.Trouble("your files can't be read: " + e));
      }
    }
  }

  private void lookAtBranch() throws IOException {
    String now = repository == null ? "" : String.valueOf(repository.getBranch());
    if (!now.equals(branch)) {
      branch = now;
      events.accept(new Event.Switched(now));
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
