package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of a run that hung, nothing is left that could disturb anybody. */
@Timeout(60) // bounds a hang
class LeftoversTest {
  enum Hang {
    IN_A_DEADLOCK_OF_MONITORS,
    IN_A_DEADLOCK_OF_LOCKS,
    IN_A_WAIT,
    SPINNING,
    SPINNING_AND_CATCHING_ALL,
    SPINNING_AND_MEETING_NOBODY,
    SPINNING_OUT_OF_REACH,
    IN_ACCEPT,
    IN_READ
  }

  @SuppressWarnings({
    "InfiniteLoop",
    "LockNotBeforeTry",
    "NonAtomicVolatileUpdate",
    "UnusedVariable",
    "WaitNotInLoop"
  })
  static class Hanging {
    private final Object one = new Object();
    private final Object other = new Object();
    private final Lock oneLock = new ReentrantLock();
    private final Lock otherLock = new ReentrantLock();
    private volatile int spins;
    private volatile int errors;

    void hang(Hang how, boolean first) throws Exception {
      switch (how) {
        case IN_A_DEADLOCK_OF_MONITORS -> lockBoth(first);
        case IN_A_DEADLOCK_OF_LOCKS -> lockBothLocks(first);
        case IN_A_WAIT -> await();
        case SPINNING -> spin();
        case SPINNING_AND_CATCHING_ALL -> spinOn();
        case SPINNING_AND_MEETING_NOBODY -> spinAlone();
        case SPINNING_OUT_OF_REACH -> spinInTheJdk();
        case IN_ACCEPT -> accept();
        case IN_READ -> read();
      }
    }

    void lockBoth(boolean first) {
      synchronized (first ? one : other) {
        spins++;
        synchronized (first ? other : one) {
          spins++;
        }
      }
    }

    void lockBothLocks(boolean first) {
      Lock outer = first ? oneLock : otherLock;
      Lock inner = first ? otherLock : oneLock;
      outer.lock();
      try {
        inner.lock();
        inner.unlock();
      } finally {
        outer.unlock();
      }
    }

    void await() throws InterruptedException {
      synchronized (this) {
        wait();
      }
    }

    void spin() {
      while (true) {
        spins++;
      }
    }

    void spinOn() {
      while (true) {
        try {
          spins++;
        } catch (Throwable e) {
          errors++;
        }
      }
    }

    long spinAlone() {
      long local = 0;
      while (true) {
        local++;
      }
    }

    void spinInTheJdk() {
      LongStream.generate(() -> 1).forEach(one -> {});
    }

    void accept() throws IOException {
      try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        server.accept();
      }
    }

    void read() throws IOException {
      try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var client = new Socket(server.getInetAddress(), server.getLocalPort());
          var connection = server.accept()) {
        connection.getInputStream().read();
        client.getOutputStream().write(1);
      }
    }
  }

  /** Returns the threads that hung. */
  private static Collection<Thread> exploreUntilItHangs(Hang hang, boolean virtual) {
    var threads = new ConcurrentLinkedQueue<Thread>();
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Hanging.class)
                .explore(run -> {
                  var hanging = new Hanging();
                  Run.Task one = () -> hanging.hang(hang, true);
                  Run.Task other = () -> hanging.hang(hang, false);
                  threads.add(virtual ? run.thread("1", one) : run.platformThread("1", one));
                  threads.add(virtual ? run.thread("2", other) : run.platformThread("2", other));
                  run.join();
                }));
    return threads;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPINNING_OUT_OF_REACH")
  void a_thread_that_hung_ends_and_disturbs_nobody(Hang hang) throws InterruptedException {
    Collection<Thread> threads = exploreUntilItHangs(hang, true);
    threads.addAll(exploreUntilItHangs(hang, false));
    Exploration next =
        Interleavings.of(Hanging.class)
            .randomOrders(10)
            .explore(run -> {
              var hanging = new Hanging();
              run.thread("a", () -> hanging.lockBoth(true));
              run.thread("b", () -> hanging.lockBoth(true));
              run.join();
            });
    assertThat(next.complete()).as("all of the next exploration").isTrue();
    for (Thread thread : threads) {
      assertThat(thread.isDaemon()).as(thread + " is a daemon").isTrue();
      thread.join(TimeUnit.SECONDS.toMillis(20)); // bounds a hang
      assertThat(thread.isAlive()).as(thread + " is left").isFalse();
    }
  }

  /** Makes threads in case there is more to do. */
  static class Provident {
    private final Thread one = Thread.ofVirtual().unstarted(this::work);
    private final Thread other = Thread.ofVirtual().factory().newThread(this::work);
    private int work = 1; // guarded by this

    synchronized void work() {
      work--;
      if (work > 0) {
        one.start();
        other.start();
      }
    }
  }

  @Test
  void a_thread_that_never_starts_is_not_left_over() {
    Interleavings.of(Provident.class)
        .explore(run -> {
          var provident = new Provident();
          run.thread("worker", provident::work);
          run.join();
        });
  }

  @Test
  void the_jvm_ends_by_itself() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .inheritIO()
            .start();
    try {
      assertThat(child.waitFor(50, TimeUnit.SECONDS)).as("has ended").isTrue();
      assertThat(child.exitValue()).as("exit status").isEqualTo(Child.STATUS);
    } finally {
      child.destroyForcibly();
    }
  }

  /** A program that explores what hangs. */
  static final class Child {
    private static final int STATUS = 1;

    private Child() {}

    /** Ends with an exception, so with status 1, and not before all has been explored. */
    public static void main(String[] args) {
      for (Hang hang :
          List.of(
              Hang.IN_A_DEADLOCK_OF_LOCKS,
              Hang.SPINNING,
              Hang.IN_ACCEPT,
              Hang.SPINNING_OUT_OF_REACH)) {
        try {
          exploreUntilItHangs(hang, true);
        } catch (AssertionError e) {
          e.printStackTrace();
          Runtime.getRuntime().halt(2);
        }
      }
      System.setErr(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
      throw new IllegalStateException("all hung, as they should");
    }
  }
}
