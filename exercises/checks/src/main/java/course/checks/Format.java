package course.checks;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Puts every Java file of the course into google-java-format's form. */
public final class Format {
  private Format() {}

  /** Formats the files of the course that this was started for. */
  public static void main(String[] args) throws IOException {
    for (var file : badlyFormatted(Course.ofCommand(args).root()).entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
      System.out.println("formatted " + file.getKey());
    }
  }

  /**
   * Returns the files under {@code root} that are not in form, each with the text that it should
   * have. What was built, and what watch has put aside, does not count.
   */
  public static Map<Path, String> badlyFormatted(Path root) throws IOException {
    var files = new TreeMap<Path, String>();
    var formatter = new Formatter();
    var course = new Course(root);
    for (String name : course.filesUnder("", path -> path.endsWith(".java"))) {
      Path file = root.resolve(name);
      String text = Files.readString(file);
      String formatted = formatted(formatter, file, text);
      if (!formatted.equals(text)) {
        files.put(file, formatted);
      }
    }
    return files;
  }

  private static String formatted(Formatter formatter, Path file, String text) throws IOException {
    try {
      return formatter.formatSourceAndFixImports(text);
    } catch (FormatterException e) {
      throw new IOException(file + " is no Java: " + e.getMessage(), e);
    }
  }
}
