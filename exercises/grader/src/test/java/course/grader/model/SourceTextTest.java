package course.grader.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

/** A file as students save them: what can be read is, and else it is said where and why. */
class SourceTextTest {
  private static final String CODE = "class A {\n  String s = \"größer\";\n}\n";

  private static SourceText of(String text, Charset charset) {
    return SourceText.of("A.java", text.getBytes(charset));
  }

  @Test
  void utf_8_is_taken_as_it_is() {
    assertThat(of(CODE, UTF_8)).isEqualTo(new SourceText(CODE, "", ""));
    assertThat(of("", UTF_8)).isEqualTo(new SourceText("", "", ""));
  }

  @Test
  void a_byte_order_mark_is_left_out_and_it_is_said_how_to_remove_it() {
    SourceText source = of("\uFEFF" + CODE, UTF_8);
    assertThat(source.text()).isEqualTo(CODE);
    assertThat(source.fault()).isEmpty();
    assertThat(source.advice())
        .isEqualTo(
            "A.java:1: begins with a byte order mark (BOM), which javac does not take: save the"
                + " file as UTF-8 without BOM, in your editor");
  }

  @Test
  void latin_1_is_told_with_its_line() {
    assertThat(of(CODE, ISO_8859_1).fault())
        .isEqualTo(
            """
            A.java:2: the byte f6 is not UTF-8: save the file as UTF-8, in your editor
              String s = "gr??er";
                            ^\
            """);
  }

  @Test
  void a_file_that_is_cut_inside_a_character_is_told() {
    assertThat(SourceText.of("A.java", new byte[] {'a', '\n', (byte) 0xc3}).fault())
        .startsWith("A.java:2: the byte c3 is not UTF-8");
  }

  @Test
  void utf_16_is_called_by_its_name() {
    assertThat(of("\uFEFF" + CODE, UTF_16LE).fault()).startsWith("A.java:1: this is UTF-16: save");
    assertThat(of("\uFEFF" + CODE, UTF_16BE).fault()).startsWith("A.java:1: this is UTF-16: save");
    assertThat(of(CODE, UTF_16LE).fault()).startsWith("A.java:1: here is a NUL byte");
  }

  @Test
  void a_nul_byte_is_told_with_its_line() {
    assertThat(of("class A {\r\n\tint\0 a;\r\n}\r\n", UTF_8).fault())
        .isEqualTo(
            "A.java:2: here is a NUL byte, which no text has: delete it, or save the file as UTF-8"
                + " if it is UTF-16\n\tint? a;\n\t   ^");
  }

  @Test
  void a_compiled_class_is_no_source() {
    byte[] bytes = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0};
    assertThat(SourceText.of("A.java", bytes).fault()).startsWith("A.java:1: this is a compiled");
  }
}
