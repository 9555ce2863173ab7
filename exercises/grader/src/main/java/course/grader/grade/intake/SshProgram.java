package course.grader.grade.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/**
 * Reaches a repository with the instructor's own ssh, as git does: with their keys, agent and known
 * hosts, but without a question to anybody. One process, which {@link #close} ends.
 */
final class SshProgram extends SshSessionFactory implements AutoCloseable {
  /** So much of what ssh says is of use. */
  private static final int WORDS = 4_096;

  /** The exit status of ssh's own faults; all others are those of what it ran. */
  private static final int FAULT = 255;

  private final Budget budget;
  private final Duration limit;
  private volatile Process process; // the last one; null before

  /**
   * Makes one.
   *
   * @param limit after which the process is killed: nothing else ends reading from it
   */
  SshProgram(Budget budget, Duration limit) {
    this.budget = budget;
    this.limit = limit;
  }

  @Override
  public RemoteSession getSession(URIish uri, CredentialsProvider none, FS fs, int timeout) {
    return new RemoteSession() {
      @Override
      public Process exec(String command, int seconds) throws IOException {
        Process started = start(command(uri, command));
        process = started;
        Thread.ofVirtual().name("ssh-limit").start(() -> end(started));
        return new Counted(started);
      }

      @Override
      public void disconnect() {
        close();
      }
    };
  }

  private Process start(List<String> command) throws IOException {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw budget.fail(new IOException("ssh can't be started: is it installed?", e));
    }
  }

  /** Ends a process that goes on too long; when it ends by itself or by us, so does this. */
  private void end(Process started) {
    try {
      if (!started.waitFor(limit)) {
        close();
      }
    } catch (InterruptedException e) {
      close(); // nobody interrupts this thread
    }
  }

  /** Returns what is run: nothing in it is taken for an option but ours, and nothing asks. */
  static List<String> command(URIish uri, String command) {
    var words =
        new ArrayList<>(
            List.of(
                "ssh",
                "-T",
                "-o",
                "BatchMode=yes",
                "-o",
                "ForwardAgent=no",
                "-o",
                "ClearAllForwardings=yes",
                "-o",
                "PermitLocalCommand=no"));
    if (uri.getPort() > 0) {
      words.addAll(List.of("-p", String.valueOf(uri.getPort())));
    }
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    words.addAll(List.of("--", uri.getUser() == null ? host : uri.getUser() + "@" + host, command));
    return words;
  }

  @Override
  public String getType() {
    return "ssh";
  }

  /** Ends the process. */
  @Override
  public void close() {
    Process started = process;
    if (started != null && started.isAlive()) {
      started.descendants().forEach(ProcessHandle::destroyForcibly);
      started.destroyForcibly();
    }
  }

  /** Tells, once it is closed, whether ssh itself failed: there was no connection, or no login. */
  boolean hasFailed() {
    return process != null && status(process) == FAULT;
  }

  /** Returns the exit status of a process that has said all, and may be about to end. */
  private static int status(Process ended) {
    try {
      return ended.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended.exitValue();
    }
  }

  /** A process that says no more than we take. */
  private final class Counted extends Process {
    private final Process started;
    private final InputStream in;
    private final InputStream errors;

    Counted(Process started) {
      this.started = started;
      in = budget.count(started.getInputStream());
      errors = new First(started.getErrorStream());
    }

    @Override
    public OutputStream getOutputStream() {
      return started.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public InputStream getErrorStream() {
      return errors;
    }

    @Override
    public int waitFor() throws InterruptedException {
      return started.waitFor();
    }

    @Override
    public int exitValue() {
      return status(started);
    }

    @Override
    public void destroy() {
      close();
    }
  }

  /** The beginning of a stream; the rest is read and forgotten, so that nobody waits for us. */
  private static final class First extends InputStream {
    private final InputStream in;
    private int count;

    First(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      int kept = Math.min(most, WORDS - count);
      if (kept > 0) {
        int read = in.read(bytes, from, kept);
        count += Math.max(0, read);
        return read;
      }
      in.transferTo(OutputStream.nullOutputStream());
      return -1;
    }
  }

  /** Returns the last line of what ssh said, which is its reason. */
  static String reason(String said) {
    List<String> lines = said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.isEmpty() ? "" : Shown.name(lines.getLast());
  }
}
