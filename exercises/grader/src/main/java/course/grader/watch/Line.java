package course.grader.watch;

import course.grader.model.PlainText;
import java.util.ArrayList;
import java.util.List;

/** A line of what is shown. */
record Line(String text, Look look) {
  enum Look {
    PLAIN,
    GOOD,
    BAD,
    HEADING,
    FAINT
  }

  /** Splits a text into lines; what a student's code printed must not steer the terminal. */
  static List<Line> of(String text, Look look) {
    return PlainText.lines(text)
        .replace("\t", "    ")
        .lines()
        .map(line -> new Line(line, look))
        .toList();
  }

  /** Leaves out what is too much for one line. */
  Line cut(int width) {
    return text.length() <= width ? this : new Line(text.substring(0, width - 1) + ">", look);
  }

  /** Cuts the line between words where it is too long; what follows keeps its indentation. */
  List<Line> wrapped(int width) {
    int indent = 0;
    while (indent < text.length() && text.charAt(indent) == ' ') {
      indent++;
    }
    indent = Math.min(indent, width / 2);
    var lines = new ArrayList<Line>();
    String rest = text;
    while (rest.length() > width) {
      int cut = rest.lastIndexOf(' ', width);
      if (cut <= indent) {
        cut = width;
      }
      lines.add(new Line(rest.substring(0, cut), look));
      rest = " ".repeat(indent) + rest.substring(cut).strip();
    }
    lines.add(new Line(rest, look));
    return lines;
  }
}
