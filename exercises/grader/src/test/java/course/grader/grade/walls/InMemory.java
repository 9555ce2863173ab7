package course.grader.grade.walls;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources to bytes; nothing of them is loaded. */
final class InMemory {
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final StandardJavaFileManager FILES =
      JAVAC.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);

  /** Compiled, by their sources. */
  private static final Map<Map<String, String>, Map<String, byte[]>> STARTERS =
      new ConcurrentHashMap<>();

  private InMemory() {}

  /**
   * Returns the bytes of a submission's classes by name. As when a class is graded, our own classes
   * are compiled against the starter, and a submission against those.
   *
   * @param student each text by its path
   */
  static Map<String, byte[]> compile(Exercise exercise, Map<String, String> student)
      throws IOException {
    var starter = new LinkedHashMap<>(exercise.sources(Exercise.MAIN));
    starter.putAll(exercise.student());
    return compile(student, STARTERS.computeIfAbsent(starter, _ -> compile(starter, Map.of())));
  }

  /**
   * Returns the classes' bytes by name.
   *
   * @param sources each text by its path
   * @param known the classes that they may use besides the JDK's, by name
   */
  static synchronized Map<String, byte[]> compile(
      Map<String, String> sources, Map<String, byte[]> known) {
    var units = new ArrayList<JavaFileObject>();
    sources.forEach((path, text) -> units.add(new Source(path, text)));
    var found = new DiagnosticCollector<JavaFileObject>();
    var classes = new Classes(known);
    var options = List.of("-proc:none", "-parameters", "-g", "-Xlint:none");
    boolean well = JAVAC.getTask(null, classes, found, options, null, units).call();
    assertThat(well).as("compiles: %s %s", found.getDiagnostics(), sources.keySet()).isTrue();
    var made = new LinkedHashMap<String, byte[]>();
    classes.made.forEach((name, bytes) -> made.put(name, bytes.toByteArray()));
    return made;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Known extends SimpleJavaFileObject {
    private final String name;
    private final byte[] bytes;

    Known(String name, byte[] bytes) {
      super(URI.create("known:///" + name), Kind.CLASS);
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** The classes there are, and those that are made. */
  private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> known;
    private final Map<String, ByteArrayOutputStream> made = new LinkedHashMap<>();

    Classes(Map<String, byte[]> known) {
      super(FILES);
      this.known = known;
    }

    @Override
    public Iterable<JavaFileObject> list(
        Location location, String home, Set<JavaFileObject.Kind> kinds, boolean recurse)
        throws IOException {
      if (location != StandardLocation.CLASS_PATH) {
        return super.list(location, home, kinds, recurse);
      }
      var found = new ArrayList<JavaFileObject>();
      known.forEach((name, bytes) -> {
        if (name.substring(0, name.lastIndexOf('.')).equals(home)) {
          found.add(new Known(name, bytes));
        }
      });
      return found;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
      return file instanceof Known known ? known.name : super.inferBinaryName(location, file);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("bytes:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return made.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
