package course.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void every_source_file_is_formatted() throws IOException {
    assertThat(Format.badlyFormatted(Path.of("../..")).keySet())
        .as("files to be formatted: mvn -q -pl exercises/checks -am test-compile exec:exec@format")
        .isEmpty();
  }
}
