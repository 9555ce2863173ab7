package course.checks;

import course.checks.Page.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page's prose has one sentence a line, so that a change of one shows as just that. */
final class Sentences {
  /** The end of a sentence, the blank behind it, and what a sentence can begin with. */
  private static final Pattern BREAK =
      Pattern.compile("[.!?][)\\]\"”*_]*(\\s)(?=[(\"“*_<]*[\\p{Lu}\\p{N}`\\[→])");

  /** What ends with a point and yet is no sentence: these, and the number of a question. */
  private static final Pattern NO_SENTENCE =
      Pattern.compile("(?s)(?:.*[\\s(])?(?:e\\.g|i\\.e|cf|vs|al)\\.|\\**\\p{N}+\\.\\**");

  private static final Pattern FIRST_WORDS = Pattern.compile("\\S+(?: \\S+){0,3}");

  private Sentences() {}

  /** Returns what is wrong with the sentences of a page, each with its line and what to do. */
  static List<String> faults(Page page) {
    var faults = new ArrayList<String>();
    for (Prose prose : page.paragraphs()) {
      if (!prose.lines().getFirst().startsWith("|")) { // a table: to this parser, a paragraph
        faults.addAll(faults(page, prose));
      }
    }
    return faults;
  }

  private static List<String> faults(Page page, Prose prose) {
    String text = String.join("\n", prose.lines());
    List<Integer> breaks = breaks(String.join("\n", prose.masked()));
    var faults = new ArrayList<String>();
    int line = prose.line();
    for (int i = 0; i < text.length(); i++) {
      boolean newLine = text.charAt(i) == '\n';
      if (newLine != breaks.contains(i)) {
        String what =
            newLine
                ? "a sentence goes on in the next line: join the line that begins with"
                : "two sentences on one line: begin a new line with";
        faults.add(page.at(line) + ": " + what + " '" + firstWords(text.substring(i + 1)) + "'");
      }
      if (newLine) {
        line++;
      }
    }
    return faults;
  }

  /** Returns where a sentence ends and another one begins: at which blank. */
  private static List<Integer> breaks(String text) {
    var breaks = new ArrayList<Integer>();
    int start = 0;
    for (MatchResult found : BREAK.matcher(text).results().toList()) {
      String sentence = text.substring(start, found.start(1));
      if (!NO_SENTENCE.matcher(sentence).matches() && !inBrackets(sentence)) {
        breaks.add(found.start(1));
        start = found.end();
      }
    }
    return breaks;
  }

  /** Whether a bracket is open at the end, be it a link's, that does not hold all the sentence. */
  private static boolean inBrackets(String sentence) {
    String inner = sentence.startsWith("(") ? sentence.substring(1) : sentence;
    return count(inner, '(') > count(inner, ')') || count(inner, '[') > count(inner, ']');
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private static String firstWords(String text) {
    return FIRST_WORDS.matcher(text).results().findFirst().map(MatchResult::group).orElse(text);
  }
}
