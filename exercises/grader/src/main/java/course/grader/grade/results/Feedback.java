package course.grader.grade.results;

import course.grader.grade.model.State;
import course.grader.model.PlainText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what a student gets back: Markdown. Nothing that only an instructor should know is in it,
 * and nothing that a student wrote is taken for Markdown.
 */
final class Feedback {
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>|~&!#:@$]|(?<=www)[.]");
  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private final Writer page;
  private final ClassTable table;

  private Feedback(Writer page, ClassTable table) {
    this.page = page;
    this.table = table;
  }

  static void write(Writer page, Row row, ClassTable table) throws IOException {
    new Feedback(page, table).write(row, table.result(row));
  }

  private void write(Row row, StudentResult result) throws IOException {
    String title = table.exercise().about().title();
    line("# %s: %s".formatted(inline(title), inline(row.student())));
    String score = "**%d of %d points**".formatted(row.score().orElse(0), table.possible());
    line(
        switch (row.state()) {
          case GRADED -> score;
          case NOTHING_HANDED_IN, NOT_GRADABLE -> score + ": " + row.state().words();
          case GRADER_ERROR ->
              "**No mark yet**: something went wrong while this was graded, and not by you.";
        });
    if (row.late()) {
      line("Handed in late, by %s (hours:minutes:seconds).".formatted(row.lateness()));
    }
    if (row.manual().isPresent()) {
      manual(row.manual().get());
    }
    if (row.state() == State.NOT_GRADABLE && !result.why().isBlank()) {
      block(result.why());
    }
    if (row.state() == State.GRADED) {
      rules(result);
    }
  }

  private void manual(ManualPoints.Entry manual) throws IOException {
    String points =
        manual.points().map(p -> "%s points given by hand".formatted(p.toPlainString())).orElse("");
    String comment = manual.comment().isBlank() ? "" : inline(manual.comment());
    String between = points.isEmpty() || comment.isEmpty() ? "" : ": ";
    line(points + between + comment);
  }

  private void rules(StudentResult result) throws IOException {
    line("## Rules");
    List<StudentResult.Test> failing = result.failing();
    for (ClassTable.Rule rule : table.rules()) {
      List<StudentResult.Test> broken =
          failing.stream().filter(test -> test.rule() == rule.number()).toList();
      boolean hiddenOnly =
          !broken.isEmpty() && broken.stream().allMatch(StudentResult.Test::hidden);
      page.write(
          "- %s rule %d (%d of %d): %s%s\n"
              .formatted(
                  broken.isEmpty() ? "ok" : "**failed**",
                  rule.number(),
                  broken.isEmpty() ? rule.points() : 0,
                  rule.points(),
                  inline(rule.sentence()),
                  hiddenOnly ? "; a further test of it fails" : ""));
    }
    page.write("\n");
    Optional<StudentResult.Test> first =
        failing.stream().filter(test -> !test.hidden()).findFirst();
    if (first.isPresent()) {
      line("## The first to mend: test " + first.get().label());
      line(inline(first.get().sentence()));
      block(first.get().failure().text());
    }
  }

  private void line(String text) throws IOException {
    page.write(text + "\n\n");
  }

  /** Nothing in it counts as Markdown: the fence is longer than any that the text could close. */
  private void block(String text) throws IOException {
    String plain = PlainText.lines(text);
    int longest =
        BACKTICKS.matcher(plain).results().mapToInt(run -> run.group().length()).max().orElse(0);
    String fence = "`".repeat(Math.max(3, longest + 1));
    page.write("%s\n%s\n%s\n\n".formatted(fence, plain.stripTrailing(), fence));
  }

  static String inline(String text) {
    return MARKUP.matcher(PlainText.line(text)).replaceAll(Feedback::escaped);
  }

  private static String escaped(MatchResult markup) {
    return Matcher.quoteReplacement("\\" + markup.group());
  }
}
