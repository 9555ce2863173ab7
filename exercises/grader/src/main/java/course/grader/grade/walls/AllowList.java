package course.grader.grade.walls;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.model.Exercise;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a student's compiled classes may use in an exercise: a list, so that what nobody has thought
 * of is refused. Never loads a class of a student's. It can't know whose thread {@code
 * Thread.currentThread()} is: code can interrupt, unpark or lock out a test's thread, which may
 * fail that test and never pass it. Thread-safe.
 */
public final class AllowList {
  /** In an exercise's folder: what it allows besides what all allow. */
  public static final String FILE = "allowed.txt";

  private static final int MAXIMUM_REFUSALS = 20; // nobody reads more

  private final Permissions permissions;

  private AllowList(Permissions permissions) {
    this.permissions = permissions;
  }

  /**
   * Reads the list of an exercise.
   *
   * @throws IOException if it can't be read, or is not as it should be: the message has the file
   */
  public static AllowList of(Exercise exercise) throws IOException {
    List<String> texts = List.of(resource(FILE), ofItsOwn(exercise));
    var ours = new HashSet<String>();
    exercise
        .sources(Exercise.MAIN)
        .forEach((file, text) -> {
          if (!text.contains("static void main(")) { // what starts the program is for nobody
            ours.add(Exercise.className(file));
          }
        });
    try {
      return new AllowList(
          new Permissions(
              Allowed.of(texts), Set.copyOf(ours), new Advice(resource("instead.txt"))));
    } catch (IllegalArgumentException e) {
      Path file = exercise.folder().resolve(FILE); // our own has been tried
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns what an exercise allows besides what all allow, as its file says it; may be empty.
   *
   * @throws IOException if the file can't be read
   */
  public static String ofItsOwn(Exercise exercise) throws IOException {
    Path file = exercise.folder().resolve(FILE);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = AllowList.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  Permissions permissions() {
    return permissions;
  }

  /**
   * Checks what a student has written.
   *
   * @param classes the bytes of all classes that javac made of it, by name; whatever they are
   * @param taken the names that none of them may have, besides those of our sources: of our tests
   * @return what is not allowed, a line each, with file and line; empty if all is well
   */
  public List<String> refusals(Map<String, byte[]> classes, Set<String> taken) {
    var refusals = new TreeSet<>(Refusal.ORDER);
    var models = new HashMap<String, ClassModel>();
    var students = new HashMap<String, Types.Type>();
    var reserved = new HashSet<>(permissions.ours());
    reserved.addAll(taken);
    var names = new Names(reserved);
    new TreeMap<>(classes)
        .forEach((name, bytes) -> {
          try {
            ClassModel model = ClassFile.of().parse(bytes);
            Types.Type type = Types.Type.of(model);
            if (!type.name().equals(name.replace('.', '/'))) {
              refusals.add(unreadable(name));
              return;
            }
            models.put(name, model);
            students.put(type.name(), type);
          } catch (RuntimeException e) {
            refusals.add(unreadable(name));
          }
        });
    var types = new Types(students);
    models.forEach((name, model) -> {
      try {
        refusals.addAll(ClassCheck.refusals(model, types, permissions, names));
      } catch (RuntimeException e) { // some part of it is not as the JVM's specification says
        refusals.add(unreadable(name));
      }
    });
    return refusals.stream().limit(MAXIMUM_REFUSALS).map(Refusal::toString).toList();
  }

  private static Refusal unreadable(String name) {
    return new Refusal(name, 0, "this class can't be read: hand in its source as a text");
  }
}
