package course.checks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Capability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * A server and its clients, each in a container of its own on one network, as separate machines
 * would be: any of them can be killed or stopped in the middle of its work.
 */
@Execution(ExecutionMode.CONCURRENT) // containers that mostly wait
@EnabledIf("thereIsAnEngine")
@Timeout(value = 180) // bounds a hang
class ContainersIT {
  private static final Path ROOT = Path.of("../..");

  @SuppressWarnings("unused") // by the tests' annotation
  private static final List<String> LESSONS = Course.LESSONS;

  private final List<GenericContainer<?>> containers = new ArrayList<>();
  private Network network;

  static boolean thereIsAnEngine() {
    boolean available = DockerClientFactory.instance().isDockerAvailable();
    if (!available) {
      System.out.println("ContainersIT skipped: no container engine is running, such as Docker");
    }
    return available;
  }

  @BeforeEach
  void connect() {
    network = Network.newNetwork();
  }

  @AfterEach
  void endAll() {
    containers.forEach(GenericContainer::stop);
    network.close();
  }

  @ParameterizedTest
  @FieldSource("LESSONS")
  void clients_of_a_server_that_is_killed_end_and_say_how_many_messages_were_answered(String lesson)
      throws Exception {
    var server = startServer(lesson);
    var clients =
        List.of(startClient("--every", "20ms"), startClient("--every", "20ms", "--clients", "5"));
    docker().killContainerCmd(server.getContainerId()).exec();
    for (var client : clients) {
      assertThat(awaitExit(client)).as("exit status of a client whose server is gone").isEqualTo(1);
      assertThat(client.getLogs()).containsPattern("\\d+ of \\d+ messages were answered");
    }
  }

  @ParameterizedTest
  @FieldSource("LESSONS")
  void when_one_client_is_killed_the_others_lose_nothing(String lesson) throws Exception {
    startServer(lesson);
    var killed = startClient("--every", "20ms");
    var other = startClient("--every", "20ms", "--messages", "100");
    var five = startClient("--every", "20ms", "--messages", "100", "--clients", "5");
    docker().killContainerCmd(killed.getContainerId()).exec();
    assertThat(awaitExit(other)).as(other.getLogs()).isEqualTo(0);
    assertThat(awaitExit(five)).as(five.getLogs()).isEqualTo(0);
  }

  @ParameterizedTest
  @FieldSource("LESSONS")
  void a_server_that_is_paused_and_resumed_loses_nothing(String lesson) throws Exception {
    var server = startServer(lesson);
    var before = startClient("--every", "20ms", "--messages", "100");
    docker().pauseContainerCmd(server.getContainerId()).exec();
    // Connects and sends meanwhile: the server's kernel takes it all, the server nothing.
    var meanwhile = client("--every", "20ms", "--messages", "100");
    meanwhile.start();
    docker().unpauseContainerCmd(server.getContainerId()).exec();
    assertThat(awaitExit(before)).as(before.getLogs()).isEqualTo(0);
    assertThat(awaitExit(meanwhile)).as(meanwhile.getLogs()).isEqualTo(0);
  }

  @ParameterizedTest
  @FieldSource("LESSONS")
  void a_server_that_is_asked_to_stop_ends_by_itself(String lesson) throws Exception {
    var server = startServer(lesson);
    startClient("--every", "20ms");
    docker().stopContainerCmd(server.getContainerId()).withTimeout(60).exec();
    assertThat(awaitExit(server)).as("128 + SIGTERM, not 128 + SIGKILL").isEqualTo(128 + 15);
    assertThat(server.getLogs()).doesNotContain("Exception");
  }

  private GenericContainer<?> startServer(String lesson) {
    var server =
        container(lesson, "--work", "10ms")
            .withNetworkAliases("server")
            .waitingFor(Wait.forLogMessage("listening on .*\\n", 1));
    server.start();
    return server;
  }

  /** Starts a client and waits until it has its first reply. */
  private GenericContainer<?> startClient(String... options) {
    var client = client(options).waitingFor(Wait.forLogMessage("(?s).*<< .*", 1));
    client.start();
    return client;
  }

  private GenericContainer<?> client(String... options) {
    var command = new ArrayList<>(List.of("--host", "server"));
    command.addAll(List.of(options));
    return container("client", command.toArray(String[]::new));
  }

  /** A container of a module's image, with no right that its program does not need. */
  private GenericContainer<?> container(String module, String... command) {
    var image =
        new ImageFromDockerfile("course-" + module, false)
            .withDockerfile(ROOT.resolve(module).resolve("Dockerfile"));
    String base = System.getenv("COURSE_BASE_IMAGE");
    if (base != null) { // where the Dockerfile's own base image can't be pulled
      image = image.withBuildArg("BASE", base);
    }
    var container =
        new GenericContainer<>(image)
            .withCommand(command)
            .withNetwork(network)
            .withStartupTimeout(Duration.ofSeconds(60))
            .withCreateContainerCmdModifier(create ->
                create.getHostConfig().withCapDrop(Capability.ALL).withReadonlyRootfs(true));
    containers.add(container);
    return container;
  }

  private static int awaitExit(GenericContainer<?> container) {
    return docker()
        .waitContainerCmd(container.getContainerId())
        .exec(new WaitContainerResultCallback())
        .awaitStatusCode(60, SECONDS);
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }
}
