package course.interleave.code;

import course.interleave.schedule.Points;
import course.interleave.schedule.Use;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of one exploration: which are under test, which are loaded anew for each run, and
 * their rewritten bytes. Thread-safe.
 */
public final class CodeUnderTest {
  /** Interleave itself is never under test. */
  private static final String OWN_PACKAGES =
      CodeUnderTest.class.getPackageName().replaceFirst("[.][^.]*$", ".");

  /** What final fields may hold and still be no state. */
  private static final Set<String> IMMUTABLE =
      Set.of(
          "Z",
          "B",
          "S",
          "C",
          "I",
          "J",
          "F",
          "D",
          "Ljava/lang/String;",
          "Ljava/lang/ScopedValue;", // what is bound to it ends with the code that it is bound for
          "Ljava/time/Duration;",
          "Lcourse/interleave/Interleavings;"); // what a test may keep for all its scenarios

  private final Selection selection;
  private final ClassLoader classes;
  private final ClassFiles files;
  private final Points points = new Points();
  private final Conflicts conflicts = new Conflicts();
  private final String test;
  private final String testLocation;
  private final Set<String> reloadedLocations = new HashSet<>(); // not changed once it is made

  /** Looking for a class takes long, and each run asks. */
  private final Map<String, Boolean> reloads = new ConcurrentHashMap<>();

  /** So does reading its file. */
  private final Map<String, Boolean> helpers = new ConcurrentHashMap<>();

  private final Map<String, byte[]> rewritten = new HashMap<>(); // guarded by this
  private final Map<String, String> unmarkable = new TreeMap<>(); // guarded by this
  private boolean keepsState; // guarded by this
  private volatile String liesWithTest = ""; // a class that is not under test for this reason

  /**
   * Makes it for one exploration.
   *
   * @param selection what is under test
   * @param scenario the scenario's class: it says where the tests lie
   */
  public CodeUnderTest(Selection selection, Class<?> scenario) {
    this.selection = selection;
    classes = scenario.getClassLoader();
    files = new ClassFiles(classes);
    test = scenario.getName().replaceFirst("\\$\\$Lambda.*", ""); // which has no file of its own
    testLocation = location(test);
    reloadedLocations.add(testLocation);
    selection.classes().forEach(name -> reloadedLocations.add(location(name)));
  }

  private String location(String name) {
    return files.location(name.replace('.', '/'));
  }

  /** Returns the name of the class that the scenario is written in. */
  public String test() {
    return test;
  }

  /** Returns the loader of the classes as they are. */
  public ClassLoader classes() {
    return classes;
  }

  /** Returns all points of the classes that were rewritten so far. */
  public Points points() {
    return points;
  }

  /**
   * Returns whether two uses of the same unsynchronised object at once go wrong. May run code under
   * test, so that it is called without a lock.
   */
  public boolean conflict(Use one, Use other) {
    return conflicts.conflict(one, other);
  }

  /**
   * Returns one line for the classes or methods that could not be marked, with reasons; empty if
   * all were.
   */
  public synchronized String unmarkable() {
    return unmarkable.isEmpty() ? "" : " (could not be marked: " + unmarkable + ")";
  }

  /**
   * Returns one line for a class that was chosen by package, but lies with the test; empty if there
   * is none.
   */
  public String liesWithTest() {
    String name = liesWithTest;
    return name.isEmpty()
        ? ""
        : "; what lies with the test counts as test code, such as "
            + name.substring(name.lastIndexOf('.') + 1).replace('$', '.')
            + ", unless it is named in of(...)";
  }

  /** Returns whether each run loads a class anew, rather than share the one that is there. */
  public boolean reloads(String name) {
    return reloads.computeIfAbsent(name, this::isReloaded);
  }

  private boolean isReloaded(String name) {
    if (ClassFiles.isJdk(name.replace('.', '/')) || isOwn(name)) {
      return false;
    }
    String location = location(name);
    // Folders hold what is being built: libraries come as jars.
    return location != null
        && (isMarked(name) || reloadedLocations.contains(location) || location.startsWith("file:"));
  }

  private static boolean isOwn(String name) {
    String location = name.startsWith(OWN_PACKAGES) ? ownLocation(name) : null;
    return location != null && location.equals(ownLocation(CodeUnderTest.class.getName()));
  }

  private static String ownLocation(String name) {
    return ClassFiles.location(CodeUnderTest.class.getClassLoader(), name.replace('.', '/'));
  }

  /** Returns whether a class is under test. */
  public boolean isMarked(String name) {
    if (selection.namesClass(name) || helpers.computeIfAbsent(name, this::isHelper)) {
      return true;
    }
    if (!selection.namesPackageOf(name)) {
      return false;
    }
    boolean isTestCode = testLocation.equals(location(name));
    if (isTestCode && !name.equals(test)) {
      liesWithTest = name;
    }
    return !isTestCode;
  }

  /** Returns whether a class stands in the file of one that was chosen, and so belongs to it. */
  private boolean isHelper(String name) {
    return selection.namesNeighbourOf(name) // else its file need not be read
        && !isOwn(name)
        && selection.namesSource(files.source(name.replace('.', '/')));
  }

  /** Returns the bytes of a class as they are. */
  public byte[] unchanged(String name) {
    return files.read(name.replace('.', '/'));
  }

  /**
   * Returns the bytes of a class for a run, rewritten.
   *
   * @throws ClassNotFoundException if there is no such class
   */
  public synchronized byte[] bytes(String name) throws ClassNotFoundException {
    byte[] known = rewritten.get(name);
    if (known == null) {
      byte[] original = unchanged(name);
      if (original == null) {
        throw new ClassNotFoundException(name);
      }
      ClassModel type = files.classFile.parse(original);
      keepsState |= hasStaticState(type);
      known = rewrite(name, original, type);
      rewritten.put(name, known);
    }
    return known;
  }

  /** Returns whether a class that was loaded so far keeps anything in static fields. */
  public synchronized boolean keepsState() {
    return keepsState;
  }

  private static boolean hasStaticState(ClassModel type) {
    return type.fields().stream()
        .anyMatch(field ->
            field.flags().has(AccessFlag.STATIC)
                && !field.flags().has(AccessFlag.SYNTHETIC)
                && !(field.flags().has(AccessFlag.ENUM) ? isMereName(type) : isConstant(field)));
  }

  /** Returns whether a constant of an enum has nothing of its own that could change. */
  private static boolean isMereName(ClassModel type) {
    return type.flags().has(AccessFlag.FINAL) // else a constant has a class of its own
        && type.fields().stream()
            .allMatch(field -> field.flags().has(AccessFlag.STATIC) || isConstant(field));
  }

  private static boolean isConstant(FieldModel field) {
    return field.flags().has(AccessFlag.FINAL)
        && IMMUTABLE.contains(field.fieldType().stringValue());
  }

  private byte[] rewrite(String name, byte[] original, ClassModel type) {
    boolean mark = isMarked(name);
    String reason;
    byte[] bytes = original;
    try {
      var instrumenter = new Instrumenter(type, files, points, conflicts, mark);
      bytes = instrumenter.rewrite();
      reason = tooLong(instrumenter.leftOut());
    } catch (RuntimeException e) { // a form of class that is not known
      reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
    if (mark && !reason.isEmpty()) {
      unmarkable.put(name, reason);
    }
    return bytes;
  }

  private static String tooLong(List<String> methods) {
    return methods.isEmpty()
        ? ""
        : String.join(", ", methods)
            + (methods.size() == 1 ? " is" : " are")
            + " too long: with marks a method has more than 64 KB";
  }
}
