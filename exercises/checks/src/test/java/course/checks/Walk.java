package course.checks;

import com.github.difflib.patch.PatchFailedException;
import course.checks.Page.CodeBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Follows a lesson's page from top to bottom, as a student with two terminals does: carries out
 * each command, and holds each output in the page against what came out. Only the port is another,
 * a free one. For one thread.
 */
final class Walk implements AutoCloseable {
  private final Course course;
  private final String lesson;
  private final Page page;
  private final Path folder;

  private final List<String> faults = new ArrayList<>();
  private Map<String, List<String>> changed = Map.of(); // the files of a wrong version
  private LessonProcess server; // or null
  private final List<CodeBlock> ofServer = new ArrayList<>(); // to be compared when it ends
  private List<String> ofClient = List.of();

  /**
   * Prepares the walk.
   *
   * @param folder an empty one
   */
  Walk(Course course, String lesson, Path folder) {
    this.course = course;
    this.lesson = lesson;
    this.folder = folder;
    page = Page.read(course, lesson + "/README.md");
  }

  /** Returns the outputs of the page that have another shape than what came out. */
  List<String> faults() throws IOException {
    for (CodeBlock block : page.blocks()) {
      switch (block.language()) {
        case "sh" -> carryOut(block);
        case "text" -> hold(block);
        default -> {} // code, a diff: PagesTest has them
      }
    }
    endServer();
    return faults;
  }

  private void carryOut(CodeBlock block) throws IOException {
    for (String line : block.lines()) {
      Command command = Command.of(line);
      boolean help = command.args().contains("--help"); // it ends by itself: CommandsTest reads it
      if (command.executions().contains("server") && !help) {
        startServer(command.args());
      } else if (command.executions().contains("client") && !help) {
        runClient(command.args(), block.option("until").orElse(null));
      } else if (line.startsWith("git apply ")) {
        apply(command.words());
      } else if (!help) {
        faults.add(page.at(block.line()) + ": Walk.java can't carry out " + line);
      }
    }
  }

  private void startServer(List<String> options) throws IOException {
    endServer();
    Path sources = Files.createTempDirectory(folder, "server");
    server = LessonProcess.start(course, lesson, changed, sources, options.toArray(String[]::new));
  }

  private void endServer() throws IOException {
    if (server != null) {
      List<String> printed = Shape.ofServer(server.stop());
      server = null;
      for (CodeBlock block : ofServer) {
        List<String> shown = Shape.ofServer(block.lines());
        compare(block, shown, printed, printed.containsAll(shown));
      }
      ofServer.clear();
    }
  }

  private void runClient(List<String> options, String until) throws IOException {
    var command = new ArrayList<String>();
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    command.add("course.client.Main");
    command.addAll(options);
    command.addAll(List.of("--port", "" + server.port()));
    try (var client = JavaProcess.start(Path.of("."), command)) {
      for (String line = ""; until != null && line != null; line = client.line()) {
        if (line.startsWith(until)) {
          client.terminate();
          break;
        }
      }
      ofClient = client.awaitAll();
    }
  }

  private void apply(List<String> words) throws IOException {
    endServer();
    try {
      changed = words.contains("-R") ? Map.of() : new WrongVersion(words.getLast()).apply(course);
    } catch (PatchFailedException e) {
      throw new AssertionError(
          words.getLast() + " no longer fits its lesson: run\n  " + Course.REGENERATE, e);
    }
  }

  private void hold(CodeBlock block) throws IOException {
    if (block.option("seen").isPresent()) {
      return; // the page says that it came out in one run: no other needs to be like it
    }
    if (!Shape.isOfServer(block.lines())) {
      List<String> shown = Shape.of(block.lines());
      List<String> printed = Shape.of(ofClient);
      compare(block, shown, printed, Excerpts.isContiguousRun(shown, printed));
    } else if (server == null) {
      faults.add(page.at(block.line()) + ": no command above has started a server");
    } else {
      ofServer.add(block);
      awaitFirstLine(block);
    }
  }

  /** The client may be ahead of what the server has to say. */
  private void awaitFirstLine(CodeBlock block) throws IOException {
    int times = block.option("times").map(Integer::parseInt).orElse(0);
    List<String> first = Shape.of(block.lines().subList(0, 1));
    for (int i = 0; i < times; i++) {
      server.line(line -> Shape.of(List.of(line)).equals(first));
    }
  }

  private void compare(CodeBlock block, List<String> shown, List<String> printed, boolean alike) {
    if (!alike) {
      faults.add(
          page.at(block.line())
              + ": this is not what comes out now. If the lesson is right, run the commands above"
              + " it, and copy in what they print. The difference, but for times and chance:");
      faults.addAll(Diffs.unified("in the page", shown, "printed now", printed));
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
