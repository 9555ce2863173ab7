package course.grader.watch;

import course.grader.model.Exercise;
import course.grader.model.Submission;
import course.grader.model.Words;
import java.io.IOException;
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

  /** Between two steps of an editor a file may not be there for reading: that is soon over. */
  private static final int FAILURES_BORNE = 5;

  /** What to turn to, if anything. */
  private final AtomicReference<Exercise> next = new AtomicReference<>();

  private final Repository repository;
  private final Consumer<Event> events;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("looks for saved files").factory());

  // All for this thread only.
  private Exercise exercise;
  private Settled settled = new Settled();
  private String branch;
  private int failures;

  /**
   * @param repository the clone that the exercises are in; null if they are in none
   * @param events gets {@link Event.Saved} and {@link Event.Switched}
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
    lookAtBranch();
    Exercise turnTo = next.getAndSet(null);
    if (turnTo != null) {
      exercise = turnTo;
      settled = new Settled();
    }
    Submission files = files();
    if (files != null && settled.isNews(files)) {
      events.accept(new Event.Saved(exercise, files));
    }
  }

  /** Tells a save that is news from one that is half written, or changes nothing in the end. */
  static final class Settled {
    private Submission seen;
    private Submission told;

    /** Takes what is there now; returns whether to tell of it. */
    boolean isNews(Submission files) {
      boolean settled = files.equals(seen);
      seen = files;
      if (!settled || files.equals(told)) {
        return false;
      }
      told = files;
      return true;
    }
  }

  /** Returns the files as they are now; null if that may be known a little later. */
  private Submission files() {
    try {
      Submission files = exercise.submission();
      failures = 0;
      return files;
    } catch (IOException | RuntimeException e) { // or there would be no further look
      failures++;
      return failures < FAILURES_BORNE
          ? null
          : Submission.unreadable(Words.of(e) + "; your tests run when it can be read again");
    }
  }

  private void lookAtBranch() {
    try {
      String now = repository == null ? "" : String.valueOf(repository.getBranch());
      if (!now.equals(branch)) {
        branch = now;
        events.accept(new Event.Switched(now));
      }
    } catch (IOException | RuntimeException e) {
      // Git is at work there: the next look will tell.
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
