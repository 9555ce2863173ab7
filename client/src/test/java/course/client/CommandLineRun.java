package course.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** What a command line did, run in this JVM: its exit status and what it printed. */
public record CommandLineRun(int status, List<String> out, List<String> err) {
  /** Runs it with nothing on standard input. */
  public static CommandLineRun of(String... args) {
    return withInput(InputStream.nullInputStream(), args);
  }

  static CommandLineRun withInput(String input, String... args) {
    return withInput(new ByteArrayInputStream(input.getBytes(ISO_8859_1)), args);
  }

  static CommandLineRun withInput(InputStream input, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int status =
        Main.run(
            input,
            new PrintStream(out, true, ISO_8859_1),
            new PrintStream(err, true, ISO_8859_1),
            args);
    return new CommandLineRun(status, lines(out), lines(err));
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(ISO_8859_1).lines().toList();
  }
}
