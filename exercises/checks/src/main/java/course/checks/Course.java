package course.checks;

import course.grader.model.WrongVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the course, named by their paths under its root folder, with slashes. */
record Course(Path root) {
  /** The lessons in order: each is the one before it with one change. */
  static final List<String> LESSONS =
      List.of("lesson1-server", "lesson2-concurrency", "lesson3-pool", "lesson4-pool-dyn");

  /**
   * How much of a lesson there may be to read.
   *
   * @param taught the lines of code that the lesson is about: its package {@code course.server},
   *     without {@code Main}
   * @param inAll the lines of code of all its main sources
   */
  record Size(String lesson, int taught, int inAll) {}

  /** Raise none of these: what a lesson is not about belongs to {@code course.common}, or goes. */
  static final List<Size> SIZES =
      List.of(
          new Size("lesson1-server", 125, 265),
          new Size("lesson2-concurrency", 180, 325),
          new Size("lesson3-pool", 195, 345),
          new Size("lesson4-pool-dyn", 205, 350));

  /** What to run when a text no longer fits the code that it shows. */
  static final String REGENERATE = WrongVersion.REGENERATE;

  /** The one command, which students type. */
  static final String COMMAND = "Course.java";

  /** The pages that students read: every Markdown file, whether it is called README or not. */
  List<String> pages() throws IOException {
    return filesUnder("", path -> path.endsWith(".md"));
  }

  /**
   * Returns the course that {@link #COMMAND} has started a tool for. None of them has options: with
   * any, {@code --help} too, the program ends with a line and status 2, before it writes a file.
   */
  static Course ofCommand(String[] args) {
    if (args.length > 0) {
      System.err.println("this command has no options, so it does nothing: " + args[0]);
      System.exit(2);
    }
    return new Course(Path.of(System.getProperty("course")));
  }

  /** Returns the words that {@link #COMMAND} carries out. */
  Set<String> verbs() {
    Pattern program = Pattern.compile("new Program\\(\"\\w+\", \"[\\w.]+\", \"(.+)\"\\)");
    var verbs = new TreeSet<String>(Set.of("server"));
    for (String line : lines(COMMAND)) {
      Matcher found = program.matcher(line);
      if (found.find()) {
        verbs.addAll(List.of(found.group(1).split(" ")));
      }
    }
    return verbs;
  }

  /** Returns the files in {@code folder} that fit, sorted; none if there is no such folder. */
  List<String> filesUnder(String folder, Predicate<String> fits) throws IOException {
    Path start = root.resolve(folder);
    if (!Files.exists(start)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(start)) {
      return paths
          .filter(Files::isRegularFile)
          .map(this::name)
          .filter(name -> !("/" + name).matches(".*/(target|\\.git|\\.watch)/.*"))
          .filter(fits)
          .sorted()
          .toList();
    }
  }

  /** The other direction of {@link Path#resolve}: a path under the root as this class names it. */
  String name(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  boolean exists(String file) {
    return Files.exists(root.resolve(file));
  }

  /** Returns a file's lines without blanks at their ends: editors drop those in a page. */
  List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file)).stream().map(String::stripTrailing).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * Counts the lines of code in Java files. Blank lines, comments, imports and packages are none:
   * nobody saves a line by leaving out why.
   */
  long linesOfCode(List<String> files) {
    return files.stream().flatMap(file -> code(lines(file)).stream()).count();
  }

  /** Returns the lines of a Java file that are code, with the comments at their ends. */
  static List<String> code(List<String> lines) {
    var code = new ArrayList<String>();
    boolean inComment = false;
    for (String line : lines) {
      String text = line.strip();
      inComment |= text.startsWith("/*");
      if (!inComment && !text.matches("|//.*|(import|package) .*")) {
        code.add(line);
      }
      inComment &= !text.contains("*/");
    }
    return code;
  }

  void write(String file, List<String> lines) throws IOException {
    Files.writeString(root.resolve(file), String.join("\n", lines) + "\n");
  }
}
