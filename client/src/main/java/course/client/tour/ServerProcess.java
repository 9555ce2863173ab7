package course.client.tour;

import course.client.LineReader;
import course.client.observe.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, which ends with {@link #close} or with us. One thread reads
 * what the server prints; it ends when the process does.
 */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (.+):(\\d{1,5})");
  private static final Pattern HANDLING =
      Pattern.compile("<< connection \\d{1,9} message (\\d{1,9})(?: .*?handler (\\d{1,9}))?.*");
  private static final int LONGEST_LINE = 8_192;
  private static final int MOST_LINES_KEPT = 10_000;
  private static final Duration TO_END = Duration.ofSeconds(5);

  private final Process process;
  private final Thread reader;
  private final Thread onCtrlC;

  /** Completed by the reader, with the address or with what came in its place. */
  private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();

  // Written by the reader, read by the thread that closes: concurrent, although close joins first,
  // for the join has a time limit.
  private final Map<Integer, Long> handlingBegan = new ConcurrentHashMap<>();
  private final Set<Integer> handlers = ConcurrentHashMap.newKeySet();

  private ServerProcess(Process process) {
    this.process = process;
    reader = Thread.ofPlatform().daemon().name("server's lines").unstarted(this::readLines);
    onCtrlC = new Thread(process::destroyForcibly);
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param command program and arguments
   * @param patience for {@code listening on HOST:PORT}
   * @throws IOException if it doesn't get that far; the message says why
   */
  static ServerProcess start(Iterable<String> command, Duration patience) throws IOException {
    var builder = new ProcessBuilder();
    command.forEach(builder.command()::add);
    // One stream: an error message in place of the first line is what we show.
    var server = new ServerProcess(builder.redirectErrorStream(true).start());
    try {
      Runtime.getRuntime().addShutdownHook(server.onCtrlC);
    } catch (IllegalStateException e) { // Ctrl-C came first: nobody else would end it
      server.process.destroyForcibly();
      throw new IOException("did not start, as this program is ending", e);
    }
    server.reader.start();
    try {
      server.address.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return server;
    } catch (ExecutionException e) {
      server.close();
      throw new IOException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      server.close();
      throw new IOException("did not listen within " + Words.time(patience), e);
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the server started");
    }
  }

  InetSocketAddress address() {
    return address.join();
  }

  /** When the server said that it began to handle a message, by number, as System.nanoTime. */
  Map<Integer, Long> handlingBegan() {
    return Map.copyOf(handlingBegan);
  }

  /** How many handlers the server named; 0 if it has none. */
  int handlers() {
    return handlers.size();
  }

  private void readLines() {
    var lines = new LineReader(process.getInputStream(), LONGEST_LINE);
    try {
      String last = null;
      for (var next = lines.readEnded(); next.isPresent(); next = lines.readEnded()) {
        long now = System.nanoTime();
        var line = new String(next.get(), StandardCharsets.UTF_8);
        Matcher listening = LISTENING.matcher(line);
        if (address.isDone()) {
          note(line, now);
        } else if (listening.matches()) {
          address.complete(socketAddress(listening.group(1), listening.group(2)));
        } else {
          last = line; // a word from the JVM itself, or why it could not listen
        }
      }
      address.completeExceptionally(
          new IOException(
              "ended before it listened"
                  + (last == null ? "" : "; it said: " + Words.printable(last))));
    } catch (IOException | IllegalArgumentException e) {
      address.completeExceptionally(new IOException("printed what is no line of text", e));
      discardRest();
    }
  }

  /** A server whose output nobody reads would stop at its next line. */
  private void discardRest() {
    try (InputStream rest = process.getInputStream()) {
      rest.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // the process ended
    }
  }

  private static InetSocketAddress socketAddress(String host, String port) {
    return new InetSocketAddress(host.replaceAll("^.*/|[\\[\\]]", ""), Integer.parseInt(port));
  }

  private void note(String line, long now) {
    Matcher handling = HANDLING.matcher(line);
    if (handling.matches() && handlingBegan.size() < MOST_LINES_KEPT) {
      handlingBegan.putIfAbsent(Integer.parseInt(handling.group(1)), now);
      if (handling.group(2) != null) {
        handlers.add(Integer.parseInt(handling.group(2)));
      }
    }
  }

  /** Ends the process, by force if it must, and waits until its last line is read. */
  @Override
  public void close() {
    // Process.destroy would close our end of the pipe too, with lines in it that are not read yet.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(TO_END)) {
        process.destroyForcibly().waitFor();
      }
      reader.join(TO_END); // a child of the server could hold the other end of the pipe
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onCtrlC);
    } catch (IllegalStateException _) {
      // Ctrl-C came first: the hook runs already
    }
  }
}
