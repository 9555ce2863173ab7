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

  private final Terminal terminal;

  TerminalScreen(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void show(View view, News news) {
    int width = Math.max(20, terminal.getSize().getColumns());
    List<Line> lines = lines(view, view.tests(), width);
    if (lines.size() > terminal.getSize().getRows() && !view.tests().isEmpty()) {
      lines = lines(view, view.testsInShort(), width);
    }
    var text = new AttributedStringBuilder();
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
  private static List<Line> lines(View view, List<Line> tests, int width) {
    var parts = new ArrayList<List<Line>>();
    parts.add(view.heading());
    parts.add(view.list() ? view.listLines() : List.of());
    parts.add(tests);
    parts.add(view.result());
    parts.add(view.hintLines());
    parts.add(view.noticeLines());
    parts.add(List.of(view.status(), new Line(View.KEYS, Look.FAINT)));
    var lines = new ArrayList<Line>();
    for (List<Line> part : parts) {
      if (!part.isEmpty()) {
        if (!lines.isEmpty()) {
          lines.add(EMPTY);
        }
        part.forEach(line -> lines.addAll(line.wrapped(width - 1)));
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
