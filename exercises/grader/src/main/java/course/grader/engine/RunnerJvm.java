package course.grader.engine;

import course.grader.engine.runner.Ended;
import course.grader.engine.runner.Wire;
import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.TestResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM that waits for a student's code, to run its tests once. It is ready when the constructor
 * returns. Used by one thread at a time; any thread may close it, which kills it and its children.
 */
final class RunnerJvm implements AutoCloseable {
  /** Longer than any test: the tests bound themselves, see StoryExtension. */
  private static final Duration TEST_LIMIT = Duration.ofSeconds(40);

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int MOST_PRINTED = 16 * 1_024;

  private final RunnerHome home;
  private final Process process;
  private final Socket socket;
  private final Wire wire;
  private final StringBuilder printed = new StringBuilder(); // guarded by itself
  private final Thread drain;

  RunnerJvm(RunnerHome home) throws IOException {
    this.home = home;
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(Math.toIntExact(START_LIMIT.toMillis()));
      process = home.start();
      drain = Thread.ofPlatform().daemon().name("output of a runner").start(this::drain);
      String nonce = nonce();
      try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
        input.write(listener.getLocalPort() + "\n" + nonce + "\n");
      }
      socket = listener.accept();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Math.toIntExact(START_LIMIT.toMillis()));
      wire = new Wire(socket.getInputStream(), socket.getOutputStream());
      if (!wire.receive().equals(List.of(nonce)) || !wire.receive().equals(List.of("ready"))) {
        throw new IOException("not the runner that was started");
      }
    } catch (IOException e) {
      kill();
      throw new IOException("a JVM for the tests did not start: " + e.getMessage() + printed(), e);
    }
  }

  private static String nonce() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Reads all that the student's code prints, or it would block; keeps the beginning. */
  private void drain() {
    var buffer = new byte[8_192];
    try (InputStream out = process.getInputStream()) {
      for (int count; (count = out.read(buffer)) >= 0; ) {
        synchronized (printed) {
          int kept = Math.min(count, MOST_PRINTED - printed.length());
          printed.append(new String(buffer, 0, Math.max(0, kept), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  String printed() {
    synchronized (printed) {
      return printed.toString();
    }
  }

  /**
   * Runs tests until all are run or this JVM is of no further use.
   *
   * @param classes folders of class files
   * @param tests those to run, in this order
   * @param deadline when all has to be over, in {@link System#nanoTime}
   * @param results gets the result of each test that was begun
   */
  void run(List<Path> classes, List<RuleTest> tests, long deadline, Consumer<TestResult> results)
      throws IOException {
    var job = new ArrayList<String>();
    job.add(String.valueOf(classes.size()));
    classes.forEach(folder -> job.add(folder.toAbsolutePath().toString()));
    for (RuleTest test : tests) {
      job.add(Exercise.PACKAGE + "." + test.type());
      job.add(test.method());
    }
    wire.send(job.toArray(String[]::new));
    for (RuleTest test : tests) {
      TestResult result = result(test, deadline);
      if (result == null) {
        return;
      }
      results.accept(result);
      if (result.outcome() != Outcome.PASSED && result.outcome() != Outcome.FAILED) {
        return;
      }
    }
  }

  /** Returns the next test's result; null if the JVM ended before it began. */
  private TestResult result(RuleTest test, long deadline) {
    boolean begun = false;
    try {
      while (true) {
        List<String> message = receive(deadline);
        switch (message.getFirst()) {
          case "begins" -> begun = true;
          case "exits" -> {
            return TestResult.of(
                test, Outcome.EXITED, "your code ended the JVM: System.exit" + message.get(1));
          }
          case "ends" -> {
            Ended ended = Ended.of(message);
            return new TestResult(test, ended.outcome(), ended.failure());
          }
          default -> throw new IOException("an unknown message: " + message);
        }
      }
    } catch (SocketTimeoutException e) {
      return TestResult.of(
          test,
          Outcome.HUNG,
          "it never ended: it was stopped after "
              + TEST_LIMIT.toSeconds()
              + " seconds, and could not even be asked where it was");
    } catch (IOException e) {
      return begun ? ended(test) : null;
    }
  }

  private List<String> receive(long deadline) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    socket.setSoTimeout((int) Math.clamp(left, 1, TEST_LIMIT.toMillis()));
    return wire.receive();
  }

  private TestResult ended(RuleTest test) {
    try {
      if (process.waitFor(1, TimeUnit.SECONDS)) {
        drain.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (hasCrashed()) {
      return TestResult.of(test, Outcome.EXITED, "the JVM itself crashed during this test");
    }
    String status = process.isAlive() ? "" : " with status " + process.exitValue();
    return TestResult.of(test, Outcome.EXITED, "the JVM ended" + status + " during this test");
  }

  /** Whether the JVM's own code, not the student's, has ended it. */
  boolean hasCrashed() {
    return !process.isAlive() && home.hasCrashed(process);
  }

  /** Ends it from any thread: who waits for its results gets an end of stream. */
  void kill() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    kill();
    try {
      socket.close();
      process.waitFor();
    } catch (IOException e) {
      // It is killed: the socket is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
