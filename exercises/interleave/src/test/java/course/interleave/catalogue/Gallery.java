package course.interleave.catalogue;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import course.interleave.catalogue.GroupSource.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The page that shows students each bug of the catalogue: the code, an order of steps in which it
 * goes wrong, and the same code without the bug unless that would solve an exercise. An order that
 * stands in the page stays there as long as it still comes out.
 */
final class Gallery {
  static final String COMMAND = "java Course.java catalogue --gallery";

  /** The exercise that a correct twin would solve: it is not shown. */
  private static final Map<String, String> KEPT_FOR =
      Map.of(
          "check, then act, past a maximum", "ex4-bounded-pool",
          "lost maximum", "ex2-counting",
          "torn snapshot", "ex2-counting",
          "task lost in close", "ex4-bounded-pool",
          "dying worker", "ex4-bounded-pool",
          "leaked worker", "ex4-bounded-pool",
          "premature close", "ex4-bounded-pool",
          "one thread too many", "ex5-elastic-pool",
          "task stranded with a retiring worker", "ex5-elastic-pool",
          "leaked connection thread", "ex6-graceful-stop");

  private final List<String> lines = new ArrayList<>();
  private final Map<Class<?>, List<Sample>> kinds =
      Catalogue.SAMPLES.stream().collect(groupingBy(Sample::group, LinkedHashMap::new, toList()));
  private final List<String> before;

  private Gallery(List<String> before) {
    this.before = before;
  }

  static Path file() {
    return Page.folder().resolve("GALLERY.md");
  }

  /** Writes the page if it has changed. */
  static void write() throws IOException {
    List<String> before = Files.exists(file()) ? Files.readAllLines(file()) : List.of();
    List<String> page = page(before);
    if (!page.equals(before)) {
      Files.writeString(file(), String.join("\n", page) + "\n");
    }
  }

  /**
   * Returns the page as it has to be.
   *
   * @param before the page so far
   */
  static List<String> page(List<String> before) throws IOException {
    var gallery = new Gallery(before);
    gallery.all();
    return gallery.lines;
  }

  private void all() throws IOException {
    String contents =
        kinds.entrySet().stream()
            .map(kind -> {
              String bugs =
                  kind.getValue().stream()
                      .map(sample -> link(heading(sample)))
                      .collect(joining(" · "));
              return Page.row(List.of(link(kind.getKey().getSimpleName()), bugs));
            })
            .collect(joining("\n"));
    introduction(contents).lines().forEach(lines::add);
    for (var kind : kinds.entrySet()) {
      var source = new GroupSource(kind.getKey());
      var kept = new HashSet<String>();
      for (Sample sample : kind.getValue()) {
        if (KEPT_FOR.containsKey(sample.name())) {
          kept.addAll(source.fixed(sample).names());
          kept.removeAll(source.broken(sample).names());
        }
      }
      add("", "### " + kind.getKey().getSimpleName(), "", source.sentence());
      for (Sample sample : kind.getValue()) {
        bug(sample, source, kept);
      }
    }
  }

  private static String introduction(String contents) {
    return """
    # A gallery of concurrency bugs

    %d bugs, each small enough to be seen: the code, and an order of steps in which it goes wrong.
    Before you read the order, look for one yourself: after which step of one thread does a step of another one do harm?

    All orders were found by [interleave](README.md).
    *Held* means that it stopped a thread there, as a busy machine may at any time, while the others went on.
    In the scenarios, `run.thread` starts a thread with a name, and `run.join` waits for all of them.
    The lines that an order names are those of the file, and each piece of code says where it begins.
    The same code without the bug comes last, unless it is for you to find in an exercise.

    | kind | bugs |
    | --- | --- |
    %s

    ## The bugs

    This writes the page anew, from the samples in `src/test/java/course/interleave/catalogue`:

    ```sh
    %s
    ```
    """
        .formatted(Catalogue.SAMPLES.size(), contents, COMMAND);
  }

  private void bug(Sample sample, GroupSource source, Set<String> kept) {
    Use broken = source.broken(sample);
    Use fixed = source.fixed(sample);
    var hidden = new HashSet<>(fixed.names()); // comes below
    hidden.removeAll(broken.names());
    hidden.addAll(kept);
    add("", "#### " + heading(sample), "", "Broken: `" + broken.code() + "`");
    List<String> shown = source.needed(broken).stream().filter(m -> !hidden.contains(m)).toList();
    lines.addAll(source.blocks(shown));
    add("", "It goes wrong like this:", "", "```text");
    lines.addAll(order(sample).report());
    add("```", "");
    if (KEPT_FOR.containsKey(sample.name())) {
      String exercise = KEPT_FOR.get(sample.name());
      add(
          "How to do it right is for you to find out, in [exercise %s](../%s/README.md)."
              .formatted(exercise.charAt(2), exercise));
    } else {
      add("Correct: `" + fixed.code() + "`");
      lines.addAll(
          source.blocks(
              source.needed(fixed).stream()
                  .filter(member -> !shown.contains(member) && !kept.contains(member))
                  .toList()));
    }
  }

  /** Returns the order that the page has, if it still comes out, or else another one. */
  private FailingOrder order(Sample sample) {
    int start = before.indexOf("#### " + heading(sample));
    if (start >= 0) {
      List<String> report =
          before.subList(start, before.size()).stream()
              .dropWhile(line -> !line.equals("```text"))
              .skip(1)
              .takeWhile(line -> !line.equals("```"))
              .toList();
      var order = new FailingOrder(report);
      if (order.happens(sample)) {
        return order;
      }
    }
    return FailingOrder.of(sample);
  }

  private static String heading(Sample sample) {
    return sample.name().substring(0, 1).toUpperCase(Locale.ROOT) + sample.name().substring(1);
  }

  /** Returns a link to a heading: forges name it so. */
  private static String link(String heading) {
    String name = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    return "[%s](#%s)".formatted(heading, name);
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }
}
