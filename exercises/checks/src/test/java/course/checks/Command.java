package course.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command line in a page.
 *
 * @param words without their quotes; the first is the program
 */
record Command(List<String> words) {
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
  private static final String EXECUTION = "exec:exec@";
  private static final String ARGS = "-Dargs=";

  static Command of(String line) {
    return new Command(split(line));
  }

  private static List<String> split(String text) {
    return WORD.matcher(text).results().map(word -> word.group().replace("\"", "")).toList();
  }

  String program() {
    return words.getFirst();
  }

  /** What Course.java is told, with its options; empty if the line starts something else. */
  List<String> ofCourse() {
    boolean course = program().equals("java") && words.size() > 2;
    return course && words.get(1).endsWith("Course.java")
        ? words.subList(2, words.size())
        : List.of();
  }

  /** What Maven is told to build: the modules behind {@code -pl}. */
  List<String> modules() {
    int pl = words.indexOf("-pl");
    return pl < 0 ? List.of() : List.of(words.get(pl + 1).split(","));
  }

  /** What Maven is told to start: {@code server} in {@code exec:exec@server}. */
  List<String> executions() {
    return words.stream()
        .filter(word -> word.startsWith(EXECUTION))
        .map(word -> word.substring(EXECUTION.length()))
        .toList();
  }

  /** The options for the program that Maven starts. */
  List<String> args() {
    return words.stream()
        .filter(word -> word.startsWith(ARGS))
        .flatMap(word -> split(word.substring(ARGS.length())).stream())
        .toList();
  }

  /** How far Maven is told to build: every word that is none of the above, and no option. */
  List<String> phases() {
    var phases = new ArrayList<>(words.subList(1, words.size()));
    phases.removeIf(word -> word.startsWith("-") || word.startsWith(EXECUTION));
    phases.remove(String.join(",", modules()));
    return phases;
  }
}
