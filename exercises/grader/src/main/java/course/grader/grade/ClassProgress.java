package course.grader.grade;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a class is: a bar on a terminal, else a line now and then. Thread-safe.
 *
 * <p>It says how long it may take still: as long for each as it took until now.
 */
final class ClassProgress implements AutoCloseable {
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10); // from one to the next

  private final int all;
  private final PrintWriter lines;
  private final ProgressBar bar; // null if there is no terminal
  private final long start = System.nanoTime();
  private int done; // guarded by this
  private long told = start; // guarded by this

  /**
   * @param all how many submissions there are
   * @param terminal whether standard error is one
   */
  ClassProgress(int all, PrintWriter lines, boolean terminal) {
    this.all = all;
    this.lines = lines;
    bar =
        terminal
            ? new ProgressBarBuilder()
                .setInitialMax(all)
                .setTaskName("graded")
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()
            : null;
  }

  /** One more is done. */
  synchronized void step() {
    done++;
    if (bar != null) {
      bar.step();
    } else if (System.nanoTime() - told >= LINE_NANOS && done < all) {
      told = System.nanoTime();
      lines.println("%d of %d, %s".formatted(done, all, left(told - start)));
      lines.flush();
    }
  }

  /** Returns how long the rest takes, about. */
  private String left(long nanos) {
    Duration left = Duration.ofNanos(nanos / done * (all - done));
    return left.toSeconds() < 90
        ? "about %d s".formatted(Math.max(1, left.toSeconds()))
        : "about %d min".formatted(left.plusSeconds(30).toMinutes());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
