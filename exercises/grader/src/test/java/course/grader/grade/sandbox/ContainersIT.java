package course.grader.grade.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.DockerClientFactory;

/** The walls that a container engine has: they stand, and if one is taken down, that is seen. */
@EnabledIf("thereIsAnEngine")
@Timeout(value = 300) // bounds a hang; the image may have to be built
class ContainersIT {
  private static DockerClient engine; // set once, before all tests
  private static String image; // the same

  static boolean thereIsAnEngine() {
    boolean available = DockerClientFactory.instance().isDockerAvailable();
    if (!available) {
      System.out.println("ContainersIT skipped: no container engine is running, such as Docker");
    }
    return available;
  }

  @BeforeAll
  static void build() throws IOException {
    engine = Sandbox.engine();
    image =
        SandboxImage.id(
            engine,
            Path.of("sandbox/Dockerfile"),
            Optional.ofNullable(System.getenv("COURSE_BASE_IMAGE")).orElse(""),
            _ -> {});
  }

  @Test
  void nothing_can_be_done_that_must_not_be() throws IOException {
    assertThat(Sandbox.holes(Containers.of(engine, image, Containers.runner()), "container"))
        .isEmpty();
  }

  static Stream<Arguments> takenDown() {
    return Stream.of(
        wall("there is a network", host -> host.withNetworkMode("bridge")),
        wall("it has capabilities", host -> host.withPrivileged(true)),
        wall("it can gain privileges", host -> host.withSecurityOpts(List.of())),
        wall("files can be written in /dev/shm", host -> host.withIpcMode("private")),
        wall(
            "its temporary files have no limit",
            host -> host.withTmpFs(Map.of("/tmp", "rw,size=1g,mode=1777"))),
        wall("there is no limit on memory", host -> host.withMemory(0L).withMemorySwap(0L)),
        wall("there is no limit on processes", host -> host.withPidsLimit(-1L)),
        wall("it sees other processes", host -> host.withPidMode("host")),
        wall(
            "the container engine can be reached",
            host -> host.withBinds(Bind.parse("/var/run/docker.sock:/var/run/docker.sock"))));
  }

  private static Arguments wall(String hole, Consumer<HostConfig> takeDown) {
    return Arguments.of(hole, takeDown);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("takenDown")
  void a_wall_that_is_down_is_seen(String hole, Consumer<HostConfig> takeDown) throws IOException {
    HostConfig walls = Containers.walls();
    takeDown.accept(walls);
    var containers = new Containers(engine, image, Containers.runner(), Containers.NOBODY, walls);
    assertThat(Sandbox.holes(containers, "container")).anyMatch(seen -> seen.startsWith(hole));
  }

  @Test
  void root_is_seen() throws IOException {
    var walls = Containers.walls().withReadonlyRootfs(false);
    var containers = new Containers(engine, image, Containers.runner(), "0:0", walls);
    assertThat(Sandbox.holes(containers, "container"))
        .contains("it runs as root", "files can be written in /grader");
  }

  @Test
  void an_environment_is_seen() throws IOException {
    List<String> command = new ArrayList<>(Containers.runner());
    command.remove("-i");
    assertThat(Sandbox.holes(Containers.of(engine, image, command), "container"))
        .anyMatch(seen -> seen.startsWith("there are environment variables"));
  }

  @Test
  void a_container_that_is_closed_is_gone() throws Exception {
    Container container = Containers.of(engine, image, Containers.runner()).start();
    container.connect().expect("ready");
    container.close();
    assertThat(exists(container.id())).isFalse();
  }

  /** The image that others begin with, as it is in one week and in another. */
  private static final String BASE = "course-grader-test-base";

  @Test
  void an_image_is_built_again_when_its_base_has_changed(@TempDir Path folder) throws IOException {
    Path dockerfile =
        Files.writeString(
            folder.resolve("Dockerfile"), "ARG BASE=" + BASE + "\nFROM ${BASE}\nCOPY lib /lib\n");
    var says = new ArrayList<String>();
    var images = new ArrayList<String>();
    try {
      base(folder, 1);
      String first = SandboxImage.id(engine, dockerfile, "", says::add);
      images.add(first);
      assertThat(SandboxImage.id(engine, dockerfile, "", says::add)).isEqualTo(first);
      assertThat(says).hasSize(1);
      base(folder, 2);
      String second = SandboxImage.id(engine, dockerfile, "", says::add);
      images.add(second);
      assertThat(second).isNotEqualTo(first);
      assertThat(says).hasSize(2);
    } finally {
      images.forEach(id -> engine.removeImageCmd(id).withForce(true).exec()); // the old base, too
      engine.removeImageCmd(BASE).exec();
    }
  }

  private static void base(Path folder, int version) throws IOException {
    Path dockerfile = folder.resolve("Base");
    Files.writeString(dockerfile, "FROM scratch\nLABEL version=" + version + "\n");
    engine.buildImageCmd(dockerfile.toFile()).withTags(Set.of(BASE)).start().awaitImageId();
  }

  private static boolean exists(String id) {
    try {
      engine.inspectContainerCmd(id).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
