package course.client.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.client.Durations;
import course.client.Limits;
import course.client.LineConnection;
import course.client.ServerOptions;
import course.client.Terminal;
import course.client.load.LoadPlan.Closed;
import course.client.load.LoadPlan.Open;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code load}: how much a server can do, and how long its clients wait. */
@Command(
    name = "load",
    sortOptions = false,
    description =
        "Puts load on a line-echo server and prints throughput and latency percentiles. "
            + "Closed loop (--depth): each reply lets the next message go. Open loop (--rate): "
            + "messages are sent on time, and latency counts from then, whatever the server does.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:every message was answered",
      "1:the server was not there, or there were errors",
      "2:unusable options"
    })
public final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOptions server;

  @Option(names = "--help", usageHelp = true, description = "prints this")
  boolean help;

  @Option(
      names = "--connections",
      paramLabel = "C",
      converter = Limits.Count.class,
      description = "connections at once, " + Limits.COUNT + " (default: 50, with --never-read 1)")
  private Integer connections;

  @Option(
      names = "--depth",
      paramLabel = "D",
      converter = Limits.Count.class,
      description =
          "closed loop: messages in flight on each connection, " + Limits.COUNT + " (default: 16)")
  private Integer depth;

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = Limits.Rate.class,
      description = "open loop: messages a second, over all connections, " + Limits.RATE)
  private Double rate;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      converter = Limits.Size.class,
      description =
          "of a message, its newline not counted, "
              + Limits.SIZE
              + " (default: 32, with --never-read 8,192)")
  private Integer size;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = Durations.class,
      description =
          "how long to run before measuring, " + Durations.LIMITS + " (default: ${DEFAULT-VALUE})")
  private Duration warmup;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.Positive.class,
      description =
          "how long to measure, "
              + Durations.Positive.LIMITS
              + " (default: 10s, with --never-read until Ctrl-C)")
  private Duration duration;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Durations.class,
      description =
          "longest wait for the last replies, " + Durations.LIMITS + " (default: ${DEFAULT-VALUE})")
  private Duration drain;

  @Option(names = "--json", description = "prints JSON instead of a table")
  private boolean json;

  @Option(
      names = "--hdr-log",
      paramLabel = "FILE",
      description = "writes the latencies of each second as an HdrHistogram log")
  private Path hdrLog;

  @Option(
      names = "--never-read",
      description =
          "measures nothing: sends until the socket is full, and keeps it open without reading a "
              + "reply, to see what becomes of the server's other clients")
  private boolean neverRead;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (neverRead) {
      return sendWithoutReading();
    }
    var plan = plan();
    try (var log = openLog();
        var generator = connect(plan)) {
      var latencies = new Histogram(3);
      var result = run(generator, plan, log, latencies);
      var out = command.commandLine().getOut();
      out.print(json ? result.json(latencies) + System.lineSeparator() : result.table(latencies));
      out.flush();
      if (log.checkError()) {
        throw new IOException("--hdr-log: could not write all of " + hdrLog);
      }
      if (!result.errors().none()) {
        throw new IOException("not every message was answered: " + result.errors());
      }
      return 0;
    }
  }

  private int sendWithoutReading() throws IOException {
    for (String other :
        List.of("--depth", "--rate", "--warmup", "--drain", "--json", "--hdr-log")) {
      if (command.commandLine().getParseResult().hasMatchedOption(other)) {
        throw unusable("--never-read measures nothing, so it goes without " + other);
      }
    }
    var out = command.commandLine().getOut();
    int count = connections == null ? 1 : connections;
    int bytes = size == null ? LineConnection.MAX_MESSAGE_BYTES : size;
    try (var clients =
        NeverRead.connect(server.host(), server.port(), count, bytes, out::println)) {
      out.println("sending to " + server + " without reading a reply; Ctrl-C ends it");
      return clients.run(duration) ? 0 : 1;
    } catch (IOException e) {
      throw new IOException(server.notThere(e), e);
    }
  }

  private LoadGenerator connect(LoadPlan plan) throws IOException {
    try {
      return LoadGenerator.connect(server.host(), server.port(), plan);
    } catch (IOException e) {
      throw new IOException(server.notThere(e), e);
    }
  }

  private LoadPlan plan() {
    if (depth != null && rate != null) {
      throw unusable("--depth is for a closed loop and --rate for an open one: give one of them");
    }
    var pace = rate != null ? new Open(rate) : new Closed(depth == null ? 16 : depth);
    return new LoadPlan(
        connections == null ? 50 : connections,
        pace,
        size == null ? 32 : size,
        warmup,
        duration == null ? Duration.ofSeconds(10) : duration,
        drain);
  }

  private ParameterException unusable(String why) {
    return new ParameterException(command.commandLine(), why);
  }

  /** Runs the generator on a thread of its own, and once a second looks what it has recorded. */
  private static LoadResult run(
      LoadGenerator generator, LoadPlan plan, PrintStream log, Histogram latencies)
      throws IOException, InterruptedException {
    var logWriter = new HistogramLogWriter(log);
    long now = System.currentTimeMillis();
    logWriter.outputLogFormatVersion();
    logWriter.outputStartTime(now);
    logWriter.setBaseTime(now);
    logWriter.outputLegend();
    var running = new FutureTask<>(generator::run);
    try (var progress = progressBar(plan)) {
      // A daemon, so that it does not hold up the end of the program.
      Thread.ofPlatform().daemon().name("load").start(running);
      while (true) {
        boolean ended = await(running);
        var interval = generator.latencies().getIntervalHistogram();
        latencies.add(interval);
        logWriter.outputIntervalHistogram(interval);
        if (progress != null) {
          progress.stepTo(ended ? progress.getMax() : progress.getCurrent() + 1);
        }
        if (ended) {
          return running.resultNow();
        }
      }
    }
  }

  /** Waits a second, or until it has ended if that is sooner. */
  private static boolean await(FutureTask<LoadResult> running)
      throws IOException, InterruptedException {
    try {
      running.get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("the load generator failed: " + e.getCause(), e);
    }
  }

  /** Opened before the run, so that a file that can't be written costs no one a minute. */
  private PrintStream openLog() {
    if (hdrLog == null) {
      return new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    }
    try {
      return new PrintStream(Files.newOutputStream(hdrLog), false, UTF_8);
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(), "--hdr-log: can't write " + e.getMessage(), e);
    }
  }

  /** A bar for someone who looks on, or null where the output goes to a file or another program. */
  private static ProgressBar progressBar(LoadPlan plan) {
    if (!Terminal.isThere()) {
      return null;
    }
    return new ProgressBarBuilder()
        .setTaskName("load")
        .setUnit(" s", 1)
        .setInitialMax(plan.warmup().plus(plan.duration()).toSeconds())
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }
}
