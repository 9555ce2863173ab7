package course.grader.grade.walls;

import course.grader.model.Exercise;
import java.util.Set;

/**
 * What the classes of one exercise may use. Names of classes have slashes. Immutable.
 *
 * @param allowed of the JDK
 * @param ours the names of our own classes that are there for students, without the package
 * @param advice what to say of all else
 */
record Permissions(Allowed allowed, Set<String> ours, Advice advice) {
  private static final String HOME = Exercise.PACKAGE.replace('.', '/') + "/";

  /** Tells whether it is one of our own classes, or in one. */
  boolean isOurs(String type) {
    return type.startsWith(HOME) && ours.contains(Names.outermost(type.substring(HOME.length())));
  }

  boolean names(String type) {
    return isOurs(type) || allowed.names(type);
  }

  boolean extending(String type) {
    return isOurs(type) || allowed.extending(type);
  }

  /** Returns what to say if a member of a class may not be used, or the class extended. */
  String instead(String type, String member) {
    return advice.on(names(type) ? type + "." + Allowed.said(member) : type);
  }

  /** Returns what to say if a class may not be named. */
  String instead(String type) {
    return advice.on(type);
  }
}
