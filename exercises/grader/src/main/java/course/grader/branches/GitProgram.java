package course.grader.branches;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code git} in a folder: it knows this machine's keys and passwords. Immutable. */
record GitProgram(Path folder) {
  /** What a git that called us, for a hook say, has set: it would take the folder's place. */
  private static final List<String> ELSEWHERE =
      List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR");

  /** An answer of git's. */
  record Answer(int status, String text) {}

  /** Runs it; what it says, its questions too, goes where ours goes. Returns its status. */
  int run(String... args) throws IOException, InterruptedException {
    return start(Redirect.INHERIT, args).waitFor();
  }

  /** Runs it for the sake of what it prints. */
  Answer ask(String... args) throws IOException, InterruptedException {
    Process git = start(Redirect.PIPE, args);
    try (var out = git.inputReader(Charset.defaultCharset())) {
      String text = out.readAllAsString().strip();
      return new Answer(git.waitFor(), text);
    }
  }

  private Process start(Redirect out, String... args) throws IOException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(args));
    var builder =
        new ProcessBuilder(command).directory(folder.toFile()).inheritIO().redirectOutput(out);
    builder.environment().keySet().removeAll(ELSEWHERE);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException("publish needs the program git, and it is not there: install it", e);
    }
  }
}
