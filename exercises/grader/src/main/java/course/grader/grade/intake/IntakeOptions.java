package course.grader.grade.intake;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What an instructor may say of what goes in. Immutable.
 *
 * @param deadline for students who have none of their own
 * @param student finds the student's name in what an entry is called: a pattern with a group {@code
 *     student}
 * @param allowedHosts hosts that may be private, or reached without encryption, in lower case
 *     whatever is given; {@code file} means repositories on this machine
 * @param limits how much is read
 */
public record IntakeOptions(
    Optional<Instant> deadline,
    Optional<Pattern> student,
    Set<String> allowedHosts,
    Limits limits) {
  public IntakeOptions {
    allowedHosts = allowedHosts.stream().map(Shown::lower).collect(toUnmodifiableSet());
  }

  /** Nothing was said. */
  public static final IntakeOptions NONE =
      new IntakeOptions(Optional.empty(), Optional.empty(), Set.of(), Limits.USUAL);

  /**
   * Reads a pattern that finds students' names.
   *
   * @throws IllegalArgumentException if it is none, or has no group {@code student}: one line says
   *     why
   */
  public static Pattern studentPattern(String text) {
    try {
      Pattern pattern = Pattern.compile(text);
      if (!pattern.namedGroups().containsKey("student")) {
        throw new IllegalArgumentException(
            "'%s' has no group for the student's name: write (?<student>...)".formatted(text));
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s".formatted(text, e.getDescription()), e);
    }
  }
}
