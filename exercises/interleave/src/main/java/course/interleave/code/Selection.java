package course.interleave.code;

import java.util.List;

/**
 * What a user has chosen to be under test.
 *
 * @param classes names of classes; what is nested in them, and what else stands in the file of that
 *     name, belongs to them
 * @param packages names of packages; those below belong to them
 */
public record Selection(List<String> classes, List<String> packages) {
  boolean namesClass(String name) {
    return classes.stream().anyMatch(c -> name.equals(c) || name.startsWith(c + "$"));
  }

  /** Returns whether a class may stand in the file of one that was chosen: it is beside it. */
  boolean namesNeighbourOf(String name) {
    String home = name.substring(0, name.lastIndexOf('.') + 1);
    return classes.stream().anyMatch(c -> home.equals(c.substring(0, c.lastIndexOf('.') + 1)));
  }

  /** Returns whether a file, said with its package, is that of a class that was chosen. */
  boolean namesSource(String file) {
    return classes.stream().anyMatch(c -> file.equals(c.replace('.', '/') + ".java"));
  }

  boolean namesPackageOf(String name) {
    return packages.stream().anyMatch(p -> name.startsWith(p + "."));
  }
}
