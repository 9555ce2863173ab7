package course.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Work that holds some messages until the test lets them go. Thread-safe. */
public final class Gate implements ServerContract.Work {
  private static final int HANG_SECONDS = 60; // bounds a hang, decides nothing else

  private final Predicate<String> held;
  private final Semaphore entered = new Semaphore(0);
  private final Semaphore interrupted = new Semaphore(0);
  private final Semaphore open = new Semaphore(0);

  private Gate(Predicate<String> held) {
    this.held = held;
  }

  /** Holds the messages of just this text; others pass. */
  public static Gate holding(String text) {
    return new Gate(text::equals);
  }

  /** Holds every message. */
  public static Gate holdingAll() {
    return new Gate(_ -> true);
  }

  @Override
  public void on(byte[] message) throws InterruptedException {
    if (held.test(new String(message, ISO_8859_1))) {
      entered.release();
      try {
        open.acquire();
      } catch (InterruptedException e) {
        interrupted.release();
        throw e;
      }
    }
  }

  /** Waits until {@code count} more handlers have come to the gate. */
  public void awaitEntered(int count) throws InterruptedException {
    assertThat(entered.tryAcquire(count, HANG_SECONDS, SECONDS))
        .as("%d more messages are handled at once", count)
        .isTrue();
  }

  /**
   * Checks that no more handlers come. Correct servers pass however slow the machine is; a wrong
   * one has a quarter of a second to show itself.
   */
  public void assertNobodyElseEnters(String why) throws InterruptedException {
    assertThat(entered.tryAcquire(250, MILLISECONDS)).as(why).isFalse();
  }

  /** Waits until a held handler is interrupted. */
  public void awaitInterrupted() throws InterruptedException {
    assertThat(interrupted.tryAcquire(HANG_SECONDS, SECONDS))
        .as("the handler of a held message is interrupted")
        .isTrue();
  }

  /** Lets one message go on, whichever. */
  public void letOneGo() {
    open.release();
  }

  /** Lets all go on, those that come later too. */
  public void open() {
    open.release(Integer.MAX_VALUE / 2);
  }
}
