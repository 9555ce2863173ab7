package course.interleave.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gallery shows the bugs that there are, and orders of steps that still come out. */
@Timeout(600) // bounds a hang
class GalleryIT {
  @Test
  void the_page_shows_what_the_catalogue_has_and_interleave_reports() throws IOException {
    List<String> shown = Files.readAllLines(Gallery.file());
    List<String> now = Gallery.page(shown);
    int line = 0;
    while (line < Math.min(shown.size(), now.size()) && shown.get(line).equals(now.get(line))) {
      line++;
    }
    assertThat(shown.subList(line, shown.size()).stream().limit(5))
        .as("GALLERY.md from line %d: write the page anew with%n  %s", line + 1, Gallery.COMMAND)
        .containsExactlyElementsOf(now.subList(line, now.size()).stream().limit(5).toList());
  }
}
