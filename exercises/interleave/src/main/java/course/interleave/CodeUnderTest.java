package course.interleave;

import course.interleave.schedule.Points;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of one exploration: which are under test, which are loaded anew for each run, and
 * their rewritten bytes. Guarded by this.
 */
final class CodeUnderTest {
  /** What final fields may hold and still be no state. */
  private static final Set<String> IMMUTABLE =
      Set.of("Z", "B", "S", "C", "I", "J", "F", "D", "Ljava/lang/String;", "Ljava/time/Duration;");

  private final Settings settings;
  private final ClassLoader classes;
  private final Marker marker;
  private final String test;
  private final String testLocation;
  private final Set<String> reloadedLocations = new HashSet<>();
  private final Map<String, byte[]> rewritten = new HashMap<>();
  private final Map<String, ClassModel> models = new HashMap<>();
  private final Points points = new Points(); // thread-safe by itself
  private boolean keepsState;
  private volatile String liesWithTest = ""; // a class that is not under test for this reason

  /** Looking for a class takes long, and each run asks. Thread-safe by itself. */
  private final Map<String, Boolean> reloads = new ConcurrentHashMap<>();

  private final Map<String, String> unmarkable = new TreeMap<>();

  /** The scenario's class says where the tests lie. */
  CodeUnderTest(Settings settings, Class<?> scenario) {
    this.settings = settings;
    classes = scenario.getClassLoader();
    marker = new Marker(this, classes);
    test = hostOf(scenario);
    testLocation = location(test);
    reloadedLocations.add(testLocation);
    for (String name : settings.classes) {
      reloadedLocations.add(location(name));
    }
  }

  /** A lambda's own class has no file: returns the name of the class that it is written in. */
  private static String hostOf(Class<?> scenario) {
    String name = scenario.getName();
    int lambda = name.indexOf("$$Lambda");
    return lambda < 0 ? name : name.substring(0, lambda);
  }

  /** Returns the class that the scenario is written in. */
  String test() {
    return test;
  }

  /** Returns the bytes of a class as they are. */
  byte[] unchanged(String name) {
    return read(name.replace('.', '/'));
  }

  ClassLoader classes() {
    return classes;
  }

  Points points() {
    return points;
  }

  /** Returns one line for the classes that could not be marked, with reasons; empty if all were. */
  synchronized String unmarkable() {
    return unmarkable.isEmpty() ? "" : " (could not be marked: " + unmarkable + ")";
  }

  /**
   * Returns one line for a class that was chosen by package, but lies with the test; empty if there
   * is none.
   */
  String liesWithTest() {
    String name = liesWithTest;
    return name.isEmpty()
        ? ""
        : "; what lies with the test counts as test code, such as "
            + name.substring(name.lastIndexOf('.') + 1).replace('$', '.')
            + ", unless it is named in of(...)";
  }

  /** Returns whether each run loads a class anew, rather than share the one that is there. */
  boolean reloads(String name) {
    return reloads.computeIfAbsent(name, this::isReloaded);
  }

  private boolean isReloaded(String name) {
    if (isJdk(name.replace('.', '/')) || isOwn(name)) {
      return false;
    }
    String location = location(name);
    // Folders hold what is being built: libraries come as jars.
    return location != null
        && (isMarked(name) || reloadedLocations.contains(location) || location.startsWith("file:"));
  }

  private static boolean isOwn(String name) {
    return name.startsWith(Interleavings.class.getPackageName() + ".")
        && Interleavings.class.getResource("/" + name.replace('.', '/') + ".class") != null
        && sameLocation(name);
  }

  private static boolean sameLocation(String name) {
    ClassLoader own = Interleavings.class.getClassLoader();
    String here = location(own, Interleavings.class.getName());
    return here != null && here.equals(location(own, name));
  }

  boolean isMarked(String name) {
    for (String chosen : settings.classes) {
      if (name.equals(chosen) || name.startsWith(chosen + "$")) {
        return true;
      }
    }
    for (String chosen : settings.packages) {
      if (name.startsWith(chosen + ".")) {
        if (!testLocation.equals(location(name))) {
          return true;
        }
        liesWithTest = name.equals(test) ? liesWithTest : name;
      }
    }
    return false;
  }

