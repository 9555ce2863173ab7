package course.grader.watch;

import java.io.PrintWriter;
import java.util.List;

/** Prints what is new, line by line: for a file, a pipe, an IDE's console. */
final class PlainScreen implements Screen {
  private final PrintWriter out;

  PlainScreen(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void show(View view, News news) {
    switch (news) {
      case EXERCISE -> {
        print(view.heading());
        print(view.warningLines());
      }
      case RUNNING, TYPING, SIZE -> {}
      case VERDICT -> {
        out.println();
        print(view.tests());
        print(List.of(view.status()));
        out.println();
        print(view.result());
        print(view.adviceLines());
        if (view.verdict().passed()) {
          print(view.heading().subList(1, 2));
        }
      }
      case ADVICE -> print(view.adviceLines());
      case HINT -> {
        out.println();
        print(view.hintLines());
        print(view.noticeLines());
      }
      case LIST -> {
        print(view.listLines());
        print(List.of(View.TO_AN_EXERCISE));
      }
      case NOTICE -> print(view.noticeLines());
    }
    out.flush();
  }

  private void print(List<Line> lines) {
    lines.forEach(line -> out.println(line.text()));
  }
}
