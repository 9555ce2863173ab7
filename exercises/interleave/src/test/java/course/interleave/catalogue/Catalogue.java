package course.interleave.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.interleave.InterleavingError;
import course.interleave.Interleavings;
import course.interleave.Scenario;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * All samples, and a program that explores each many times: {@code --rounds N} as the machine is,
 * {@code --busy-rounds N} with every core kept busy, of all that have {@code --only TEXT} in their
 * name. With {@code --write} the table goes into MEASURED.md. With {@code --gallery} alone it
 * writes {@link Gallery} anew instead, with {@code --switches} what {@link Switches} measures.
 */
public final class Catalogue {
  static final List<Sample> SAMPLES =
      Stream.of(
              Counting.samples(),
              Collecting.samples(),
              Copying.samples(),
              Publishing.samples(),
              Waiting.samples(),
              Waking.samples(),
              Locking.samples(),
              Pooling.samples(),
              Forking.samples(),
              Connecting.samples())
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** Explores all, and prints a table row for each. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options =
        Options.parse(
            args,
            List.of("--rounds", "--busy-rounds", "--only"),
            List.of("--write", "--gallery", "--switches"));
    options.refuse("--only", "--write"); // the page shows all
    for (String other : List.of("--rounds", "--busy-rounds", "--only", "--write")) {
      options.refuse("--gallery", other);
      options.refuse("--switches", other);
    }
    options.refuse("--gallery", "--switches");
    int rounds = options.number("--rounds", 1, 1);
    int busyRounds = options.number("--busy-rounds", 0, 0);
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    if (options.has("--gallery")) {
      Gallery.write();
      System.exit(0); // whatever threads the bugs have left
    }
    if (options.has("--switches")) {
      Switches.write(out);
      System.exit(0);
    }
    double load = Page.load();
    List<String> table = new ArrayList<>(Page.head(titles(busyRounds)));
    table.forEach(out::println);
    for (Sample sample : SAMPLES) {
      if (sample.name().contains(options.text("--only"))) {
        var cells = new ArrayList<String>();
        cells.add(sample.name());
        cells.addAll(cells(sample, rounds));
        if (busyRounds > 0) {
          var busy = new BusyCores();
          cells.addAll(cells(sample, busyRounds));
          busy.end();
        }
        table.add(Page.row(cells));
        out.println(table.getLast());
      }
    }
    if (options.has("--write")) {
      table.addAll(0, List.of(summary(rounds, busyRounds), Page.machine(load), ""));
      Page.MEASURED.write("catalogue", table);
      Page.README.write("catalogue", List.of(Table.in(table).getFirst().catalogue()));
    }
    System.exit(0); // whatever threads the bugs have left
  }

  private static List<String> titles(int busyRounds) {
    var titles = new ArrayList<>(List.of("bug", "found", "false alarms", "median", "longest"));
    if (busyRounds > 0) {
      titles.addAll(List.of("found, busy", "false alarms, busy", "median, busy", "longest, busy"));
    }
    return titles;
  }

  private static String summary(int rounds, int busyRounds) {
    return "%d rounds each%s."
        .formatted(
            rounds,
            busyRounds == 0 ? "" : ", and " + busyRounds + " with every core kept busy as well");
  }

  private static List<String> cells(Sample sample, int rounds) {
    var broken = new Rounds(sample.interleavings(), sample.broken(), rounds);
    var fixed = new Rounds(sample.interleavings(), sample.fixed(), rounds);
    String alarm =
        fixed.failures == 0 ? "" : " `" + fixed.last.lines().findFirst().orElse("") + "`";
    return List.of(
        broken.failures + " of " + rounds,
        fixed.failures + " of " + rounds + alarm,
        seconds((broken.median() + fixed.median()) / 2),
        seconds(Math.max(broken.longest(), fixed.longest())));
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }

  private static final class Rounds {
    private final List<Double> seconds = new ArrayList<>();
    private int failures;
    private String last;

    Rounds(Interleavings interleavings, Scenario scenario, int rounds) {
      for (int i = 0; i < rounds; i++) {
        long began = System.nanoTime();
        try {
          interleavings.explore(scenario);
        } catch (InterleavingError e) {
          failures++;
          last = e.getMessage();
        }
        seconds.add((System.nanoTime() - began) / 1e9);
      }
      seconds.sort(null);
    }

    double median() {
      return seconds.get(seconds.size() / 2);
    }

    double longest() {
      return seconds.getLast();
    }
  }

  /** A thread for each core that does nothing, all the time, until it is ended. */
  private static final class BusyCores {
    private final List<Thread> threads = new ArrayList<>();

    BusyCores() {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        threads.add(Thread.ofPlatform().daemon().name("busy").start(BusyCores::spin));
      }
    }

    private static void spin() {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
    }

    void end() throws InterruptedException {
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
