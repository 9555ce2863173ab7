package course.grader.grade.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.engine.NotStarted;
import course.grader.engine.RunnerProcess;
import course.grader.engine.RunnerSource;
import course.grader.engine.runner.Wire;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The compiler, in JVMs of a sandbox: each compiles one submission after the other, and one that a
 * submission has brought down is replaced. Thread-safe.
 */
public final class SandboxCompiler implements AutoCloseable {
  private static final int LIMIT_MILLIS = 60_000; // of one submission: it takes well under a second

  private static final int ATTEMPTS = 2; // a JVM may have been brought down by something else

  /** What comes from a sandbox is not believed: in the next one, a name becomes a file's. */
  private static final Pattern CLASS_FILE =
      Pattern.compile("course/server/[\\w$\\p{L}\\p{M}\\p{N}]+\\.class");

  private final RunnerSource source;
  private final Queue<Jvm> idle = new ArrayDeque<>(); // guarded by this

  /** The source's JVMs run {@link course.grader.engine.compile.CompilerJvm}. */
  public SandboxCompiler(RunnerSource source) {
    this.source = source;
  }

  /**
   * What came of some sources.
   *
   * @param errors as the compiler says them; empty if all is well
   * @param classes the class files by their paths; empty if all is not
   */
  public record Compiled(List<String> errors, Map<String, byte[]> classes) {}

  private record Jvm(RunnerProcess process, Wire wire) {}

  /**
   * Compiles sources.
   *
   * @param sources each text by its path
   * @param taken names that no class of theirs may have
   * @throws NotStarted if there is no compiler, through no fault of the sources
   */
  public Compiled compile(Map<String, String> sources, Set<String> taken) throws NotStarted {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Jvm jvm = attempt == 1 ? take() : start(); // those that wait may be down as well
      try {
        Compiled compiled = compile(jvm, sources, taken);
        synchronized (this) {
          idle.add(jvm);
        }
        return compiled;
      } catch (IOException e) {
        jvm.process.close();
      }
    }
    return new Compiled(
        List.of("the compiler does not get done with it: it takes too much time or memory"),
        Map.of());
  }

  private static Compiled compile(Jvm jvm, Map<String, String> sources, Set<String> taken)
      throws IOException {
    jvm.process.readLimit(LIMIT_MILLIS);
    jvm.wire.send(taken.toArray(String[]::new));
    var files = new LinkedHashMap<String, byte[]>();
    sources.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
    jvm.wire.sendFiles(files);
    List<String> errors = jvm.wire.receive();
    Map<String, byte[]> classes = jvm.wire.receiveFiles();
    for (String path : classes.keySet()) {
      if (!CLASS_FILE.matcher(path).matches()) {
        return new Compiled(List.of("it makes a file that is no class of ours: " + path), Map.of());
      }
    }
    return new Compiled(errors, classes);
  }

  private Jvm take() throws NotStarted {
    synchronized (this) {
      Jvm jvm = idle.poll();
      if (jvm != null) {
        return jvm;
      }
    }
    return start();
  }

  private Jvm start() throws NotStarted {
    RunnerProcess process;
    try {
      process = source.start();
    } catch (IOException e) {
      throw new NotStarted("the compiler", e, "");
    }
    return new Jvm(process, process.ready("the compiler"));
  }

  /** Ends the JVMs that wait. Nobody compiles any more. */
  @Override
  public synchronized void close() throws IOException {
    idle.forEach(jvm -> jvm.process.close());
    idle.clear();
    source.close();
  }
}
