package course.testkit;

import course.interleave.Exploration;
import course.interleave.Foreign;
import course.interleave.InterleavingError;
import course.interleave.Interleavings;
import course.interleave.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.opentest4j.AssertionFailedError;

/**
 * What a test did, step by step, what it expected and what it saw. That is all a student needs to
 * find the mistake, so it is all that a failing test says. Thread-safe: any thread may add a step.
 */
public final class Story {
  private final OwnCode ownCode;
  private final String rule;
  private final List<String> steps = new ArrayList<>(); // guarded by this
  private String expected = "the test ends"; // guarded by this
  private volatile boolean explores; // written by the test's thread only
  private final long exploringEnd; // in System.nanoTime
  private StoryError first; // what went wrong first; guarded by this
  private boolean broken; // whether anything did; guarded by this
  private Thread teller = Thread.currentThread(); // whose steps need no name; guarded by this

  /**
   * Begins a story.
   *
   * @param rule which of the README's rules is tried, as a sentence with its number
   * @param exploring how long it may explore, all in all
   */
  Story(OwnCode ownCode, String rule, Duration exploring) {
    this.ownCode = ownCode;
    this.rule = rule;
    exploringEnd = System.nanoTime() + exploring.toNanos();
  }

  synchronized void toldBy(Thread thread) {
    teller = thread;
  }

  /** Adds a step: a sentence on what happens now, and on which thread if it is not the test's. */
  public synchronized void step(String what) {
    Thread thread = Thread.currentThread();
    boolean named = !thread.equals(teller) && !thread.getName().isEmpty();
    steps.add((named ? "[" + thread.getName() + "] " : "") + what);
  }

  /** Adds a step and does it; what the student's code throws meanwhile fails the test. */
  public <T> T step(String what, Callable<T> call) {
    step(what);
    try {
      return call.call();
    } catch (AssertionError e) {
      throw e;
    } catch (Throwable e) { // OutOfMemoryError too: a length was believed
      throw threw(e);
    }
  }

  /** Says what has to happen now: a hang, or whatever is thrown, is told against this. */
  public synchronized void expect(String what) {
    expected = what;
  }

  /** Says what value has to come: see {@link #equal}. */
  public void expectValue(String what, Object expectation) {
    expect(what + " " + Show.value(expectation));
  }

  /**
   * Compares what was seen with what the rule says.
   *
   * @param what what the two values are, such as "next() returns"
   */
  public void equal(String what, Object expectation, Object seen) {
    if (!Values.same(expectation, seen)) {
      expectValue(what, expectation);
      throw seen(what + " " + Show.value(seen));
    }
  }

  /** Fails unless {@code holds}: {@code seen} says what came instead of what was expected. */
  public void check(boolean holds, String expectation, String seen) {
    if (!holds) {
      expect(expectation);
      throw seen(seen);
    }
  }

  /**
   * Runs a call that has to refuse: to throw an exception of the given type.
   *
   * @param expectation what has to happen, as a sentence
   */
  public void refuses(
      String what, String expectation, Class<? extends Exception> type, Callable<?> call) {
    step(what);
    expect(expectation);
    Object result;
    try {
      result = call.call();
    } catch (AssertionError e) {
      throw e;
    } catch (Throwable e) {
      if (type.isInstance(e)) {
        return;
      }
      throw threw(e);
    }
    throw seen("it returned " + Show.value(result));
  }

  /**
   * Runs a scenario in many orders of its threads' steps; the one that breaks it is the story. What
   * was done before went well, and is told no more. If there is no time for all orders, the test
   * has not ended: a pass says that all were tried.
   *
   * @param what what the scenario does, as a sentence
   * @param expectation what has to be in every order, as a sentence
   * @param scenario what may be in it, see {@link Scenario}: not this story
   */
  public void explore(
      String what, String expectation, Interleavings interleavings, Scenario scenario) {
    begin(what);
    expect(expectation);
    explores = true;
    Duration left = Duration.ofNanos(Math.max(1, exploringEnd - System.nanoTime()));
    Exploration done;
    try {
      done = interleavings.timeLimit(left).explore(scenario);
    } catch (InterleavingError e) {
      throw brokenBy(e);
    }
    if (!done.unmarked().isEmpty()) {
      throw seen("the tester can hold no thread in some of this code" + done.unmarked());
    }
    if (!done.complete()) {
      throw hung(
          "there was time for %,d of %,d orders of steps only: the code waits long, or the machine is"
                  .formatted(done.explored(), done.planned())
              + " busy, and the test has to run again when it is not");
    }
  }

  /** The first line of what the tester says is what was seen, and the rest how it came to that. */
  private StoryError brokenBy(InterleavingError e) {
    String[] parts = e.getMessage().strip().split("\n", 2);
    return failed(StoryError.End.FAILED, parts[0], parts.length == 1 ? "" : parts[1]);
  }

  /** Begins anew, with a first step: what was done before went well, and is told no more. */
  public synchronized void begin(String what) {
    steps.clear();
    step(what);
  }

  /** Whether the interleaving tester is at work: that takes longer, and sees hangs by itself. */
  boolean explores() {
    return explores;
  }

  /** Waits for something that the student's code has to do; if it never does, that is the story. */
  public void await(String what, CountDownLatch latch) throws InterruptedException {
    expect(what);
    latch.await(); // StoryExtension bounds a hang
  }

  /**
   * Returns the failure in which {@code what} was seen instead of what was expected. The test has
   * then failed, whoever may catch it on its way.
   */
  public AssertionFailedError seen(String what) {
    return failed(StoryError.End.FAILED, what, "");
  }

  StoryError threw(Throwable e) {
    breaks(); // first of all: the student's exception may have no words
    var what = new StringBuilder("it threw " + Show.thrown(e));
    ownCode.frames(Foreign.origin(e)).forEach(frame -> what.append("\n  at ").append(frame));
    return failed(
        e instanceof OutOfMemoryError ? StoryError.End.OUT_OF_MEMORY : StoryError.End.FAILED,
        what.toString(),
        "");
  }

  StoryError hung(String what) {
    return failed(StoryError.End.HUNG, what, "");
  }

  private synchronized void breaks() {
    broken = true;
  }

  private synchronized StoryError failed(StoryError.End end, String seen, String order) {
    broken = true;
    var error = new StoryError(end, new Failure(steps, expected, seen, order, rule));
    first = first == null ? error : first;
    return error;
  }

  /** Returns what went wrong first, whether or not the test has been told; null if nothing did. */
  synchronized StoryError failure() {
    return broken && first == null ? failed(StoryError.End.FAILED, "it failed", "") : first;
  }
}
