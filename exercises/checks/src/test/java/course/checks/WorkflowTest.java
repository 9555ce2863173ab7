package course.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a forge is told to run is what the pages say. No forge is at hand here to try it. */
class WorkflowTest {
  private static final Course COURSE = new Course(Path.of("../.."));
  private static final String WORKFLOW = ".github/workflows/verify.yml";
  private static final String DEPENDABOT = ".github/dependabot.yml";

  /** They change what Maven prints, not what it does. */
  private static final List<String> FOR_A_LOG = List.of("-B", "-ntp");

  private final Yaml job = Yaml.read(WORKFLOW).get("jobs").get("verify");

  @Test
  void it_runs_the_test_command_of_the_first_page_and_nothing_else() {
    List<String> testCommands =
        Page.read(COURSE, "README.md").blocks().stream()
            .filter(block -> block.language().equals("sh"))
            .flatMap(block -> block.lines().stream())
            .filter(line -> line.startsWith("mvn "))
            .toList();
    assertThat(steps("run").stream().map(WorkflowTest::withoutLogOptions).toList())
        .as("what %s runs, but for %s, against the mvn commands in README.md", WORKFLOW, FOR_A_LOG)
        .isEqualTo(testCommands)
        .hasSize(1);
  }

  @Test
  void it_runs_on_each_system_that_students_use() {
    assertThat(job.get("runs-on").text()).isEqualTo("${{ matrix.os }}");
    assertThat(job.get("strategy").get("matrix").get("os").texts())
        .as("%s: the systems", WORKFLOW)
        .containsExactlyInAnyOrder("ubuntu-latest", "macos-latest", "windows-latest");
  }

  @Test
  void it_takes_the_jdk_that_the_build_asks_for() {
    String version =
        job.get("steps").find("uses", "actions/setup-java@").get("with").get("java-version").text();
    String asked =
        COURSE.lines("pom.xml").stream()
            .filter(line -> line.contains("<jdk.version>"))
            .map(line -> line.replaceAll("<[^>]*>|\\s", ""))
            .collect(Collectors.joining());
    assertThat(version)
        .as("java-version in %s, against jdk.version in pom.xml", WORKFLOW)
        .isEqualTo(asked);
  }

  @Test
  void it_starts_from_the_course_and_takes_actions_of_the_forge_only() {
    assertThat(steps("uses"))
        .as("%s: the actions", WORKFLOW)
        .allMatch(action -> action.matches("actions/[a-z-]+@v\\d+"))
        .first()
        .asString()
        .startsWith("actions/checkout@");
  }

  @Test
  void newer_versions_are_asked_for_of_all_that_has_versions() {
    assertThat(Yaml.read(DEPENDABOT).get("updates").all("package-ecosystem"))
        .as("%s: what is updated", DEPENDABOT)
        .containsExactlyInAnyOrder("maven", "github-actions");
  }

  private List<String> steps(String key) {
    return job.get("steps").all(key);
  }

  private static String withoutLogOptions(String command) {
    var words = new ArrayList<>(List.of(command.split(" ")));
    words.removeAll(FOR_A_LOG);
    return String.join(" ", words);
  }

  /**
   * A part of a YAML file.
   *
   * @param where its file, and the keys that lead to it
   */
  private record Yaml(String where, Object value) {
    static Yaml read(String file) {
      String text = String.join("\n", COURSE.lines(file));
      var settings = LoadSettings.builder().setLabel(file).build();
      return new Yaml(file, new Load(settings).loadFromString(text));
    }

    Yaml get(String key) {
      Object inner = value instanceof Map<?, ?> map ? map.get(key) : null;
      return new Yaml(where + ": " + key, Objects.requireNonNull(inner, where + " has no " + key));
    }

    String text() {
      return value.toString();
    }

    List<Yaml> items() {
      assertThat(value).as(where).isInstanceOf(List.class);
      return ((List<?>) value).stream().map(item -> new Yaml(where, item)).toList();
    }

    List<String> texts() {
      return items().stream().map(Yaml::text).toList();
    }

    /** Returns what the items of a list have under a key. */
    List<String> all(String key) {
      return items().stream()
          .filter(item -> item.has(key))
          .map(item -> item.get(key).text())
          .toList();
    }

    Yaml find(String key, String start) {
      return items().stream()
          .filter(item -> item.has(key) && item.get(key).text().startsWith(start))
          .findFirst()
          .orElseThrow(() -> new AssertionError(where + " has no " + key + ": " + start));
    }

    private boolean has(String key) {
      return value instanceof Map<?, ?> map && map.containsKey(key);
    }
  }
}
