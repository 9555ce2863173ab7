package course.checks;

import com.github.difflib.patch.PatchFailedException;
import course.checks.Page.CodeBlock;
import course.grader.model.Diffs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Follows a lesson's page from top to bottom, as a student with two terminals does: carries out
 * each command, and holds each output in the page against what came out. Only the port is another,
 * a free one. For one thread.
 */
final class Walk implements AutoCloseable {
  private static final String TRACE = "Exception in thread ";
  private static final int MOST_TRIES = 5;
  private static final Predicate<String> NO_MEASUREMENT =
      Pattern.compile("^can't tell how many at a time: (the|all) replies came ").asPredicate();

  private final Course course;
  private final String lesson;
  private final Page page;
  private final Path folder;

  private final List<String> faults = new ArrayList<>();
  private Map<String, List<String>> changed = Map.of(); // the files of a wrong version
  private LessonProcess server; // or null
  private final List<CodeBlock> ofServer = new ArrayList<>(); // to be compared when it ends
  private List<String> ofClient = List.of();
  private JavaProcess beside; // a client that goes on, or null

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
      List<String> words = command.ofCourse();
      String verb = words.isEmpty() ? "" : words.getFirst();
      if (words.contains("--help")) {
        continue; // CommandsTest reads it
      }
      if (verb.equals("server") && lesson.startsWith("lesson" + words.get(1) + "-")) {
        startServer(words.subList(2, words.size()));
      } else if (words.contains("--never-read")) {
        startBeside(words, block.option("until").orElseThrow());
      } else if (verb.equals("client")) {
        runClient(words.subList(1, words.size()), block.option("until").orElse(null));
      } else if (verb.equals("observe") || verb.equals("load")) {
        runClient(words, block.option("until").orElse(null));
      } else if (line.startsWith("git apply ")) {
        apply(command.words());
      } else {
        faults.add(page.at(block.line()) + ": Walk.java can't carry out " + line);
      }
    }
  }

  private void startServer(List<String> options) throws IOException {
    endServer();
    Path sources = Files.createTempDirectory(folder, "server");
    server = LessonProcess.start(course, lesson, changed, sources, options.toArray(String[]::new));
  }

  /** Starts a client that goes on while others do what the page says next. */
  private void startBeside(List<String> options, String until) throws IOException {
    beside = JavaProcess.client(server.port(), options);
    var printed = new ArrayList<String>();
    do {
      printed.add(beside.line());
    } while (printed.getLast() != null && !printed.getLast().startsWith(until));
    ofClient = printed;
  }

  private void endServer() throws IOException {
    if (beside != null) {
      beside.close();
    }
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

  /** Once more if a busy machine left {@code observe} unable to tell: that is no measurement. */
  private void runClient(List<String> options, String until) throws IOException {
    int tries = 0;
    do {
      ofClient = outputOfClient(options, until);
    } while (++tries < MOST_TRIES && ofClient.stream().anyMatch(NO_MEASUREMENT));
  }

  private List<String> outputOfClient(List<String> options, String until) throws IOException {
    try (var client = JavaProcess.client(server.port(), options)) {
      for (String line = ""; until != null && line != null; line = client.line()) {
        if (line.startsWith(until)) {
          client.terminate();
          break;
        }
      }
      return client.awaitAll();
    }
  }

  private void apply(List<String> words) throws IOException {
    endServer();
    try {
      changed = words.contains("-R") ? Map.of() : new LessonPatch(words.getLast()).apply(course);
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
      awaitTraces(block);
    }
  }

  /**
   * The next command may need a server that has failed as often as the page says. Threads that die
   * at the same time may do so on one line: Java prints its beginning and its rest apart.
   */
  private void awaitTraces(CodeBlock block) throws IOException {
    int left = block.option("times").map(Integer::parseInt).orElse(0);
    while (left > 0) {
      left -= server.line().split(TRACE, -1).length - 1;
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
    if (beside != null) {
      beside.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
