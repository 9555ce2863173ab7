package course.checks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program printed, without what differs from one run to the next. */
final class Shape {
  private static final Pattern LOG =
      Pattern.compile("(<<|>>) (connection \\d+ message \\d+)( handler \\d+)?");

  private Shape() {}

  /**
   * Returns the lines with a word in place of each time, rate, port and order that is by chance.
   */
  static List<String> of(List<String> lines) {
    return lines.stream().map(Shape::of).toList();
  }

  private static String of(String line) {
    return line.replaceFirst("^ +(\\d+) \\| [█#]+>?  .*", "message $1 replied")
        .replaceFirst("^ +(\\d+) \\| no (right )?reply.*", "message $1 lost")
        .replaceFirst("^(1 [a-z].*?) +[\\d,]+ +1\\.00 +[\\d,]+$", "$1 RATE 1.00 TIME")
        .replaceFirst("^(\\d [a-z].*?) +[\\d,]+ +\\d+\\.\\d\\d +[\\d,]+$", "$1 RATE RATIO TIME")
        .replaceFirst("\\b[\\d,]+ bytes\\b", "N bytes")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
        .replaceAll("\\b\\d+(\\.\\d+)? m?s\\b", "TIME")
        .replaceAll("\\bkept in \\d+ of (\\d+)\\b", "kept in N of $1")
        // Which handler it was, or which at the same time; how the system says that a client is
        // gone.
        .replaceFirst("^(Exception in thread \"handler )(.*\"handler )?\\d+", "$1N")
        .replaceFirst("(SocketException: ).*", "$1WHY")
        .replaceAll(" +", " ");
  }

  /** Returns whether a server printed these lines, not a client. */
  static boolean isOfServer(List<String> lines) {
    return lines.getFirst().matches("listening on .*|Exception in .*|" + LOG.pattern());
  }

  /**
   * Returns what of a server's output is the same in each run. Only where the lines begin as the
   * server did they tell how many messages were in flight.
   */
  static List<String> ofServer(List<String> lines) {
    Set<String> inFlight = new HashSet<>();
    int most = 0;
    int logged = 0;
    int named = 0;
    var shape = new ArrayList<String>();
    for (String line : lines) {
      Matcher log = LOG.matcher(line);
      if (log.matches()) {
        if (log.group(1).equals("<<")) {
          inFlight.add(log.group(2));
        } else {
          inFlight.remove(log.group(2));
        }
        most = Math.max(most, inFlight.size());
        logged++;
        named += log.group(3) == null ? 0 : 1;
      } else {
        shape.add(of(line));
      }
    }
    if (logged > 0) {
      shape.add(
          (named == logged ? "each" : named == 0 ? "no" : "not each") + " line names a handler");
    }
    if (logged > 0 && lines.getFirst().startsWith("listening on ")) {
      shape.add("at most " + most + " in flight");
    }
    return shape;
  }
}
