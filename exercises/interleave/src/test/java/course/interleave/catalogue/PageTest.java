package course.interleave.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measured tables of the README are about the samples that there are. */
class PageTest {
  private static final List<String> NAMES = Catalogue.SAMPLES.stream().map(Sample::name).toList();

  @Test
  void every_sample_has_its_row_in_the_catalogue() throws IOException {
    assertThat(Page.rows("catalogue"))
        .as("README.md: measure the catalogue again, with --write")
        .containsExactlyElementsOf(NAMES);
  }

  @Test
  void the_comparison_names_no_sample_that_is_gone() throws IOException {
    assertThat(NAMES)
        .as("README.md: run the comparison again, with --write")
        .containsAll(Page.rows("comparison"));
  }

  @Test
  void no_two_samples_have_the_same_name() {
    assertThat(NAMES).doesNotHaveDuplicates();
  }
}
