package course.grader.engine.compile;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import course.grader.model.Exercise;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * The JDK's compiler in this JVM: the second compilation is many times faster than the first. No
 * annotation processors, and no class path but the given one. Thread-safe: one at a time.
 */
public final class Compiler implements AutoCloseable {
  private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
  private final ReentrantLock lock = new ReentrantLock();

  /** Knows the JDK's and the libraries' classes from one compilation to the next. */
  private final StandardJavaFileManager files; // guarded by lock

  public Compiler() {
    if (javac == null) {
      throw new IllegalStateException("this Java has no compiler: run with a JDK, not a JRE");
    }
    files = javac.getStandardFileManager(null, Locale.ENGLISH, null);
  }

  /**
   * Compiles sources.
   *
   * @param sources each text by its path
   * @param taken names that no class of theirs may have
   * @param classPath what they may use besides the JDK
   * @param output where the class files go
   * @param lint whether every warning is an error too
   * @return what is wrong, as the compiler says it; empty if all is well
   */
  public List<String> compile(
      Map<String, String> sources,
      Set<String> taken,
      List<Path> classPath,
      Path output,
      boolean lint)
      throws IOException {
    var options = new ArrayList<>(List.of("-proc:none", "-parameters", "-g", "-Xmaxerrs", "20"));
    options.addAll(lint ? List.of("-Xlint:all", "-Werror") : List.of("-Xlint:none"));
    lock.lock();
    try {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
      var found = new DiagnosticCollector<JavaFileObject>();
      var units = new ArrayList<Source>();
      sources.forEach((path, text) -> units.add(new Source(path, text)));
      var task = (JavacTask) javac.getTask(Writer.nullWriter(), files, found, options, null, units);
      List<String> wrong = wrongNames(task, taken);
      if (!wrong.isEmpty()) {
        return wrong;
      }
      task.generate();
      return found.getDiagnostics().stream()
          .filter(d -> lint || d.getKind() == Diagnostic.Kind.ERROR)
          .map(Compiler::tell)
          .toList();
    } catch (IllegalStateException e) { // what javac makes of an error of its own
      return List.of(
          e.getCause() instanceof StackOverflowError
              ? "the compiler gave up: an expression is nested too deeply"
              : "the compiler gave up: " + e.getCause());
    } finally {
      lock.unlock();
    }
  }

  /** Returns what is wrong with the names of packages and classes. */
  private static List<String> wrongNames(JavacTask task, Set<String> taken) throws IOException {
    var wrong = new ArrayList<String>();
    var homes = new HashMap<String, String>(); // of each class
    for (CompilationUnitTree unit : task.parse()) {
      wrongPackage(unit).ifPresent(wrong::add);
      for (Tree type : unit.getTypeDecls()) {
        if (type instanceof ClassTree top) {
          String name = top.getSimpleName().toString();
          String other = homes.put(name, path(unit));
          if (other != null) {
            wrong.add("%s: %s is in %s too: keep one".formatted(path(unit), name, other));
          }
          String fault = fault(name, taken);
          if (!fault.isEmpty()) {
            long start = Trees.instance(task).getSourcePositions().getStartPosition(unit, top);
            wrong.add(
                "%s:%d: %s %s: give yours another one"
                    .formatted(path(unit), unit.getLineMap().getLineNumber(start), name, fault));
          }
        }
      }
    }
    return wrong;
  }

  /**
   * Returns why a class may not have a name: it would be taken for somebody else's; empty if it
   * may.
   */
  private static String fault(String name, Set<String> taken) {
    if (name.contains("$")) { // A$B is what the compiler calls a class B in A
      return "is a name as only the compiler makes them, with $";
    }
    if (taken.contains(name)) {
      return "is the name of a class of the tests";
    }
    try {
      Class.forName("java.lang." + name, false, null);
      return "is the name of a class of Java's own (java.lang)";
    } catch (ClassNotFoundException e) {
      return "";
    }
  }

  /** Returns the path that a source was given with. */
  private static String path(CompilationUnitTree unit) {
    return unit.getSourceFile().getName().substring(1); // a wrapped Source: "/src/main/…"
  }

  private static Optional<String> wrongPackage(CompilationUnitTree unit) {
    String name = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    if (name.equals(Exercise.PACKAGE)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: its package is %s, but must be %s: begin the file with 'package %s;'"
            .formatted(
                path(unit),
                name.isEmpty() ? "missing" : "'" + name + "'",
                Exercise.PACKAGE,
                Exercise.PACKAGE));
  }

  /** Tells an error as javac does on a terminal: file, line, what, and the line with a caret. */
  private static String tell(Diagnostic<? extends JavaFileObject> diagnostic) {
    String message = diagnostic.getMessage(Locale.ENGLISH);
    if (!(diagnostic.getSource() instanceof Source source)) {
      return message;
    }
    long number = diagnostic.getLineNumber();
    String line = source.text.lines().skip(Math.max(0, number - 1)).findFirst().orElse("");
    String caret = " ".repeat((int) Math.max(0, diagnostic.getColumnNumber() - 1)) + "^";
    return source.path + ":" + number + ": " + message + "\n" + line + "\n" + caret;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String path;
    private final String text;

    Source(String path, String text) {
      super(uri(path), Kind.SOURCE);
      this.path = path;
      this.text = text;
    }

    /** A copy of a file is easily called "FrameReader copy.java". */
    private static URI uri(String path) {
      try {
        return new URI("string", null, "/" + path, null);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(e); // any path will do
      }
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
