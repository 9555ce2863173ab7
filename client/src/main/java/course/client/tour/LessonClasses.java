package course.client.tour;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * The lessons' classes: compiled from their sources as they are now, into a folder of their own
 * that is deleted by {@link #close} or with the end of the JVM. Used by one thread at a time.
 */
final class LessonClasses implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("lessons");
  private final Map<Lesson, Path> compiled = new HashMap<>();
  private final Thread atExit = new Thread(() -> delete(folder), "delete classes");

  LessonClasses() throws IOException {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Compiles a lesson with the compiler of the JDK that runs us, the first time.
   *
   * @return the folder of its classes
   * @throws IOException if it does not compile; the message says where and why, in one line
   */
  Path of(Lesson lesson) throws IOException {
    Path known = compiled.get(lesson);
    if (known != null) {
      return known;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException(
          "the Java that runs this has no compiler: use that of a JDK, not of a JRE");
    }
    Path classes = Files.createDirectory(folder.resolve(lesson.name()));
    var problems = new DiagnosticCollector<JavaFileObject>();
    try (var files = compiler.getStandardFileManager(problems, null, null)) {
      // A class path of its own, or it would be ours, and a lesson could use our libraries.
      List<String> options = List.of("-proc:none", "-classpath", "" + classes, "-d", "" + classes);
      var sources = files.getJavaFileObjectsFromPaths(lesson.sources());
      boolean done =
          compiler.getTask(new StringWriter(), files, problems, options, null, sources).call();
      if (!done) {
        delete(classes);
        throw new IOException(lesson.name() + " does not compile: " + firstError(problems));
      }
    }
    compiled.put(lesson, classes);
    return classes;
  }

  private static String firstError(DiagnosticCollector<JavaFileObject> problems) {
    return problems.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .findFirst()
        .map(LessonClasses::inOneLine)
        .orElse("javac says no more");
  }

  private static String inOneLine(Diagnostic<? extends JavaFileObject> error) {
    String why = error.getMessage(Locale.ROOT).lines().findFirst().orElse("");
    return error.getSource() == null
        ? why
        : "%s:%d: %s"
            .formatted(
                Path.of(error.getSource().toUri()).getFileName(), error.getLineNumber(), why);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
      delete(folder);
    } catch (IllegalStateException _) {
      // the JVM is on its way out, and does it
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException _) {
      // a few kilobytes in the system's folder for such
    }
  }
}
