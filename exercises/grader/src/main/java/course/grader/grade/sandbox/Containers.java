package course.grader.grade.sandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;
import course.grader.engine.RunnerSource;
import course.grader.engine.compile.CompilerJvm;
import course.grader.engine.runner.Runner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes containers of one kind, with all the walls that a container engine has. Thread-safe. */
final class Containers implements RunnerSource {
  private static final long MEMORY_BYTES = 768L << 20;

  private static final long MAXIMUM_PROCESSES = 2_000; // threads are such, too

  private static final long CPUS = 2;

  private static final long MAXIMUM_FILE_BYTES = 16L << 20;

  static final String NOBODY = "65534:65534";

  /** Classes go there, nothing else: so many bytes and files, no programs, no devices. */
  private static final Map<String, String> TEMPORARY =
      Map.of(
          "/tmp", "rw,noexec,nosuid,nodev,size=32m,nr_inodes=4k,mode=1777",
          "/dev/mqueue", "ro,noexec,nosuid,nodev,size=4k,mode=0");

  private final DockerClient engine;
  private final String image;
  private final List<String> command;
  private final String user;
  private final HostConfig walls;

  /**
   * @param image its id
   * @param command what is started in it
   * @param user whose rights it has
   * @param walls what the engine keeps from it
   */
  Containers(
      DockerClient engine, String image, List<String> command, String user, HostConfig walls) {
    this.engine = engine;
    this.image = image;
    this.command = command;
    this.user = user;
    this.walls = walls;
  }

  static Containers of(DockerClient engine, String image, List<String> command) {
    return new Containers(engine, image, command, NOBODY, walls());
  }

  /** Returns what starts a JVM that runs tests. */
  static List<String> runner() {
    return java("runner", Runner.class);
  }

  /** Returns what starts a JVM that compiles. */
  static List<String> compiler() {
    return java("compiler", CompilerJvm.class);
  }

  private static List<String> java(String runTime, Class<?> main) {
    var command = new ArrayList<>(List.of("env", "-i"));
    Runner.ENVIRONMENT.forEach((name, value) -> command.add(name + "=" + value));
    command.add("/grader/" + runTime + "/bin/java");
    command.addAll(Runner.OPTIONS);
    command.addAll(
        List.of(
            "-XX:+DisableAttachMechanism",
            "-XX:+ErrorFileToStderr",
            "-XX:-CreateCoredumpOnCrash",
            "--illegal-native-access=deny",
            "-XX:SharedArchiveFile=/grader/" + runTime + ".jsa",
            "-Xlog:disable",
            "-Xlog:all=off",
            "-cp",
            "/grader/lib/*",
            main.getName()));
    return List.copyOf(command);
  }

  @Override
  public Container start() throws IOException {
    try {
      return new Container(
          engine,
          engine
              .createContainerCmd(image)
              .withCmd(command)
              .withUser(user)
              .withStdinOpen(true)
              .withStdInOnce(true)
              .withHostConfig(walls)
              .exec()
              .getId());
    } catch (RuntimeException e) {
      throw new IOException("the container engine makes no container: " + e.getMessage(), e);
    }
  }

  /** Returns all that the engine can keep from a container that we need not give it. */
  static HostConfig walls() {
    return HostConfig.newHostConfig()
        .withAutoRemove(true)
        .withNetworkMode("none")
        .withReadonlyRootfs(true)
        .withIpcMode("none") // nor a /dev/shm
        .withTmpFs(TEMPORARY)
        .withMemory(MEMORY_BYTES)
        .withMemorySwap(MEMORY_BYTES) // as much as memory: none
        .withPidsLimit(MAXIMUM_PROCESSES)
        .withNanoCPUs(CPUS * 1_000_000_000)
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withUlimits(
            List.of(
                new Ulimit("core", 0L, 0L),
                new Ulimit("fsize", MAXIMUM_FILE_BYTES, MAXIMUM_FILE_BYTES),
                new Ulimit("nofile", 1_024L, 1_024L)))
        .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
  }

  @Override
  public void close() {
    // Who takes a container closes it.
  }
}
