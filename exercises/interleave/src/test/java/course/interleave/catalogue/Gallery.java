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
 * The pages that show students each bug of the catalogue: the code, an order of steps in which it
 * goes wrong, and the same code without the bug unless that would solve an exercise. An order that
 * stands in a page stays there as long as it still comes out.
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

  private static final Path FOLDER = Page.folder().resolve("gallery");

  private final List<String> lines = new ArrayList<>();
  private final List<String> before;

  private Gallery(List<String> before) {
    this.before = before;
  }

  /** Writes those pages that have changed. */
  static void write() throws IOException {
    for (var page : pages().entrySet()) {
      List<String> now = page.getValue();
      if (!now.equals(read(page.getKey()))) {
        Files.createDirectories(FOLDER);
        Files.writeString(page.getKey(), String.join("\n", now) + "\n");
      }
    }
  }

  /** Returns all pages as they have to be, by their files. */
  static Map<Path, List<String>> pages() throws IOException {
    Map<Class<?>, List<Sample>> kinds =
        Catalogue.SAMPLES.stream().collect(groupingBy(Sample::group, LinkedHashMap::new, toList()));
    var pages = new LinkedHashMap<Path, List<String>>();
    pages.put(FOLDER.resolve("README.md"), contents(kinds));
    for (var kind : kinds.entrySet()) {
      Path file = FOLDER.resolve(file(kind.getKey()));
      var gallery = new Gallery(read(file));
      gallery.kind(new GroupSource(kind.getKey()), kind.getKey(), kind.getValue());
      pages.put(file, gallery.lines);
    }
    return pages;
  }

  /** Returns the lines of a page, none if there is no such page. */
  static List<String> read(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static List<String> contents(Map<Class<?>, List<Sample>> kinds) {
    String table =
        kinds.entrySet().stream()
            .map(kind -> {
              String file = file(kind.getKey());
              String bugs =
                  kind.getValue().stream()
                      .map(sample -> link(file, heading(sample)))
                      .collect(joining(" · "));
              return Page.row(
                  List.of("[%s](%s)".formatted(kind.getKey().getSimpleName(), file), bugs));
            })
            .collect(joining("\n"));
    return """
    # A gallery of concurrency bugs

    %d bugs, each small enough to be seen: the code, and an order of steps in which it goes wrong.
    Before you read the order, look for one yourself: after which step of one thread does a step of another one do harm?

    All orders were found by [interleave](../README.md).
    *Held* means that it stopped a thread there, as a busy machine may at any time, while the others went on.
    In the scenarios, `run.thread` starts a thread with a name, and `run.join` waits for all of them.
    The lines that an order names are those of the file, and each piece of code says where it begins.
    The same code without the bug comes last, unless it is for you to find in an exercise.

    | kind | bugs |
    | --- | --- |
    %s
    """
        .formatted(Catalogue.SAMPLES.size(), table)
        .lines()
        .toList();
  }

  private void kind(GroupSource source, Class<?> kind, List<Sample> samples) {
    var kept = new HashSet<String>();
    for (Sample sample : samples) {
      if (KEPT_FOR.containsKey(sample.name())) {
        kept.addAll(source.fixed(sample).names());
        kept.removeAll(source.broken(sample).names());
      }
    }
    add("# " + kind.getSimpleName(), "", source.sentence());
    add("[The gallery](README.md) says how to read this page.", "");
    samples.forEach(sample -> add("- " + link("", heading(sample))));
    add("", "## The bugs", "", "This writes the page anew:", "", "```sh", COMMAND, "```");
    for (Sample sample : samples) {
      bug(sample, source, kept);
    }
  }

  private void bug(Sample sample, GroupSource source, Set<String> kept) {
    Use broken = source.broken(sample);
    Use fixed = source.fixed(sample);
    var hidden = new HashSet<>(fixed.names()); // comes below
    hidden.removeAll(broken.names());
    hidden.addAll(kept);
    add("", "### " + heading(sample), "", "Broken: `" + broken.code() + "`");
    List<String> shown = source.needed(broken).stream().filter(m -> !hidden.contains(m)).toList();
    lines.addAll(source.blocks(shown));
    add("", "It goes wrong like this:", "", "```text");
    lines.addAll(order(sample).report());
    add("```", "");
    if (KEPT_FOR.containsKey(sample.name())) {
      String exercise = KEPT_FOR.get(sample.name());
      add(
          "How to do it right is for you to find out, in [exercise %s](../../%s/README.md)."
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
    int start = before.indexOf("### " + heading(sample));
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

  private static String file(Class<?> kind) {
    return kind.getSimpleName().toLowerCase(Locale.ROOT) + ".md";
  }

  /** Returns a link to a heading of a page: forges name it so. */
  private static String link(String file, String heading) {
    String name = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    return "[%s](%s#%s)".formatted(heading, file, name);
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }
}
