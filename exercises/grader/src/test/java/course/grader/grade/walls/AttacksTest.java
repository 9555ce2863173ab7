package course.grader.grade.walls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way out of a submission is refused, where it is taken. */
class AttacksTest {
  /** In one line: the lines of an attack are counted from there. */
  private static final String HEAD =
      "package course.server; import java.util.*; import java.util.function.*;"
          + " import java.util.concurrent.*; import java.util.concurrent.atomic.*;"
          + " import java.util.concurrent.locks.*;";

  /**
   * Something a submission tries.
   *
   * @param source the file
   * @param line where it is done; 0 if that is no matter
   * @param what what the refusal names
   */
  record Attack(String name, String source, int line, String what) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Attack> attacks() throws IOException {
    var attacks = new ArrayList<Attack>();
    try (InputStream in = AttacksTest.class.getResourceAsStream("attacks.txt")) {
      for (String text :
          new String(in.readAllBytes(), UTF_8).replace("\r", "").split("\n== ", -1)) {
        if (!text.startsWith("#")) {
          attacks.add(attack(text.split("\n", 2)[0], text.split("\n", 2)[1]));
        }
      }
    }
    return attacks;
  }

  private static Attack attack(String name, String text) {
    String[] parts = text.split("\n=> ", -1);
    String source =
        parts[0].startsWith("classes:\n")
            ? parts[0].substring(9)
            : parts[0].startsWith("members:\n")
                ? "class Attack {\n" + parts[0].substring(9) + "\n}\n"
                : "class Attack {\nvoid run() throws Throwable {\n" + parts[0] + "\n}\n}\n";
    List<String> lines = (HEAD + source).lines().toList();
    int line = 0;
    for (int i = 0; i < lines.size(); i++) {
      line = lines.get(i).endsWith("// here") ? i + 1 : line;
    }
    return new Attack(name, HEAD + source, line, parts[1].strip());
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void is_refused_with_file_and_line(Attack attack) throws IOException {
    String name = attack.name().endsWith("(exercise 6)") ? "ex6-graceful-stop" : "ex4-bounded-pool";
    var exercise = Exercise.read(Path.of("..", name));
    var classes = InMemory.compile(exercise, Map.of("Attack.java", attack.source()));
    List<String> refusals = AllowList.of(exercise).refusals(classes, Set.of());
    String place = "Attack.java" + (attack.line() == 0 ? "" : ":" + attack.line() + ": ");
    assertThat(refusals)
        .as(attack.source())
        .anySatisfy(refusal ->
            assertThat(refusal)
                .startsWith(place)
                .contains(attack.what() + " is not allowed here: "));
  }
}
