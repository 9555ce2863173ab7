package course.interleave.catalogue;

import com.vmlens.api.AllInterleavings;
import course.interleave.InterleavingError;
import course.interleave.Scenario;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;

/**
 * A program for a JVM of its own: one tool looks for the bug in one sample. It ends with {@link
 * #PASSED}, {@link #FOUND} or, when the tool itself broke down, something else.
 */
public final class Trial {
  static final int PASSED = 0;
  static final int FOUND = 10;

  private static final Duration STRESS = Duration.ofSeconds(3);

  /** Much longer than any of the scenarios takes. */
  private static final Duration ONCE = Duration.ofSeconds(5);

  private Trial() {}

  /** Takes a tool, a sample's name, whether the broken code is meant, and Lincheck's runs. */
  public static void main(String[] args) {
    Sample sample =
        Catalogue.SAMPLES.stream()
            .filter(candidate -> candidate.name().equals(args[1]))
            .findFirst()
            .orElseThrow();
    Scenario scenario = Boolean.parseBoolean(args[2]) ? sample.broken() : sample.fixed();
    int status = 1;
    try {
      Throwable failure =
          explore(Tool.valueOf(args[0]), sample, scenario, Integer.parseInt(args[3]));
      if (failure != null) {
        log(failure);
      }
      status = failure == null ? PASSED : FOUND;
    } catch (Throwable e) {
      log(e); // the tool's own
    }
    Runtime.getRuntime().halt(status); // whatever threads are left
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // the parent keeps it in a file
  private static void log(Throwable failure) {
    failure.printStackTrace();
  }

  /** Returns what the tool found, or null. */
  private static Throwable explore(Tool tool, Sample sample, Scenario scenario, int runs)
      throws Exception {
    return switch (tool) {
      case INTERLEAVE -> interleave(sample, scenario);
      case LINCHECK -> lincheck(scenario, runs);
      case VMLENS -> vmlens(sample, scenario);
      case STRESS -> stress(scenario);
    };
  }

  private static Throwable interleave(Sample sample, Scenario scenario) {
    try {
      sample.interleavings().explore(scenario);
      return null;
    } catch (InterleavingError e) {
      return e;
    }
  }

  /** Lincheck reports with an assertion error, and knows deadlocks and endless loops by itself. */
  private static Throwable lincheck(Scenario scenario, int runs) {
    try {
      Lincheck.runConcurrentTest(
          runs,
          () -> {
            try {
              new PlainRun.Shared().of(scenario);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      return null;
    } catch (AssertionError e) {
      return e;
    }
  }

  private static Throwable vmlens(Sample sample, Scenario scenario) throws Exception {
    var failure = new AtomicReference<Throwable>();
    var broken = new AtomicReference<Exception>();
    var group = new ThreadGroup("scenario");
    var thread =
        new Thread(
            group,
            () -> {
              try (var interleavings = new AllInterleavings(sample.name())) {
                while (failure.get() == null && interleavings.hasNext()) {
                  once(scenario, new PlainRun(), failure);
                  failIfAnyIsLeft(group, failure);
                }
              } catch (RuntimeException e) {
                broken.set(e);
              }
            });
    thread.start();
    thread.join();
    if (broken.get() != null) {
      throw broken.get();
    }
    return failure.get();
  }

  /** Again and again, with a limit to each time as in any test, and a look at who is left over. */
  private static Throwable stress(Scenario scenario) throws InterruptedException {
    var failure = new AtomicReference<Throwable>();
    long until = System.nanoTime() + STRESS.toNanos();
    while (failure.get() == null && System.nanoTime() < until) {
      var group = new ThreadGroup("scenario");
      var thread =
          new Thread(
              group,
              () -> {
                once(scenario, new PlainRun.Together(), failure);
                failIfAnyIsLeft(group, failure);
              });
      thread.start();
      if (!thread.join(ONCE)) {
        return new AssertionError("it has not ended after " + ONCE);
      }
    }
    return failure.get();
  }

  private static void once(Scenario scenario, PlainRun run, AtomicReference<Throwable> failure) {
    try {
      run.of(scenario);
    } catch (Exception | AssertionError e) {
      failure.set(e);
    }
  }

  /** Virtual threads are in no group: those it does not see. */
  private static void failIfAnyIsLeft(ThreadGroup group, AtomicReference<Throwable> failure) {
    var threads = new Thread[group.activeCount() + 10];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      boolean timerOfTheJdk = threads[i].getName().endsWith("-delayScheduler");
      if (threads[i] == Thread.currentThread() || timerOfTheJdk) {
        continue;
      }
      try {
        if (!threads[i].join(Duration.ofSeconds(1))) {
          failure.compareAndSet(null, new AssertionError(threads[i] + " is left over"));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
