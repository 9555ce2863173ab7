package course.interleave.catalogue;

import course.interleave.InterleavingError;
import course.interleave.Interleavings;
import course.interleave.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How often a bug is found that needs many switches from one thread to the other. */
final class Switches {
  private static final int SEEDS = 20;
  private static final List<Integer> RANDOM_ORDERS = List.of(100, 300, 1_000, 3_000);
  private static final List<Integer> SWITCHES = List.of(1, 2, 3, 4, 5, 6, 7, 9);

  private Switches() {}

  /** Two threads take the steps in turn; who comes too early or too late passes its step by. */
  static class Steps {
    private int step;

    void odd() {
      if (step == 0) step = 1;
      if (step == 2) step = 3;
      if (step == 4) step = 5;
      if (step == 6) step = 7;
      if (step == 8) step = 9;
    }

    void even() {
      if (step == 1) step = 2;
      if (step == 3) step = 4;
      if (step == 5) step = 6;
      if (step == 7) step = 8;
      if (step == 9) step = 10;
    }

    int reached() {
      return step;
    }
  }

  /** Measures, prints each row of the table, and writes it into MEASURED.md. */
  static void write(PrintStream out) throws IOException {
    double load = Page.load();
    var titles =
        Stream.concat(
                Stream.of("switches"), RANDOM_ORDERS.stream().map("`randomOrders(%d)`"::formatted))
            .toList();
    var table = new ArrayList<>(Page.head(titles));
    table.forEach(out::println);
    for (int switches : SWITCHES) {
      var cells = new ArrayList<Object>(List.of(switches));
      RANDOM_ORDERS.forEach(orders -> cells.add(found(switches, orders)));
      table.add(Page.row(cells));
      out.println(table.getLast());
    }
    table.addAll(0, List.of(Page.machine(load), ""));
    Page.MEASURED.write("switches", table);
  }

  /** Returns how many seeds find an order in which the threads switch so often. */
  private static long found(int switches, int orders) {
    return IntStream.rangeClosed(1, SEEDS)
        .mapToObj(seed ->
            Interleavings.of(Steps.class)
                .seed(seed)
                .randomOrders(orders)
                .timeLimit(Duration.ofMinutes(2)))
        .filter(interleavings -> finds(interleavings, switches))
        .count();
  }

  private static boolean finds(Interleavings interleavings, int switches) {
    try {
      interleavings.explore(run -> {
        if (lastStep(run) > switches) {
          throw new AssertionError("the threads have switched so often");
        }
      });
      return false;
    } catch (InterleavingError e) {
      return true;
    }
  }

  private static int lastStep(Run run) throws InterruptedException {
    var steps = new Steps();
    run.thread("a", steps::odd);
    run.thread("b", steps::even);
    run.join();
    return steps.reached();
  }
}
