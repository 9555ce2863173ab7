package course.grader.watch;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExercisesTest {
  @TempDir Path folder;

  /** Of twelve exercises, the one that the last key goes to; 0 if it is none. */
  @ParameterizedTest
  @CsvSource({
    "1,1", "9,9", "0,0", "10,10", "12,12", "13,3", "19,9", "112,2", "1n0,0", "212,12", "110,0"
  })
  void digits_that_follow_each_other_are_one_number_if_an_exercise_has_it(String keys, int number) {
    List<Exercise> all =
        IntStream.rangeClosed(1, 12)
            .mapToObj(n ->
                new Exercise(
                    Path.of("ex" + n + "-name"),
                    new Exercise.About("a", "lesson1", List.of()),
                    List.of()))
            .toList();
    var exercises = new Exercises(all, all.getFirst(), folder);
    int last = 0;
    for (int i = 0; i < keys.length(); i++) {
      last = exercises.numbered(keys.charAt(i)).orElse(-1) + 1;
    }
    assertThat(last).isEqualTo(number);
  }
}
