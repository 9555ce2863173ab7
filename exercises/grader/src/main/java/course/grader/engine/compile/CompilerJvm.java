package course.grader.engine.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.engine.runner.Channel;
import course.grader.engine.runner.Runner;
import course.grader.engine.runner.Wire;
import course.grader.model.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles what comes in by its standard input, one after the other, until that closes. A source
 * can be made to hang or exhaust a compiler: then just this JVM is lost.
 */
public final class CompilerJvm {
  private CompilerJvm() {}

  /**
   * Answers each request with what is wrong, then with the class files, which are none then.
   *
   * @param args {@link Runner#WARM_UP}, or nothing
   */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains(Runner.WARM_UP)) {
      try (var compiler = new Compiler()) {
        warmUp(compiler);
      }
      return;
    }
    try (Wire wire = Channel.open();
        var compiler = new Compiler()) {
      warmUp(compiler);
      wire.send("ready");
      while (true) {
        List<String> taken = wire.receive();
        var sources = new LinkedHashMap<String, String>();
        wire.receiveFiles().forEach((path, bytes) -> sources.put(path, new String(bytes, UTF_8)));
        Compiled compiled = compile(compiler, sources, Set.copyOf(taken));
        wire.send(compiled.errors.toArray(String[]::new));
        wire.sendFiles(compiled.classes);
      }
    } catch (IOException e) {
      // Nobody needs it any more.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void warmUp(Compiler compiler) throws IOException {
    compile(compiler, Map.of("Warm.java", "package course.server; class Warm {}"), Set.of());
  }

  private record Compiled(List<String> errors, Map<String, byte[]> classes) {}

  private static Compiled compile(Compiler compiler, Map<String, String> sources, Set<String> taken)
      throws IOException {
    Path folder = Files.createTempDirectory("compiled");
    List<String> errors = compiler.compile(sources, taken, List.of(), folder, false);
    Map<String, byte[]> classes = Folders.bytes(folder);
    Folders.delete(folder);
    return new Compiled(errors, errors.isEmpty() ? classes : Map.of());
  }
}
