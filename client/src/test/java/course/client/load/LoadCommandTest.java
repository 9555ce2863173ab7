package course.client.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import course.client.CommandLineRun;
import course.client.EchoServer;
import course.client.LineReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LoadCommandTest {
  private static final String CLOSED = "--connections 5 --depth 8 --warmup 0ms --duration 200ms";
  private static final String OPEN = "--connections 3 --rate 1000 --warmup 100ms --duration 200ms";

  @TempDir Path folder;

  @Test
  void a_closed_loop_against_a_right_server_has_no_errors() throws IOException {
    try (var server = EchoServer.start()) {
      var run = load(server, CLOSED + " --json");
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      var result = json(run);
      assertThat(result.get("answered").asLong()).isPositive();
      assertThat(result.get("messagesPerSecond").asDouble()).isPositive();
      assertThat(result.get("latencyMicros").propertyNames())
          .containsExactly("p50", "p90", "p99", "p99.9", "max");
      assertThat(errors(run)).containsOnly(0);
    }
  }

  @Test
  void the_table_has_throughput_percentiles_and_errors() throws IOException {
    try (var server = EchoServer.start()) {
      assertThat(String.join("\n", load(server, CLOSED).out()))
          .contains("5 connections x 8", "messages/s", "p50", "p99.9", "max", "errors")
          .endsWith("none");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 32, 8192})
  void every_message_has_the_size_that_was_asked_for_and_none_comes_twice(int size)
      throws IOException {
    var messages = new ConcurrentLinkedQueue<String>();
    try (var server = recording(messages)) {
      var run = load(server, OPEN + " --connections 1 --size " + size);
      assertThat(run.err()).isEmpty();
    }
    assertThat(messages).hasSize(300).doesNotHaveDuplicates().allMatch(m -> m.length() == size);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 1000}) // a thousand are more than fit into a connection's buffer
  void a_closed_loop_has_as_many_messages_in_flight_as_its_depth(int depth) throws IOException {
    var most = new AtomicInteger();
    try (var server =
        EchoServer.start(socket -> { // answers one for each that comes, but is depth - 1 behind
          var waiting = new ArrayDeque<byte[]>();
          var reader = new LineReader(socket.getInputStream(), 100);
          for (var m = reader.read(); m.isPresent(); m = reader.read()) {
            waiting.add(m.get());
            most.accumulateAndGet(waiting.size(), Math::max);
            if (waiting.size() == depth) {
              EchoServer.answer(waiting.remove(), socket.getOutputStream());
            }
          }
        })) {
      var run =
          load(
              server,
              "--connections 1 --warmup 0ms --duration 1s --drain 1ms --json --depth " + depth);
      assertThat(json(run).get("answered").asLong())
          .as("with fewer than %d in flight this server would answer nothing", depth)
          .isPositive();
      assertThat(json(run).get("errors").get("unanswered").asInt())
          .as("all but one, and that one may be on its way")
          .isBetween(depth - 1, depth);
      assertThat(most).hasValue(depth);
    }
  }

  @Test
  void replies_may_come_in_any_order_and_with_another_line_ending() throws IOException {
    try (var server =
        EchoServer.start(socket -> {
          var in = socket.getInputStream();
          var reader = new LineReader(in, 100);
          var batch = new ArrayList<byte[]>();
          for (var m = reader.read(); m.isPresent(); m = reader.read()) {
            batch.add(m.get());
            if (batch.size() < 8 && in.available() > 0) {
              continue;
            }
            Collections.reverse(batch);
            for (var message : batch) {
              socket.getOutputStream().write(message);
              socket.getOutputStream().write("\r\n".getBytes(ISO_8859_1));
            }
            batch.clear();
          }
        })) {
      // The reader may hold messages that `available` does not see, so some can stay unanswered.
      var run = load(server, CLOSED + " --json --drain 1ms");
      assertThat(json(run).get("answered").asLong()).isPositive();
      assertThat(json(run).get("errors").get("wrong").asLong()).isZero();
    }
  }

  @Test
  void big_messages_that_tcp_cuts_anywhere_are_put_together() throws IOException {
    try (var server = EchoServer.start()) {
      var run = load(server, CLOSED + " --depth 100 --size 8192 --drain 30s");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void an_open_loop_sends_what_is_due_no_more_and_no_less() throws IOException {
    var messages = new ConcurrentLinkedQueue<String>();
    try (var server = recording(messages)) {
      assertThat(load(server, OPEN).status()).isZero();
    }
    assertThat(messages).as("1000 a second for 0.3 s").hasSize(300);
  }

  @Test
  void the_log_has_the_latencies_of_what_was_measured_and_not_of_the_warm_up() throws IOException {
    var file = folder.resolve("load.hlog");
    try (var server = EchoServer.start()) {
      assertThat(load(server, OPEN + " --hdr-log " + file).status()).isZero();
    }
    assertThat(total(file)).as("1000 a second for 0.2 s, after 0.1 s of warm-up").isEqualTo(200);
  }

  @Test
  void in_an_open_loop_a_stall_counts_for_all_who_would_have_come_meanwhile() throws IOException {
    try (var server =
        EchoServer.start(socket -> {
          var in = socket.getInputStream();
          var first = in.readNBytes(1); // so the clock below starts after the client's
          long until = System.nanoTime() + 500_000_000;
          while (System.nanoTime() < until) { // a stall of 0.5 s: it reads nothing
            LockSupport.parkNanos(until - System.nanoTime());
          }
          socket.getOutputStream().write(first);
          in.transferTo(socket.getOutputStream());
        })) {
      var run =
          load(
              server,
              "--connections 1 --rate 10000 --size 8192 --warmup 0ms --duration 600ms --drain 30s"
                  + " --json");
      assertThat(run.err()).isEmpty();
      assertThat(json(run).get("latencyMicros").get("p50").asDouble())
          .as(
              "4000 of the 6000 messages are due more than 100 ms before the stall ends; most can't"
                  + " even be sent before that, and yet they wait")
          .isGreaterThan(100_000);
    }
  }

  @Test
  void altered_replies_are_wrong() throws IOException {
    try (var server =
        EchoServer.replying((message, out) -> {
          message[message.length - 1] = '!';
          EchoServer.answer(message, out);
        })) {
      assertFails(load(server, OPEN + " --drain 10ms"), "[1-9]\\d* wrong, 300 unanswered");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no id", "00000000000", "ffffffffffffxxxxxxxxxxxxxxxxxxxx"})
  void replies_to_nothing_that_was_sent_are_wrong(String reply) throws IOException {
    try (var server =
        EchoServer.replying((_, out) -> EchoServer.answer(reply.getBytes(ISO_8859_1), out))) {
      assertFails(load(server, OPEN + " --drain 10ms"), "[1-9]\\d* wrong, 300 unanswered");
    }
  }

  @Test
  void second_replies_are_wrong() throws IOException {
    try (var server =
        EchoServer.replying((message, out) -> {
          var line = new String(message, ISO_8859_1) + "\n";
          out.write((line + line).getBytes(ISO_8859_1));
        })) {
      var run = load(server, OPEN);
      assertThat(run.status()).isOne();
      assertThat(run.err()).singleElement().asString().contains(" wrong, 0 unanswered");
    }
  }

  @Test
  void a_silent_server_does_not_hold_the_run() throws IOException {
    try (var server = EchoServer.replying((_, _) -> {})) {
      assertFails(load(server, CLOSED + " --drain 10ms"), "0 wrong, 40 unanswered");
    }
  }

  @Test
  void a_server_that_does_not_even_read_does_not_hold_the_run() throws IOException {
    try (var listening = new ServerSocket(0)) { // its backlog takes the connections
      var run =
          CommandLineRun.of(
              words(
                  "load --connections 1 --rate 100000 --size 8192 --warmup 0ms --duration 200ms"
                      + " --drain 10ms --port "
                      + listening.getLocalPort()));
      assertThat(run.status()).isOne();
      assertThat(run.err()).singleElement().asString().matches(".* [1-9]\\d* not sent");
    }
  }

  @Test
  void a_reply_without_end_does_not_hold_the_run() throws IOException {
    try (var server =
        EchoServer.start(socket -> {
          var much = new byte[100_000];
          Arrays.fill(much, (byte) 'x');
          while (true) {
            socket.getOutputStream().write(much);
          }
        })) {
      assertFails(load(server, CLOSED + " --drain 10ms"), "0 wrong, 40 unanswered");
    }
  }

  @Test
  void a_server_that_goes_away_ends_the_run_and_what_was_in_flight_is_lost() throws IOException {
    try (var server =
        EchoServer.start(socket -> {
          var reader = new LineReader(socket.getInputStream(), 100);
          for (int i = 0; i < 4; i++) {
            reader.read();
          }
          EchoServer.reset(socket);
        })) {
      assertFails(load(server, CLOSED + " --duration 60m"), "40 lost, 0 wrong, 0 unanswered");
    }
  }

  @Test
  void one_connection_that_ends_does_not_end_the_others() throws IOException {
    var connections = new AtomicInteger();
    try (var server =
        EchoServer.start(socket -> {
          if (connections.incrementAndGet() == 1) {
            socket.getInputStream().readNBytes(1); // or the reset could end the connect
            EchoServer.reset(socket);
          }
          EchoServer.echo(socket);
        })) {
      var run = load(server, CLOSED + " --json");
      assertThat(run.status()).isOne();
      assertThat(json(run).get("answered").asLong()).isPositive();
      assertThat(errors(run)).containsExactly(8, 0, 0, 0);
    }
  }

  @Test
  void a_server_that_is_not_there_is_one_line() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var run = CommandLineRun.of("load", "--port", "" + port);
    assertThat(run.status()).isOne();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).singleElement().asString().startsWith("no server at 127.0.0.1:" + port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--connections 0",
        "--depth 0",
        "--depth 10001",
        "--depth 1 --rate 1",
        "--rate 0",
        "--rate NaN",
        "--rate 10000001",
        "--rate -5",
        "--size 4",
        "--size 8193",
        "--duration 0ms",
        "--warmup 1",
        "--port 0",
        "--hdr-log no/such/folder/file",
        "--nonsense"
      })
  void unusable_options_are_one_line_and_status_2(String args) {
    var run = CommandLineRun.of(words("load " + args));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).singleElement().asString().contains(words(args)[0]);
  }

  private static void assertFails(CommandLineRun run, String errors) {
    assertThat(run.status()).isOne();
    assertThat(run.err())
        .singleElement()
        .asString()
        .matches("not every message was answered: .*" + errors + ".*");
  }

  private static CommandLineRun load(EchoServer server, String args) {
    return CommandLineRun.of(words("load --port " + server.port() + " " + args));
  }

  /** Options given twice count as given last, so that a test can say only what is special to it. */
  private static String[] words(String args) {
    var words = new ArrayList<>(List.of(args.split(" ", -1)));
    for (int i = 0; i < words.size(); i++) {
      int last = words.lastIndexOf(words.get(i));
      if (words.get(i).startsWith("--") && last > i) {
        words.subList(i, i + 2).clear();
        i--;
      }
    }
    return words.toArray(String[]::new);
  }

  private static EchoServer recording(Queue<String> messages) throws IOException {
    return EchoServer.replying((message, out) -> {
      messages.add(new String(message, ISO_8859_1));
      EchoServer.answer(message, out);
    });
  }

  private static JsonNode json(CommandLineRun run) {
    return JsonMapper.builder().build().readTree(String.join("\n", run.out()));
  }

  private static List<Integer> errors(CommandLineRun run) {
    return json(run).get("errors").values().stream().map(JsonNode::asInt).toList();
  }

  private static long total(Path file) throws FileNotFoundException {
    long total = 0;
    try (var log = new HistogramLogReader(file.toFile())) {
      while (log.nextIntervalHistogram() instanceof Histogram interval) {
        total += interval.getTotalCount();
      }
    }
    return total;
  }
}
