package course.interleave.code;

import java.util.List;

/**
 * What a user has chosen to be under test.
 *
 * @param classes names of classes; what is nested in them belongs to them, and their helpers, see
 *     {@link CodeUnderTest#isMarked}
 * @param packages names of packages; those below belong to them
 */
public record Selection(List<String> classes, List<String> packages) {
  boolean namesClass(String name) {
    return classes.stream().anyMatch(c -> name.equals(c) || name.startsWith(c + "$"));
  }

  boolean namesPackageOf(String name) {
    return packages.stream().anyMatch(p -> name.startsWith(p + "."));
  }
}
