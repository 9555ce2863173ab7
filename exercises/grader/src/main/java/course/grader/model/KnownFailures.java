package course.grader.model;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of the wrong versions of an exercise: {@code known.json} beside its solutions.
 *
 * @param versions what the tests that fail see, by the test's label, for each version; {@link
 *     #VARIES} if that is not the same each time
 */
public record KnownFailures(Map<String, Map<String, String>> versions) {
  private static final String FILE = "known.json";

  /** Stands for what differed from run to run. */
  public static final String VARIES = "(not the same each time)";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Reads the file; nothing is known if it is not there. */
  public static KnownFailures read(Solutions solutions) throws IOException {
    return solutions.read(FILE, KnownFailures.class, new KnownFailures(Map.of()));
  }

  /** Writes the file. */
  public void write(Solutions solutions) throws IOException {
    String json = JSON.writeValueAsString(this).replace("\r", "");
    Files.writeString(solutions.folder().resolve(FILE), json + "\n");
  }
}
