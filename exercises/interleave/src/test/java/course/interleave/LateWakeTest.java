package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import course.interleave.marks.Marks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A thread goes on when a core takes it up, which may be late on a busy machine. */
@Timeout(60) // bounds a hang
class LateWakeTest {
  private static final String KEY = LateWakeTest.class.getName();

  // The JDK's objects are the same in each run, and outside.

  private static void share(Object object) {
    System.getProperties().put(KEY, object);
  }

  private static void later(long millis, Runnable task) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
  }

  @AfterEach
  void forget() {
    System.getProperties().remove(KEY);
  }

  // Who is interrupted.

  /** Waits for a core, for which a permit from outside of the run stands. */
  static class Interrupted extends Thread {
    @Override
    public void run() {
      var core = (Semaphore) System.getProperties().get(KEY);
      core.acquireUninterruptibly();
    }

    @Override
    public boolean isInterrupted() {
      return true;
    }
  }

  static class Ending {
    void awaitEnd() throws InterruptedException {
      var interrupted = new Interrupted();
      interrupted.start();
      interrupted.join();
    }
  }

  private static Exploration explore() {
    return Interleavings.of(Ending.class).replay("").explore(run -> new Ending().awaitEnd());
  }

  @Test
  void who_is_interrupted_and_wakes_up_late_is_not_stuck() {
    var core = new Semaphore(0);
    share(core);
    later(1_000, core::release);
    assertThat(explore().explored()).isEqualTo(1);
  }

  @Test
  void who_never_does_is() {
    share(new Semaphore(0));
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(LateWakeTest::explore)
        .withMessageStartingWith("stuck");
  }

  // Whose latch is open.

  static class Handler {
    private volatile boolean handled;

    /** Waits for a core, for which an exchange with outside of the run stands. */
    void handle() throws InterruptedException {
      @SuppressWarnings("unchecked") // as it was put there
      var core = (Exchanger<String>) System.getProperties().get(KEY);
      try (var _ = Marks.gate.awaiting(new CountDownLatch(0), 1)) {
        core.exchange("");
      }
      handled = true;
    }
  }

  @Test
  void no_time_passes_before_who_waited_for_an_open_latch_goes_on() {
    var core = new Exchanger<String>();
    share(core);
    later(
        1_000,
        () -> {
          try {
            core.exchange("");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Interleavings.of(Handler.class)
        .replay("")
        .explore(run -> {
          var handler = new Handler();
          run.platformThread("handler", handler::handle);
          Thread.sleep(1);
          assertThat(handler.handled).isTrue();
          run.join();
        });
  }

  // Who connects.

  static class Client {
    void connect(SocketAddress server) throws IOException {
      try (var socket = new Socket()) {
        socket.connect(server);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // which lets a client wait if more come than the server has room for
  void who_connects_late_is_not_stuck() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      fill(address);
      share(address);
      later(
          100,
          () -> {
            try {
              server.accept().close(); // makes room: the client tries again after a second
            } catch (IOException e) {
              // The server is closed.
            }
          });
      Interleavings.of(Client.class)
          .replay("")
          .explore(run -> new Client().connect((SocketAddress) System.getProperties().get(KEY)));
    }
  }

  private static void fill(SocketAddress server) throws IOException {
    var sockets = new ArrayList<Socket>();
    try {
      while (true) {
        sockets.add(new Socket());
        sockets.getLast().connect(server, 200);
      }
    } catch (SocketTimeoutException e) {
      // It has no more room.
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
