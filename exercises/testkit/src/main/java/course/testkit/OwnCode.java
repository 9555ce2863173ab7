package course.testkit;

import course.interleave.Foreign;
import java.net.URL;
import java.util.Arrays;
import java.util.List;

/** The student's own code: what lies beside the tests, but is no test, no library and not ours. */
final class OwnCode {
  private static final int MOST_FRAMES = 4;

  private final Class<?> tests;

  /**
   * Looks for it from a class of tests.
   *
   * @param tests a test class, in the same package as what it tests
   */
  OwnCode(Class<?> tests) {
    this.tests = tests;
  }

  /** Whether a class is the student's: in the tests' package, but not compiled with them. */
  boolean contains(String className) {
    if (!className.startsWith(tests.getPackageName() + ".")) {
      return false;
    }
    String topLevel = className.replaceFirst("\\$.*", "");
    URL found = tests.getClassLoader().getResource(topLevel.replace('.', '/') + ".class");
    if (found == null || !found.getProtocol().equals("file")) {
      return false;
    }
    URL own = tests.getProtectionDomain().getCodeSource().getLocation();
    return !found.toString().startsWith(own.toString());
  }

  /** Returns the student's frames of a stack, the innermost first: "Pool.run (Pool.java:31)". */
  List<String> frames(Throwable thrown) {
    return Arrays.stream(Foreign.stack(thrown))
        .filter(frame -> contains(frame.getClassName()))
        .limit(MOST_FRAMES)
        .map(frame ->
            "%s (%s:%d)"
                .formatted(
                    method(frame.getClassName(), frame.getMethodName()),
                    frame.getFileName(),
                    frame.getLineNumber()))
        .toList();
  }

  /** Returns a method as its author would call it: what the compiler made of a lambda is cut. */
  static String method(String className, String methodName) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return simple.replace('$', '.') + "." + methodName.replaceFirst("^lambda\\$(.*)\\$\\d+$", "$1");
  }
}
