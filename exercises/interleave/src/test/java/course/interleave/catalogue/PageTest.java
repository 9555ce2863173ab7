package course.interleave.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measured tables are about the samples that there are, and the README says what they say. */
class PageTest {
  private static final List<String> NAMES = Catalogue.SAMPLES.stream().map(Sample::name).toList();

  @Test
  void every_sample_has_its_row_in_the_catalogue() throws IOException {
    assertThat(catalogue().names())
        .as("MEASURED.md: measure the catalogue again, with --write")
        .containsExactlyElementsOf(NAMES);
  }

  @Test
  void the_comparison_names_no_sample_that_is_gone() throws IOException {
    assertThat(NAMES)
        .as("MEASURED.md: run the comparison again, with --write")
        .containsAll(comparison().getLast().names());
  }

  @Test
  void the_readme_sums_up_what_was_measured() throws IOException {
    assertThat(Page.README.part("catalogue"))
        .as("README.md, of the catalogue in MEASURED.md: copy in what is expected")
        .containsExactlyElementsOf(catalogue().catalogue());
    assertThat(Page.README.part("comparison"))
        .as("README.md, of the comparison in MEASURED.md: copy in what is expected")
        .containsExactly(comparison().getFirst().comparison());
  }

  @Test
  void a_bug_that_was_missed_once_is_not_summed_up_as_found() {
    List<String> missed =
        List.of(
            "| bug | found | false alarms | found, busy | false alarms, busy |",
            "| --- | --- | --- | --- | --- |",
            "| always found | 2 of 2 | 0 of 2 | 2 of 2 | 0 of 2 |",
            "| missed once | 2 of 2 | 0 of 2 | 1 of 2 | 0 of 2 |",
            "| right, and blamed twice | 2 of 2 | 2 of 2 `stuck` | 2 of 2 | 0 of 2 |");
    assertThat(Table.in(missed).getFirst().catalogue())
        .singleElement(STRING)
        .contains("found 2 of 3 bugs", "false alarm on 1 of the correct twins");
  }

  @Test
  void replays_that_come_out_otherwise_are_summed_up() {
    List<String> replayed =
        List.of(
            "| bug | found | replays | false alarms | found, busy | replays, busy |",
            "| --- | --- | --- | --- | --- | --- |",
            "| same each time | 2 of 2 | 1000 of 1000 | 0 of 2 | 2 of 2 | 10 of 10 |",
            "| not each time | 2 of 2 | 7 of 10 | 0 of 2 | 1 of 2 | 5 of 5 |");
    assertThat(Table.in(replayed).getFirst().catalogue())
        .contains(
            "Of 1,025 replays of orders that failed, 1,022 came out the same, word for word.");
  }

  @Test
  void no_two_samples_have_the_same_name() {
    assertThat(NAMES).doesNotHaveDuplicates();
  }

  private static Table catalogue() throws IOException {
    return Table.in(Page.MEASURED.part("catalogue")).getFirst();
  }

  private static List<Table> comparison() throws IOException {
    return Table.in(Page.MEASURED.part("comparison"));
  }
}
