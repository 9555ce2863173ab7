package course.grader.grade.sandbox;

import com.github.dockerjava.api.DockerClient;
import course.grader.engine.ClassPath;
import course.grader.engine.LocalRunners;
import course.grader.engine.RunnerProcess;
import course.grader.engine.RunnerSource;
import course.grader.engine.runner.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.testcontainers.DockerClientFactory;

/**
 * Where a student's code is compiled and run. Immutable.
 *
 * @param version tells one from any other in which the same code might get another verdict
 * @param contained whether these are containers
 * @param walls what stands between the code and this machine, a few words each
 * @param runners where JVMs come from that run tests, one for each submission
 * @param compilers where JVMs come from that compile
 */
public record Sandbox(
    String version,
    boolean contained,
    List<String> walls,
    Callable<? extends RunnerSource> runners,
    Callable<? extends RunnerSource> compilers) {
  private static final List<String> OWN_WALLS =
      List.of(
          "compiled apart",
          "allow-list",
          "verdict made outside",
          "a pass is evidence",
          "limits of time");

  /**
   * Returns containers of an engine such as Docker; builds their image if that is not there yet.
   *
   * @param dockerfile how the image is built
   * @param base the image that it begins with; empty: the one that the file names
   * @throws IOException if there is no engine, or it can't build the image
   */
  public static Sandbox containers(Path dockerfile, String base) throws IOException {
    DockerClient engine = engine();
    String image = SandboxImage.id(engine, dockerfile, base);
    var walls = new ArrayList<>(OWN_WALLS);
    walls.add("container without network, rights or files");
    return new Sandbox(
        image,
        true,
        List.copyOf(walls),
        () -> Containers.of(engine, image, Containers.runner()),
        () -> Containers.of(engine, image, Containers.compiler()));
  }

  /**
   * Tries from within one what its JVMs must not be able to do.
   *
   * @return what could be done; empty if all is well, or if no such walls are promised
   */
  public List<String> holes() throws Exception {
    if (!contained) {
      return List.of();
    }
    try (RunnerSource source = runners.call()) {
      return holes(source);
    }
  }

  static List<String> holes(RunnerSource runners) throws IOException {
    try (RunnerProcess jvm = runners.start()) {
      Wire wire = jvm.connect();
      wire.expect("ready");
      wire.send("probe");
      return wire.receive();
    }
  }

  static DockerClient engine() throws IOException {
    try {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        return DockerClientFactory.instance().client();
      }
      throw new IOException(
          "no container engine is running, such as Docker, and students' code needs one to be"
              + " graded safely: start it, or add --sandbox process for code that you trust");
    } catch (RuntimeException e) {
      throw new IOException("the container engine can't be used: " + e.getMessage(), e);
    }
  }

  /** Returns processes of this machine, with all rights of ours: for code that is trusted. */
  public static Sandbox processes() {
    return new Sandbox(
        Runtime.version() + " " + ClassPath.ours().hashCode(),
        false,
        OWN_WALLS,
        LocalRunners::ofRunners,
        LocalRunners::ofCompilers);
  }
}
