package course.grader.watch;

import course.grader.watch.Line.Look;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/** Draws everything anew, as wide as the terminal is. */
final class TerminalScreen implements Screen {
  private static final Line EMPTY = new Line("", Look.PLAIN);
  private static final Line KEYS = new Line(View.KEYS, Look.FAINT);

  private final Terminal terminal;

  TerminalScreen(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void show(View view, News news) {
    int width = Math.max(20, terminal.getSize().getColumns()) - 1;
    int rows = terminal.getSize().getRows();
    var text = new AttributedStringBuilder();
    List<Line> lines = view.list() ? list(view, width, rows) : all(view, width, rows);
    for (int i = 0; i < lines.size(); i++) {
      text.styled(style(lines.get(i).look()), lines.get(i).text());
      if (i < lines.size() - 1) {
        text.append('\n');
      }
    }
    terminal.puts(Capability.clear_screen);
    terminal.writer().print(text.toAnsi(terminal).replace("\n", "\r\n"));
    terminal.flush();
  }

  /** Returns what is shown, from top to bottom; the keys come last: that line is always seen. */
  private static List<Line> all(View view, int width, int rows) {
    List<Line> lines = all(view, view.tests(), width);
    return lines.size() > rows && !view.tests().isEmpty()
        ? all(view, view.testsInShort(), width)
        : lines;
  }

  private static List<Line> all(View view, List<Line> tests, int width) {
    return parts(
        width,
        view.heading(),
        tests,
        view.result(),
        view.adviceLines(),
        view.hintLines(),
        view.warningLines(),
        view.noticeLines(),
        List.of(view.status(), KEYS));
  }

  /** The list alone, and so much of it that the exercise that is watched is on the screen. */
  private static List<Line> list(View view, int width, int rows) {
    List<Line> list = view.listLines();
    List<Line> below =
        parts(
            width,
            view.warningLines(),
            view.noticeLines(),
            List.of(View.TO_AN_EXERCISE, view.status(), KEYS));
    int room = Math.max(1, rows - below.size() - 1);
    int first = Math.clamp(view.current() - room / 2, 0, Math.max(0, list.size() - room));
    var lines = new ArrayList<Line>();
    list.stream().skip(first).limit(room).map(line -> line.cut(width)).forEach(lines::add);
    if (room > 1) {
      lines.add(EMPTY);
    }
    lines.addAll(below);
    return lines;
  }

  @SafeVarargs
  private static List<Line> parts(int width, List<Line>... parts) {
    var lines = new ArrayList<Line>();
    for (List<Line> part : parts) {
      if (!part.isEmpty()) {
        if (!lines.isEmpty()) {
          lines.add(EMPTY);
        }
        part.forEach(line -> lines.addAll(line.wrapped(width)));
      }
    }
    return lines;
  }

  private static AttributedStyle style(Look look) {
    return switch (look) {
      case PLAIN -> AttributedStyle.DEFAULT;
      case GOOD -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      case BAD -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
      case HEADING -> AttributedStyle.BOLD;
      case FAINT -> AttributedStyle.DEFAULT.faint();
    };
  }
}
