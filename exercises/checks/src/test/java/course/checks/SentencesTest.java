package course.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether there is one sentence a line is seen, whatever stands in the sentences. */
class SentencesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "One sentence.\nAnother one!\nA third?",
        "It waits (for a message, e.g. `a`), and goes on.",
        "Many do (Emmi et al. 2011), i.e. TCP does.",
        "Call `close(). Then` and `wait.` Only then.",
        "It is 1.5 s, or 3.8 of 4 vs. 5.",
        "It sends 1, 2, 3 … One a second.",
        "**1.** Run it.\n`observe` shows why.",
        "(A remark.)\nIt ends here.",
        "It goes on (what? Nothing!) as before.",
        "It is \"over.\"\n\"Who?\" is a question.",
        "It is so: see [the RFC. Part 2](https://example.org/a.B).",
        "| a table. It | has rows |\n| --- | --- |\n| A. B | c |",
        "# A heading. It may",
        "```text\nCode. It is\nprinted so.\n```",
        "- One.\n  Two.\n- Three",
        "1. **A rule.**\n   What it means.",
        "<details>\n<summary>An answer. Yes</summary>\n\nNo.\nYes.\n\n</details>",
      })
  void one_sentence_a_line_is_right(String text) {
    assertThat(Sentences.faults(page(text))).isEmpty();
  }

  @Test
  void two_sentences_on_a_line_are_found() {
    assertThat(Sentences.faults(page("One.\nTwo (or not). Three `is` a sentence too. Four.")))
        .containsExactly(
            "page.md:2: two sentences on one line: begin a new line with 'Three `is` a sentence'",
            "page.md:2: two sentences on one line: begin a new line with 'Four.'");
  }

  @Test
  void a_sentence_that_is_broken_is_found() {
    assertThat(Sentences.faults(page("# Heading\n\n- One, and\n  two.\n  Three")))
        .containsExactly(
            "page.md:3: a sentence goes on in the next line: join the line that begins with"
                + " 'two.'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It is over. `observe` shows it.",
        "It is over. [The page](a.md) shows it.",
        "It is over. [the page](a.md) shows it.",
        "**A rule.** What it means.",
        "Is it? \"Yes,\" it is.",
        "(One. Two.)",
        "It is 1. 8 is more.",
        "<details>\n<summary>Answer</summary>\n\nNo. Yes.\n\n</details>",
      })
  void a_second_sentence_is_known_by_its_beginning(String text) {
    assertThat(Sentences.faults(page(text))).singleElement().asString().contains("two sentences");
  }

  private static Page page(String text) {
    return Page.of("page.md", text.lines().toList());
  }
}
