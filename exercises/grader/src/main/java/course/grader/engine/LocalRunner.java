package course.grader.engine;

import course.grader.engine.runner.Wire;
import course.grader.model.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A runner in a process of this machine, which calls back on a socket. */
final class LocalRunner implements RunnerProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final Printed printed = new Printed();
  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Process process;
  private final Thread drain;
  private Socket socket; // null before it has called

  /**
   * @param folder its own, which is deleted when it is closed
   */
  LocalRunner(Path folder, Process process) throws IOException {
    this.folder = folder;
    this.process = process;
    drain = Thread.ofPlatform().daemon().name("output of a runner").start(this::drain);
  }

  /** Reads all that the student's code prints, or it would block. */
  private void drain() {
    var buffer = new byte[8_192];
    try (InputStream out = process.getInputStream()) {
      for (int count; (count = out.read(buffer)) >= 0; ) {
        printed.add(buffer, count);
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  @Override
  public Wire connect() throws IOException {
    try (listener) {
      String nonce = Wire.nonce();
      try (var input = new Wire(InputStream.nullInputStream(), process.getOutputStream())) {
        input.send("socket", String.valueOf(listener.getLocalPort()), nonce);
      }
      listener.setSoTimeout(Math.toIntExact(START_LIMIT.toMillis()));
      socket = listener.accept();
      socket.setTcpNoDelay(true);
      readLimit(Math.toIntExact(START_LIMIT.toMillis()));
      var wire = new Wire(socket.getInputStream(), socket.getOutputStream());
      wire.expect(nonce);
      return wire;
    }
  }

  @Override
  public void readLimit(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  @Override
  public String printed() {
    return printed.toString();
  }

  @Override
  public String end() {
    try {
      if (process.waitFor(1, TimeUnit.SECONDS)) {
        drain.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process.isAlive() ? "" : "with status " + process.exitValue();
  }

  @Override
  public boolean hasCrashed() {
    return !process.isAlive() && Files.exists(RunnerHome.crashReport(folder));
  }

  /**
   * {@inheritDoc} The process is looked up anew: a thread without the right to read when it started
   * may have started it, and a handle that does not know that kills nothing.
   */
  @Override
  public void kill() {
    if (process.isAlive()) {
      ProcessHandle.of(process.pid()).ifPresent(LocalRunner::killAll);
    }
  }

  private static void killAll(ProcessHandle handle) {
    handle.descendants().forEach(ProcessHandle::destroyForcibly);
    handle.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    try {
      listener.close();
      if (socket != null) {
        socket.close();
      }
      process.waitFor();
      Folders.delete(folder);
    } catch (IOException e) {
      // It is killed all the same; what is left of its folder goes with the home.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
