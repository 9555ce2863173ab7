package course.grader.grade.sandbox;

import com.github.dockerjava.api.DockerClient;
import course.grader.engine.ClassPath;
import course.grader.engine.Launch;
import course.grader.engine.LocalRunners;
import course.grader.engine.RunnerProcess;
import course.grader.engine.RunnerSource;
import course.grader.engine.runner.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Where a student's code is compiled and run. Immutable.
 *
 * @param version tells one from any other in which the same code might get another verdict
 * @param probe what must not be possible in it; empty if nothing is promised
 * @param walls what stands between the code and this machine, a few words each
 * @param runners where JVMs come from that run tests, one for each submission
 * @param compilers where JVMs come from that compile
 */
public record Sandbox(
    String version,
    Optional<String> probe,
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
   * @param says gets a line if that takes a while
   * @throws IOException if there is no engine, or it can't build the image
   */
  public static Sandbox containers(Path dockerfile, String base, Consumer<String> says)
      throws IOException {
    DockerClient engine = engine();
    String image = SandboxImage.id(engine, dockerfile, base, says);
    var walls = new ArrayList<>(OWN_WALLS);
    walls.add("container without network, rights or files");
    return new Sandbox(
        image,
        Optional.of("container"),
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
    if (probe.isEmpty()) {
      return List.of();
    }
    try (RunnerSource source = runners.call()) {
      return holes(source, probe.get());
    }
  }

  static List<String> holes(RunnerSource runners, String probe) throws IOException {
    Path ours = Files.createTempFile("ours", "");
    try (RunnerProcess jvm = runners.start()) {
      Wire wire = jvm.connect();
      wire.expect("ready");
      wire.send("probe", probe, ours.toString());
      return wire.receive();
    } finally {
      Files.delete(ours);
    }
  }

  /** Testcontainers finds it; its reaper, a container to fetch, is not needed: ours end alone. */
  static DockerClient engine() throws IOException {
    try {
      TransportConfig found = DockerClientFactory.instance().getTransportConfig();
      DockerClient engine = DockerClientProviderStrategy.getClientForConfig(found);
      engine.pingCmd().exec();
      return engine;
    } catch (RuntimeException e) {
      throw new IOException(
          "no container engine is running, such as Docker, or you may not use it, and students'"
              + " code needs one to be graded safely: start it, get the rights to use it, or add"
              + " --sandbox process for code that you trust",
          e);
    }
  }

  /** Returns processes of this machine: for code that is trusted. */
  public static Sandbox processes() throws IOException {
    Optional<Launch> landlock = Landlock.ofThisMachine();
    Launch launch = landlock.orElse(LocalRunners.OUR_RIGHTS);
    var walls = new ArrayList<>(OWN_WALLS);
    walls.add(
        landlock.isPresent() ? "Landlock: no files, no programs" : "no Landlock on this machine");
    return new Sandbox(
        Runtime.version() + " " + ClassPath.ours().hashCode(),
        landlock.map(_ -> "process"),
        List.copyOf(walls),
        () -> LocalRunners.ofRunners(launch),
        () -> LocalRunners.ofCompilers(launch));
  }
}
