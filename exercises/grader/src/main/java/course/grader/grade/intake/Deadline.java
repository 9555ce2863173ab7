package course.grader.grade.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the moment at which something had to be handed in. */
public final class Deadline {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?<time>\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d(:\\d\\d)?)"
              + " ?(?<offset>[Zz]|[+-]\\d\\d(:?\\d\\d)?)? ?\\[?(?<zone>[A-Za-z][\\w/+-]*)?\\]?");

  private Deadline() {}

  /**
   * Reads a deadline: {@code 2026-11-30T23:59+01:00}, or with a zone's name, {@code
   * 2026-11-30T23:59[Europe/Berlin]}. In the hour that a change of summer time repeats, a zone's
   * name alone means the later of two readings, as students may think of either.
   *
   * @throws IllegalArgumentException if it is none, or has no zone: one line says why
   */
  public static Instant parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw no(text, "");
    }
    String offset = matcher.group("offset");
    String zone = matcher.group("zone");
    if (offset == null && zone == null) {
      throw new IllegalArgumentException(
          "the deadline '%s' has no zone: add one, such as +01:00 or [Europe/Berlin]"
              .formatted(text));
    }
    try {
      var time = LocalDateTime.parse(matcher.group("time").replace(' ', 'T').replace('t', 'T'));
      if (zone == null) {
        return time.atZone(ZoneId.of(offset.toUpperCase(java.util.Locale.ROOT))).toInstant();
      }
      ZoneId place = ZoneId.of(zone);
      Instant instant = time.atZone(place).withLaterOffsetAtOverlap().toInstant();
      if (offset == null) {
        return instant;
      }
      Instant exact = time.atZone(ZoneId.of(offset.toUpperCase(java.util.Locale.ROOT))).toInstant();
      if (!exact.atZone(place).toLocalDateTime().equals(time)) {
        throw no(text, ": that zone does not have that offset then");
      }
      return exact;
    } catch (DateTimeException e) {
      throw no(text, ": " + e.getMessage());
    }
  }

  private static IllegalArgumentException no(String text, String why) {
    return new IllegalArgumentException(
        "'%s' is no deadline%s: write it like 2026-11-30T23:59+01:00".formatted(text, why));
  }
}