  /** Returns the bytes of a class for a run, rewritten. */
  synchronized byte[] bytes(String name) throws ClassNotFoundException {
    byte[] known = rewritten.get(name);
    if (known == null) {
      byte[] original = read(name.replace('.', '/'));
      if (original == null) {
        throw new ClassNotFoundException(name);
      }
      keepsState |= hasStaticState(ClassFile.of().parse(original));
      known = rewrite(name, original);
      rewritten.put(name, known);
    }
    return known;
  }

  /** Returns whether a class that was loaded so far keeps anything in static fields. */
  synchronized boolean keepsState() {
    return keepsState;
  }

  private static boolean hasStaticState(ClassModel type) {
    return type.fields().stream()
        .anyMatch(field ->
            field.flags().has(AccessFlag.STATIC)
                && !field.flags().has(AccessFlag.SYNTHETIC)
                && !field.flags().has(AccessFlag.ENUM)
                && !(field.flags().has(AccessFlag.FINAL)
                    && IMMUTABLE.contains(field.fieldType().stringValue())));
  }

  private byte[] rewrite(String name, byte[] original) {
    boolean mark = isMarked(name);
    RuntimeException reason = null;
    for (boolean targets : new boolean[] {true, false}) {
      try {
        return marker.rewrite(original, mark, targets);
      } catch (RuntimeException e) { // a method too long, or a form of class that is not known
        reason = e;
      }
    }
    if (mark) {
      unmarkable.put(name, String.valueOf(reason.getMessage()).lines().findFirst().orElse(""));
    }
    return original;
  }

  /** Returns the flags of a field of a class that is loaded anew; -1 for any other. */
  synchronized int fieldFlags(String owner, String field) {
    for (String name = owner; name != null && !isJdk(name); ) {
      ClassModel model = model(name);
      if (model == null) {
        return -1;
      }
      for (FieldModel declared : model.fields()) {
        if (declared.fieldName().equalsString(field)) {
          return declared.flags().flagsMask();
        }
      }
      name = model.superclass().map(ClassEntry::asInternalName).orElse(null);
    }
    return -1;
  }

  /** Returns the JDK's class whose method is called, or null if it is not one of the JDK's. */
  synchronized Class<?> jdkOwner(String owner, String method, String descriptor) {
    String name = owner;
    while (name != null && !isJdk(name)) {
      ClassModel model = name.startsWith("[") ? null : model(name);
      if (model == null
          || model.methods().stream()
              .anyMatch(m ->
                  m.methodName().equalsString(method) && m.methodType().equalsString(descriptor))) {
        return null;
      }
      name =
          model.interfaces().stream()
              .map(ClassEntry::asInternalName)
              .filter(type -> model.flags().has(AccessFlag.INTERFACE))
              .filter(CodeUnderTest::isJdk)
              .findFirst()
              .orElse(model.superclass().map(ClassEntry::asInternalName).orElse(null));
    }
    try {
      return name == null
          ? null
          : Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private ClassModel model(String internalName) {
    return models.computeIfAbsent(
        internalName,
        name -> {
          byte[] bytes = read(name);
          return bytes == null ? null : ClassFile.of().parse(bytes);
        });
  }

  private byte[] read(String internalName) {
    try (InputStream in = classes.getResourceAsStream(internalName + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJdk(String internalName) {
    return internalName.startsWith("java/")
        || internalName.startsWith("javax/")
        || internalName.startsWith("jdk/")
        || internalName.startsWith("sun/")
        || internalName.startsWith("com/sun/");
  }

  /** Returns the folder or jar that holds a class, or null if there is no such class. */
  String location(String name) {
    return location(classes, name);
  }

  private static String location(ClassLoader classes, String name) {
    String file = name.replace('.', '/') + ".class";
    URL url = classes.getResource(file);
    String text = url == null ? null : url.toString();
    return text == null ? null : text.substring(0, text.length() - file.length());
  }
}
