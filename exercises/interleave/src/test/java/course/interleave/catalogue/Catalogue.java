package course.interleave.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 * name. {@code --replays N} runs each order that fails so often again, and counts in how many the
 * report is the same, word for word. With {@code --write} the table goes into MEASURED.md. With
 * {@code --gallery} alone it writes {@link Gallery} anew instead, with {@code --switches} what
 * {@link Switches} measures.
 */
public final class Catalogue {
  static final List<Sample> SAMPLES =
      Stream.of(
              Counting.samples(),
              Checking.samples(),
              Collecting.samples(),
              Composing.samples(),
              Copying.samples(),
              Publishing.samples(),
              Waiting.samples(),
              Guarding.samples(),
              Completing.samples(),
              Waking.samples(),
              Locking.samples(),
              Holding.samples(),
              Pooling.samples(),
              Consuming.samples(),
              Sizing.samples(),
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
            List.of("--rounds", "--busy-rounds", "--replays", "--only"),
            List.of("--write", "--gallery", "--switches"));
    options.refuse("--only", "--write"); // the page shows all
    for (String other : List.of("--rounds", "--busy-rounds", "--replays", "--only", "--write")) {
      options.refuse("--gallery", other);
      options.refuse("--switches", other);
    }
    options.refuse("--gallery", "--switches");
    int rounds = options.number("--rounds", 1, 1);
    int busyRounds = options.number("--busy-rounds", 0, 0);
    int replays = options.number("--replays", 0, 0);
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
    List<String> table = new ArrayList<>(Page.head(titles(busyRounds, replays)));
    table.forEach(out::println);
    for (Sample sample : SAMPLES) {
      if (sample.name().contains(options.text("--only"))) {
        var cells = new ArrayList<String>();
        cells.add(sample.name());
        cells.addAll(cells(sample, rounds, replays));
        if (busyRounds > 0) {
          var busy = new BusyCores();
          cells.addAll(cells(sample, busyRounds, replays));
          busy.end();
        }
        table.add(Page.row(cells));
        out.println(table.getLast());
      }
    }
    if (options.has("--write")) {
      table.addAll(0, List.of(Page.machine(load), ""));
      table.addAll(0, summary(rounds, busyRounds, replays));
      Page.MEASURED.write("catalogue", table);
      Page.README.write("catalogue", Table.in(table).getFirst().catalogue());
    }
    System.exit(0); // whatever threads the bugs have left
  }

  private static List<String> titles(int busyRounds, int replays) {
    var titles = new ArrayList<>(List.of("bug"));
    for (String when : busyRounds > 0 ? List.of("", ", busy") : List.of("")) {
      titles.add("found" + when);
      if (replays > 0) {
        titles.add("replays" + when);
      }
      titles.addAll(List.of("false alarms" + when, "median" + when, "longest" + when));
    }
    return titles;
  }

  private static List<String> summary(int rounds, int busyRounds, int replays) {
    String busy =
        busyRounds == 0 ? "" : ", and " + busyRounds + " with every core kept busy as well";
    var lines = new ArrayList<>(List.of(rounds + " rounds each" + busy + "."));
    if (replays > 0) {
      lines.add(
          "Each order that failed was replayed %d times; counted is how often its report was the same."
              .formatted(replays));
    }
    return lines;
  }

  private static List<String> cells(Sample sample, int rounds, int replays) {
    var broken = new Rounds(sample.interleavings(), sample.broken(), rounds);
    var fixed = new Rounds(sample.interleavings(), sample.fixed(), rounds);
    var cells = new ArrayList<String>();
    cells.add(broken.failures().size() + " of " + rounds);
    if (replays > 0) {
      cells.add(
          broken.replaysTheSame(sample, replays) + " of " + broken.failures().size() * replays);
    }
    String alarm =
        fixed.failures().isEmpty()
            ? ""
            : " `" + fixed.failures().getLast().report().getFirst() + "`";
    cells.add(fixed.failures().size() + " of " + rounds + alarm);
    cells.add(seconds((broken.median() + fixed.median()) / 2));
    cells.add(seconds(Math.max(broken.longest(), fixed.longest())));
    return cells;
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
