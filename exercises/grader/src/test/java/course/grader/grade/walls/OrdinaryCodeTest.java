package course.grader.grade.walls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Java's language and its usual classes offer is there: a right solution is not refused. */
class OrdinaryCodeTest {
  private static final String HEAD =
      """
      package course.server;
      import static java.util.stream.Collectors.*;
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.nio.*;
      import java.nio.charset.*;
      import java.time.*;
      import java.time.temporal.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.*;
      import java.util.concurrent.locks.*;
      import java.util.function.*;
      import java.util.regex.*;
      import java.util.stream.*;
      class Code { //\
      """;

  static List<String> code() throws IOException {
    try (InputStream in = OrdinaryCodeTest.class.getResourceAsStream("ordinary.txt")) {
      String text = new String(in.readAllBytes(), UTF_8).replace("\r", "");
      return Stream.of(text.split("\n== ", -1)).skip(1).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("code")
  void passes(String members) throws IOException {
    var exercise = Exercise.read(Path.of("../ex4-bounded-pool"));
    var classes = InMemory.compile(exercise, Map.of("Code.java", HEAD + members + "}\n"));
    List<String> refusals = AllowList.of(exercise).refusals(classes, Set.of());
    assertThat(refusals).as(members).isEmpty();
  }
}
