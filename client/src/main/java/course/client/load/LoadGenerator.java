package course.client.load;

import course.client.load.LoadPlan.Closed;
import course.client.load.LoadPlan.Open;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Puts load on a server: one thread, one selector, all connections. Nothing is allocated per
 * message, and nothing waits but the selector, which knows when the run must end: so a silent
 * server can't hold it.
 *
 * <p>Why a selector: beside a virtual thread per connection on one core, which only counted line
 * endings and checked and timed nothing, it made 1.2 times the messages a second with 50
 * connections x 1 in flight, 1.3 times with one connection, and as many with 50 x 16.
 *
 * <p>Not thread-safe: {@link #run} is called once, by one thread. Another may read the latencies
 * from the recorder meanwhile.
 */
final class LoadGenerator implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final long LONGEST_LATENCY = TimeUnit.HOURS.toNanos(1);

  private final LoadPlan plan;
  private final SingleWriterRecorder latencies = new SingleWriterRecorder(LONGEST_LATENCY, 3);
  private final Selector selector = Selector.open();
  private final List<LoadConnection> connections = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocate(64 * 1024); // read and dealt with at once
  private int open;

  private long now; // System.nanoTime(), read once for all that comes in together
  private long start;
  private long measureFrom;
  private long end;
  private long due; // open loop: how many messages were due so far

  private long answered; // while it measures
  private long wrong;
  private long lost;

  private LoadGenerator(LoadPlan plan) throws IOException {
    this.plan = plan;
  }

  /**
   * Opens all connections.
   *
   * @throws IOException if one of them can't be had
   */
  static LoadGenerator connect(String host, int port, LoadPlan plan) throws IOException {
    var generator = new LoadGenerator(plan);
    try {
      var address = new InetSocketAddress(InetAddress.getByName(host), port);
      long deadline = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
      for (int i = 0; i < plan.connections(); i++) {
        generator.add(address, deadline);
      }
      return generator;
    } catch (IOException | RuntimeException e) {
      generator.close();
      throw e;
    }
  }

  private void add(InetSocketAddress address, long deadline) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException(connections.size() + " connections in the time for all");
    }
    var channel = SocketChannel.open();
    var connection = new LoadConnection(this, connections.size(), channel, plan.size());
    connections.add(connection); // first, so that close() finds it
    open++;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.socket().connect(address, (int) left);
    channel.configureBlocking(false);
    connection.registered(channel.register(selector, SelectionKey.OP_READ, connection));
  }

  /** The time of each reply, in nanoseconds, of the messages that were due while it measures. */
  SingleWriterRecorder latencies() {
    return latencies;
  }

  /** Runs the plan to its end. */
  LoadResult run() throws IOException {
    now = start = System.nanoTime();
    measureFrom = start + plan.warmup().toNanos();
    end = measureFrom + plan.duration().toNanos();
    if (plan.pace() instanceof Closed(int depth)) {
      for (var connection : connections) {
        connection.owe(depth);
        write(connection);
      }
    }
    while (open > 0 && now < end) {
      long left = end - now;
      if (plan.pace() instanceof Open pace) {
        sendWhatIsDue(pace, now);
        left = Math.min(left, start + pace.due(due) - now);
      }
      select(left);
    }
    long stopped = Math.min(now, end);
    if (plan.pace() instanceof Open pace) {
      sendWhatIsDue(pace, stopped); // were this thread late, it would not be the server's fault
    }
    long drained = end + plan.drain().toNanos();
    while (now < drained && openConnections().anyMatch(LoadConnection::isBusy)) {
      select(drained - now);
    }
    long unanswered = openConnections().mapToLong(LoadConnection::inFlight).sum();
    long unsent = 0;
    if (plan.pace() instanceof Open) {
      unsent = due - connections.stream().mapToLong(LoadConnection::sent).sum();
    }
    var measured = Duration.ofNanos(Math.max(0, stopped - measureFrom));
    return new LoadResult(
        plan, measured, answered, new LoadResult.Errors(lost, wrong, unanswered, unsent));
  }

  /** Whether what is owed may be sent. In an open loop, all that was due before the end may. */
  boolean isSending() {
    return now < end || plan.pace() instanceof Open;
  }

  /**
   * The time that the connection's next message counts from. In an open loop it is the time when it
   * was due, not when it could be sent: a server that stalls is charged for all who would have come
   * meanwhile ("coordinated omission", Gil Tene).
   */
  long sendTime(LoadConnection connection) {
    return switch (plan.pace()) {
      case Closed _ -> now;
      case Open pace ->
          start + pace.due(connection.sent() * connections.size() + connection.number());
    };
  }

  /** A message was answered. */
  void reply(LoadConnection connection, long sendTime) {
    if (now >= measureFrom && now < end) {
      answered++;
    }
    if (sendTime >= measureFrom && sendTime < end) { // also when the reply comes after the end
      latencies.recordValue(Math.min(now - sendTime, LONGEST_LATENCY));
    }
    if (plan.pace() instanceof Closed) {
      connection.owe(1);
    }
  }

  /** A reply came that is no echo of a message in flight. */
  void wrongReply() {
    wrong++;
  }

  @Override
  public void close() throws IOException {
    for (var connection : connections) {
      connection.close();
    }
    selector.close();
  }

  /** Message k is for connection k modulo their number. */
  private void sendWhatIsDue(Open pace, long time) {
    long first = due;
    int count = connections.size();
    while (start + pace.due(due) < time) {
      connections.get((int) (due % count)).owe(1);
      due++;
    }
    for (long k = first; k < Math.min(due, first + count); k++) { // each connection once
      write(connections.get((int) (k % count)));
    }
  }

  /** Waits for the sockets, at most so many nanoseconds, and deals with those that are ready. */
  private void select(long nanos) throws IOException {
    // A selector counts in milliseconds. For a shorter wait this thread spins: it has a core to
    // itself, and a message that goes out a millisecond late would be booked as the server's.
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos) - 1;
    if (millis > 0) {
      selector.select(this::ready, millis);
    } else {
      selector.selectNow(this::ready);
    }
    now = System.nanoTime();
  }

  private void ready(SelectionKey key) {
    var connection = (LoadConnection) key.attachment();
    now = System.nanoTime();
    try {
      if (key.isReadable() && !connection.read(in)) {
        gone(connection);
        return;
      }
    } catch (IOException e) {
      gone(connection);
      return;
    }
    write(connection);
  }

  private void write(LoadConnection connection) {
    try {
      if (connection.isOpen()) {
        connection.write();
      }
    } catch (IOException e) {
      gone(connection);
    }
  }

  /** What was in flight on it won't be answered any more. */
  private void gone(LoadConnection connection) {
    lost += connection.inFlight();
    open--;
    connection.close();
  }

  private Stream<LoadConnection> openConnections() {
    return connections.stream().filter(LoadConnection::isOpen);
  }
}
