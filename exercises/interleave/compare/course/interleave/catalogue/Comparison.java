package course.interleave.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Gives every sample, broken and correct, to every tool, each time in a JVM of its own, two of them
 * at a time: {@code --only TEXT} for those with that in their name, {@code --limit SECONDS} for how
 * long each may take, {@code --minutes N} for after how long no further sample begins, {@code
 * --lincheck-runs N} for how many runs Lincheck makes of each. With {@code --write} the tables go
 * into MEASURED.md. What a tool said is in {@code target/comparison}.
 */
public final class Comparison {
  private static final Path LOGS = Path.of("target", "comparison").toAbsolutePath();

  /** So short a run is over before the JVM's thorough compiler has paid for itself. */
  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private Comparison() {}

  private enum Verdict {
    ALARM,
    PASSED,
    NO_ANSWER,
    BROKE_DOWN;

    /** Returns what it means, for code that has a bug and for code that has none. */
    String of(boolean broken) {
      return switch (this) {
        case ALARM -> broken ? "found" : "false alarm";
        case PASSED -> broken ? "missed" : "passed";
        case NO_ANSWER -> "no answer";
        case BROKE_DOWN -> "broke down";
      };
    }
  }

  private record Result(Verdict verdict, double seconds) {}

  private record Pair(Result broken, Result fixed) {
    /** Returns what a table's cell says; nothing if all went well. */
    String text() {
      String bug = broken.verdict.of(true);
      return fixed.verdict == Verdict.PASSED
          ? bug
          : bug + "; correct twin: " + fixed.verdict.of(false);
    }
  }

  /** Compares, and prints what came out. */
  public static void main(String[] args) throws Exception {
    Options options =
        Options.parse(
            args, List.of("--only", "--limit", "--minutes", "--lincheck-runs"), List.of("--write"));
    options.refuse("--only", "--write"); // the page shows all
    int limit = options.number("--limit", 60, 1);
    int runs = options.number("--lincheck-runs", 10_000, 1); // as without any number
    var stop = Duration.ofMinutes(options.number("--minutes", 24 * 60, 1));
    double load = Page.load();
    long began = System.nanoTime();
    var samples = new ArrayList<>(Catalogue.SAMPLES);
    samples.removeIf(sample -> !sample.name().contains(options.text("--only")));
    // Mixed, so that a comparison that was stopped has seen bugs of all kinds.
    var mixed = new ArrayList<>(samples);
    Collections.shuffle(mixed, new Random(1));
    var results = new TreeMap<Sample, Map<Tool, Pair>>(Comparator.comparingInt(samples::indexOf));
    try (var executor = Executors.newFixedThreadPool(2)) {
      for (Sample sample : mixed) {
        if (System.nanoTime() - began < stop.toNanos()) {
          results.put(sample, pairs(executor, sample, limit, runs));
          System.out.println(row(sample, results.get(sample)));
        }
      }
    }
    List<String> page = page(results, limit, runs, load);
    page.forEach(System.out::println);
    if (options.has("--write")) {
      Page.MEASURED.write("comparison", page);
      Page.README.write("comparison", List.of(Table.in(page).getFirst().comparison()));
    }
  }

  private static Map<Tool, Pair> pairs(ExecutorService executor, Sample sample, int limit, int runs)
      throws ExecutionException, InterruptedException {
    var pairs = new EnumMap<Tool, Pair>(Tool.class);
    for (Tool tool : Tool.values()) {
      Future<Result> broken = executor.submit(() -> run(tool, sample, true, limit, runs));
      Future<Result> fixed = executor.submit(() -> run(tool, sample, false, limit, runs));
      pairs.put(tool, new Pair(broken.get(), fixed.get()));
    }
    return pairs;
  }

  private static Result run(Tool tool, Sample sample, boolean broken, int limit, int runs)
      throws IOException, InterruptedException {
    String name = tool.name() + "-" + sample.name().replace(' ', '-') + (broken ? "" : "-correct");
    Path folder = Files.createDirectories(LOGS.resolve(name));
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(QUICK);
    command.addAll(tool.install(folder));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Trial.class.getName()));
    command.addAll(
        List.of(tool.name(), sample.name(), String.valueOf(broken), String.valueOf(runs)));
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    // If the comparison is ended, so is what it has started.
    var ending = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      boolean ended = process.waitFor(limit, TimeUnit.SECONDS);
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Result(ended ? verdict(process.exitValue()) : Verdict.NO_ANSWER, seconds);
    } finally {
      process.destroyForcibly().waitFor();
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }

  private static Verdict verdict(int status) {
    return switch (status) {
      case Trial.PASSED -> Verdict.PASSED;
      case Trial.FOUND -> Verdict.ALARM;
      default -> Verdict.BROKE_DOWN;
    };
  }

  private static String row(Sample sample, Map<Tool, Pair> pairs) {
    var cells = new ArrayList<String>();
    cells.add(sample.name());
    pairs.values().forEach(pair -> cells.add(pair.text()));
    return Page.row(cells);
  }

  private static List<String> page(
      Map<Sample, Map<Tool, Pair>> results, int limit, int runs, double load) {
    var lines = new ArrayList<String>();
    lines.add(
        "%d of the %d bugs and their correct twins, once each, %d runs by Lincheck; no answer: none"
                .formatted(results.size(), Catalogue.SAMPLES.size(), runs)
            + " in %d s, or the tool broke down.".formatted(limit));
    lines.add(Page.machine(load));
    lines.add("");
    lines.addAll(
        Page.head(
            List.of(
                "tool",
                "found",
                "missed",
                "no answer",
                "false alarms",
                "no answer on correct code",
                "median",
                "longest")));
    for (Tool tool : Tool.values()) {
      lines.add(summary(tool, results.values().stream().map(pairs -> pairs.get(tool)).toList()));
    }
    lines.addAll(List.of("", "All that not every tool got right:", ""));
    var titles = new ArrayList<>(List.of("bug"));
    for (Tool tool : Tool.values()) {
      titles.add(tool.toString());
    }
    lines.addAll(Page.head(titles));
    results.forEach((sample, pairs) -> {
      if (!pairs.values().stream().allMatch(pair -> pair.text().equals("found"))) {
        lines.add(row(sample, pairs));
      }
    });
    return lines;
  }

  private static String summary(Tool tool, List<Pair> pairs) {
    List<Verdict> broken = pairs.stream().map(pair -> pair.broken.verdict).toList();
    List<Verdict> fixed = pairs.stream().map(pair -> pair.fixed.verdict).toList();
    var seconds = new ArrayList<Double>();
    for (Pair pair : pairs) {
      seconds.add(pair.broken.seconds);
      seconds.add(pair.fixed.seconds);
    }
    seconds.sort(null);
    return Page.row(
        List.of(
            tool,
            count(broken, Verdict.ALARM) + " of " + pairs.size(),
            count(broken, Verdict.PASSED),
            count(broken, Verdict.NO_ANSWER) + count(broken, Verdict.BROKE_DOWN),
            count(fixed, Verdict.ALARM) + " of " + pairs.size(),
            count(fixed, Verdict.NO_ANSWER) + count(fixed, Verdict.BROKE_DOWN),
            Catalogue.seconds(seconds.get(seconds.size() / 2)),
            Catalogue.seconds(seconds.getLast())));
  }

  private static long count(List<Verdict> verdicts, Verdict verdict) {
    return verdicts.stream().filter(verdict::equals).count();
  }
}
