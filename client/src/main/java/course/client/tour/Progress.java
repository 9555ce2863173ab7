package course.client.tour;

import course.client.Terminal;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * How far the tour is: a bar where someone watches a terminal, a line for each lesson elsewhere.
 */
interface Progress extends AutoCloseable {
  void begin(String lesson);

  void step();

  @Override
  void close();

  static Progress of(int steps, PrintWriter out) {
    return Terminal.isThere() ? new Bar(steps) : new PlainLines(out);
  }

  /** For a file, or another program. */
  record PlainLines(PrintWriter out) implements Progress {
    @Override
    public void begin(String lesson) {
      out.println(lesson + " …");
      out.flush();
    }

    @Override
    public void step() {}

    @Override
    public void close() {}
  }

  /** For a person. */
  final class Bar implements Progress {
    private final ProgressBar bar;

    Bar(int steps) {
      bar = new ProgressBarBuilder().setTaskName("tour").setInitialMax(steps).build();
    }

    @Override
    public void begin(String lesson) {
      bar.setExtraMessage(lesson);
    }

    @Override
    public void step() {
      bar.step();
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
