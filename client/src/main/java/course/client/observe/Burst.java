package course.client.observe;

import course.client.Limits;
import course.client.LineReader;
import course.client.observe.Timeline.Ending;
import course.client.observe.Timeline.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Many messages in one write on one connection, then half-close; then every reply with its time.
 * Used by one thread. What it keeps is bounded by the number of messages, whatever the server
 * sends.
 */
public final class Burst {
  /** Told by the thread that sends what happens, while it happens. */
  @FunctionalInterface
  public interface Watcher {
    /** All messages are on their way. */
    default void sent() {}

    /** A line has come. */
    void reply(Reply reply);
  }

  private static final int MOST_REPLIES_UNASKED = 100;
  private static final int LONGEST_LINE = 8_192;
  private static final int LONGEST_TEXT_KEPT = 80;

  /** When all are answered, time for one reply too many; the server may well stay connected. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(1);

  private final InetSocketAddress server;
  private final Duration patience;
  private final Watcher watcher;

  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Reply> replies = new ArrayList<>();
  private final Set<Integer> answered = new HashSet<>();
  private String unended = "";
  private long start;
  private long deadline; // for the next answer, in System.nanoTime's terms

  private Burst(InetSocketAddress server, int messages, Duration patience, Watcher watcher) {
    this.server = server;
    this.patience = patience;
    this.watcher = watcher;
    // A server may count, so "1", "2", "3" would prove nothing: these have to be echoed.
    for (int message = 1; message <= messages; message++) {
      numbers.put(message + " of " + messages, message);
    }
  }

  /**
   * Sends a burst and waits for the replies.
   *
   * @param messages 1 to {@value course.client.Limits.Burst#MAXIMUM}
   * @param patience bounds the wait for the connection and for each next answer
   * @param watcher told of each reply as it comes, by the calling thread
   * @throws IOException if no connection came about; whatever happens later is in the timeline
   */
  public static Timeline send(
      InetSocketAddress server, int messages, Duration patience, Watcher watcher)
      throws IOException {
    if (messages < 1 || messages > Limits.Burst.MAXIMUM) {
      throw new IllegalArgumentException("messages must be " + Limits.BURST);
    }
    return new Burst(server, messages, patience, watcher).run();
  }

  private Timeline run() throws IOException {
    Ending ending;
    Duration late;
    try (var socket = connect();
        var lateness = new Lateness()) {
      ending = exchange(socket);
      late = lateness.longest();
    }
    boolean cutOff = ending == Ending.CLOSED || ending == Ending.RESET;
    if (cutOff && answered.size() < numbers.size() && !stillListening()) {
      ending = Ending.GONE;
    }
    return new Timeline(numbers.size(), start, replies, ending, unended, late);
  }

  private Ending exchange(Socket socket) {
    byte[] messages = (String.join("\n", numbers.keySet()) + "\n").getBytes(StandardCharsets.UTF_8);
    var lines = new LineReader(new UntilDeadline(socket), LONGEST_LINE);
    try {
      start = System.nanoTime();
      deadline = start + patience.toNanos();
      socket.getOutputStream().write(messages);
      socket.shutdownOutput();
      watcher.sent();
      for (var line = lines.readEnded(); line.isPresent(); line = lines.readEnded()) {
        add(text(line.get()));
        if (replies.size() - answered.size() > MOST_REPLIES_UNASKED) {
          return Ending.FLOODED;
        }
      }
      unended = beginning(text(lines.rest()));
      return Ending.CLOSED;
    } catch (SocketTimeoutException _) {
      unended = beginning(text(lines.rest()));
      return Ending.OPEN;
    } catch (LineReader.TooLongException _) {
      unended = beginning(text(lines.rest()));
      return Ending.FLOODED;
    } catch (IOException _) {
      return Ending.RESET;
    }
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT_KEPT));
  }

  private void add(String line) {
    long now = System.nanoTime();
    int message = numbers.getOrDefault(line, 0);
    var reply = new Reply(Duration.ofNanos(now - start), message, beginning(line));
    replies.add(reply);
    // Only an answer earns more time: a server that chatters must not hold us.
    if (message > 0 && answered.add(message)) {
      boolean all = answered.size() == numbers.size();
      deadline = now + (all && LAST_LOOK.compareTo(patience) < 0 ? LAST_LOOK : patience).toNanos();
    }
    watcher.reply(reply);
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    try {
      socket.connect(server, millis(patience.toNanos()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * A process that is being killed may lose its connections before it stops listening, and still
   * take one more, which is reset a moment later. So wait for that moment, and then ask again: a
   * server that resets every connection is there all the same.
   */
  private boolean stillListening() {
    try (var socket = connect()) {
      socket.shutdownOutput();
      socket.setSoTimeout(millis(LAST_LOOK.toNanos()));
      int _ = socket.getInputStream().read(); // the end: someone closed it
      return true;
    } catch (SocketTimeoutException _) {
      return true;
    } catch (IOException _) {
      return takesConnections();
    }
  }

  private boolean takesConnections() {
    try (var _ = connect()) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int millis(long nanos) {
    // Rounded up, for zero would mean for ever.
    return Math.clamp(nanos / 1_000_000 + 1, 1, Integer.MAX_VALUE);
  }

  /** A socket's input, each read of which ends at the deadline at the latest. */
  private final class UntilDeadline extends InputStream {
    private final Socket socket;

    UntilDeadline(Socket socket) {
      this.socket = socket;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read many bytes at a time");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout(millis(left));
      return socket.getInputStream().read(bytes, offset, length);
    }
  }
}
