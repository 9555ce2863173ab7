package course.interleave.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gallery shows the bugs that there are, and orders of steps that still come out. */
@Timeout(600) // bounds a hang
class GalleryIT {
  @Test
  void the_pages_show_what_the_catalogue_has_and_interleave_reports() throws IOException {
    for (var page : Gallery.pages().entrySet()) {
      List<String> shown = Gallery.read(page.getKey());
      List<String> now = page.getValue();
      int line = 0;
      while (line < Math.min(shown.size(), now.size()) && shown.get(line).equals(now.get(line))) {
        line++;
      }
      assertThat(shown.subList(line, shown.size()).stream().limit(5))
          .as(
              "%s from line %d: write the pages anew with%n  %s",
              page.getKey().getFileName(), line + 1, Gallery.COMMAND)
          .containsExactlyElementsOf(now.subList(line, now.size()).stream().limit(5).toList());
    }
  }
}
