package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that wait for a notify or a signal do so as the JDK says, in each order. */
@Timeout(60) // bounds a hang
@SuppressWarnings({"WaitNotInLoop", "LockNotBeforeTry"}) // to see what a single wait does
class WaitsTest {
  interface Gate {
    void await() throws InterruptedException;

    /** Returns whether it was open in time. */
    boolean await(long millis) throws InterruptedException;

    void open();
  }

  static class MonitorGate implements Gate {
    private boolean open;

    @Override
    public synchronized void await() throws InterruptedException {
      while (!open) {
        wait();
      }
    }

    @Override
    public synchronized boolean await(long millis) throws InterruptedException {
      if (!open) {
        wait(millis);
      }
      return open;
    }

    @Override
    public synchronized void open() {
      open = true;
      notifyAll();
    }
  }

  static class ConditionGate implements Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean open;

    @Override
    public void await() throws InterruptedException {
      lock.lock();
      lock.lock(); // a wait gives it away as often as it was taken
      try {
        while (!open) {
          opened.await();
        }
        assertThat(lock.getHoldCount()).isEqualTo(2);
      } finally {
        lock.unlock();
        lock.unlock();
      }
    }

    @Override
    public boolean await(long millis) throws InterruptedException {
      lock.lock();
      try {
        while (!open) {
          if (!opened.await(millis, TimeUnit.MILLISECONDS)) {
            return open;
          }
        }
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void open() {
      lock.lock();
      try {
        open = true;
        opened.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private static Interleavings interleavings() {
    return Interleavings.of(MonitorGate.class, ConditionGate.class)
        .timeLimit(Duration.ofMinutes(1));
  }

  private static Gate gate(boolean monitor) {
    return monitor ? new MonitorGate() : new ConditionGate();
  }

  private static void everyoneIsWoken(boolean monitor) {
    Exploration exploration =
        interleavings()
            .explore(run -> {
              Gate gate = gate(monitor);
              run.thread("waits", gate::await);
              run.platformThread("waits too", gate::await);
              run.thread("opens", gate::open);
              run.join();
            });
    assertThat(exploration.complete()).isTrue();
  }

  @Test
  void everyone_is_woken() {
    everyoneIsWoken(true);
    everyoneIsWoken(false);
  }

  private static void timeEnds(boolean monitor) {
    interleavings()
        .randomOrders(5)
        .explore(run -> {
          Gate gate = gate(monitor);
          run.thread("waits", () -> assertThat(gate.await(20)).isFalse());
          run.platformThread("waits too", () -> assertThat(gate.await(20)).isFalse());
          run.join();
        });
  }

  @Test
  void a_wait_with_a_time_limit_ends() {
    timeEnds(true);
    timeEnds(false);
  }

  /** Whoever comes first: it was interrupted, or it was woken and sees the interrupt later. */
  private static void interruptIsSeen(boolean monitor) {
    interleavings()
        .explore(run -> {
          Gate gate = gate(monitor);
          Thread waits =
              run.platformThread(
                  "waits",
                  () -> {
                    boolean interrupted = false;
                    try {
                      gate.await();
                    } catch (InterruptedException e) {
                      interrupted = true;
                    }
                    assertThat(interrupted || Thread.currentThread().isInterrupted()).isTrue();
                  });
          waits.interrupt();
          gate.open();
          run.join();
        });
  }

  @Test
  void an_interrupt_is_not_lost() {
    interruptIsSeen(true);
    interruptIsSeen(false);
  }

  private static void nobodyWakes(boolean monitor) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            interleavings()
                .explore(run -> {
                  Gate gate = gate(monitor);
                  run.thread("waits", gate::await);
                  run.join();
                }))
        .withMessageContaining("stuck: every thread waits, and nobody is left to wake them");
  }

  @Test
  void who_is_never_woken_is_stuck() {
    nobodyWakes(true);
    nobodyWakes(false);
  }

  static class NobodysMonitor {
    void wake() {
      notifyAll();
    }

    void waitFor() throws InterruptedException {
      wait();
    }
  }

  @Test
  void who_does_not_hold_the_monitor_can_neither_wait_nor_wake() {
    for (String call : new String[] {"wait", "wake"}) {
      assertThatExceptionOfType(InterleavingError.class)
          .isThrownBy(() ->
              Interleavings.of(NobodysMonitor.class)
                  .explore(run -> {
                    if (call.equals("wait")) {
                      new NobodysMonitor().waitFor();
                    } else {
                      new NobodysMonitor().wake();
                    }
                  }))
          .withMessageContaining("IllegalMonitorStateException");
    }
  }

  /** The test's own code is not under test, and wakes who is. */
  @Test
  void the_scenario_may_wake_threads_itself() {
    interleavings()
        .explore(run -> {
          var gate = new MonitorGate();
          run.thread("waits", gate::await);
          synchronized (gate) {
            gate.open = true;
            gate.notifyAll();
          }
          run.join();
        });
  }

  @Test
  void the_scenario_may_wait_itself() {
    interleavings()
        .explore(run -> {
          var gate = new MonitorGate();
          run.thread("opens", gate::open);
          synchronized (gate) {
            while (!gate.open) {
              gate.wait();
            }
          }
          run.join();
        });
  }
}
