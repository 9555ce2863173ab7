package course.grader.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a student is with each exercise, kept in a file that git ignores: it stays when another
 * branch is checked out. For one thread.
 */
final class Remembered {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Map<String, Score> scores;

  /** How many of an exercise's tests passed when they were last run. */
  record Score(int passed, int of) {
    boolean solved() {
      return passed == of;
    }
  }

  /** Reads what is kept in a folder; what can't be read is forgotten. */
  Remembered(Path folder) {
    file = folder.resolve("progress.json");
    scores = read(file);
  }

  private static Map<String, Score> read(Path file) {
    try {
      return new TreeMap<>(
          JSON.readValue(Files.readString(file), new TypeReference<Map<String, Score>>() {}));
    } catch (IOException | JacksonException | NullPointerException e) {
      return new TreeMap<>();
    }
  }

  /** Returns an exercise's score; null if its tests never ran. */
  Score of(String exercise) {
    return scores.get(exercise);
  }

  boolean solved(String exercise) {
    Score score = of(exercise);
    return score != null && score.solved();
  }

  void put(String exercise, Score score) throws IOException {
    if (!score.equals(scores.put(exercise, score))) {
      Files.createDirectories(file.getParent());
      Path next = file.resolveSibling("progress.json.new");
      Files.writeString(next, JSON.writeValueAsString(scores));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
