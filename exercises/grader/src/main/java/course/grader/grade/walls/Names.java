package course.grader.grade.walls;

import course.grader.model.Exercise;
import java.lang.classfile.ClassModel;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a student's class may be called: it must not be taken for one of ours or of Java's. */
final class Names {
  private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER); // as files may be

  /**
   * Knows the names that are not free.
   *
   * @param taken with or without the package
   */
  Names(Set<String> taken) {
    taken.forEach(name -> this.taken.add(outermost(name.substring(name.lastIndexOf('.') + 1))));
  }

  /** Returns why a class, its name with slashes, may not be called so; empty if it may. */
  Optional<String> refusal(String name) {
    int slash = name.lastIndexOf('/');
    String home = name.substring(0, Math.max(0, slash)).replace('/', '.');
    String top = outermost(name.substring(slash + 1));
    if (!home.equals(Exercise.PACKAGE)) {
      return Optional.of(
          "the package of %s is %s, but must be %s"
              .formatted(top, home.isEmpty() ? "missing" : "'" + home + "'", Exercise.PACKAGE));
    }
    boolean ours = taken.contains(top);
    return ours || isInJavaLang(top)
        ? Optional.of(
            "%s is the name of a class of %s: give yours another one"
                .formatted(top, ours ? "the course's" : "Java's own (java.lang)"))
        : Optional.empty();
  }

  private static boolean isInJavaLang(String name) {
    try {
      Class.forName("java.lang." + name, false, null);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Returns the name of the class that a class is in, or its own. */
  static String outermost(String name) {
    int end = name.indexOf('$', 1);
    return end < 0 ? name : name.substring(0, end);
  }

  /** Returns the name of the source that a class was compiled from. */
  static String file(ClassModel model) {
    String name = model.thisClass().asInternalName();
    return Exercise.source(model)
        .orElse(outermost(name.substring(name.lastIndexOf('/') + 1)) + ".java");
  }
}
