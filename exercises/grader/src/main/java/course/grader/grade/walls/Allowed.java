package course.grader.grade.walls;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The list of what may be used, as {@code allowed.txt} says it. Immutable. */
final class Allowed {
  /** What stands for a constructor. */
  static final String NEW = "new";

  private static final String ALL = "*";
  static final String EXTEND = "extend";
  private static final String BOOTSTRAP = "bootstrap";
  private static final Entry NONE = new Entry(Set.of());

  private final Map<String, Entry> entries = new HashMap<>(); // by a class's name, with slashes

  /**
   * A line of the list.
   *
   * @param words what follows the name of the class
   */
  private record Entry(Set<String> words) {
    /** Tells whether the words have this very method's name, alone or with its parameters. */
    boolean has(String name, String descriptor) {
      return words.contains(name)
          || (descriptor.startsWith("(") && words.contains(name + parameters(descriptor)));
    }
  }

  /**
   * Reads lists.
   *
   * @param texts what they say; what is on any of them is allowed
   * @throws IllegalArgumentException if a line has no package: the message has the line
   */
  static Allowed of(List<String> texts) {
    var allowed = new Allowed();
    texts.forEach(allowed::read);
    return allowed;
  }

  private void read(String text) {
    String home = "";
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.endsWith(":")) {
        home = line.replace('.', '/').replace(':', '/');
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        if (home.isEmpty()) {
          throw new IllegalArgumentException(
              "above '" + line + "' is no package: write it on a line of its own, as 'java.net:'");
        }
        var words = List.of(line.split(" +"));
        entries
            .computeIfAbsent(
                home + words.getFirst().replace('.', '$'), _ -> new Entry(new HashSet<>()))
            .words()
            .addAll(words.subList(1, words.size()));
      }
    }
  }

  private Entry entry(String type) {
    return entries.getOrDefault(type, NONE);
  }

  /** Returns what the list says, by a class's name with slashes. */
  Map<String, Set<String>> all() {
    return entries.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().words()));
  }

  /** Tells whether a class may be named at all. Names of classes have slashes, here and below. */
  boolean names(String type) {
    return entries.containsKey(type);
  }

  boolean extending(String type) {
    return entry(type).words().contains(EXTEND);
  }

  /** Tells whether code may use a member. */
  boolean using(String type, String name, String descriptor) {
    Entry entry = entry(type);
    return !entry.words().contains(BOOTSTRAP)
        && (entry.words().contains(ALL) || entry.has(said(name), descriptor));
  }

  /** Tells whether the compiler may have a call site or a constant made by a method. */
  boolean bootstrapping(String type, String name, String descriptor) {
    Entry entry = entry(type);
    return entry.words().contains(BOOTSTRAP) && entry.has(name, descriptor);
  }

  /**
   * Returns how a reader knows a member: with its parameters, if others of its name may be used.
   */
  String shown(String type, String name, String descriptor) {
    String said = said(name);
    boolean others = entry(type).words().stream().anyMatch(word -> word.startsWith(said + "("));
    String shown = said.equals(NEW) ? "new " + simple(type) : simple(type) + "." + name;
    return others ? shown + parameters(descriptor) : shown;
  }

  /** Returns a class's name without the package, as sources have it. */
  static String simple(String type) {
    return type.substring(type.lastIndexOf('/') + 1).replace('$', '.');
  }

  /** Returns how the lists call a member. */
  static String said(String name) {
    return name.equals("<init>") ? NEW : name;
  }

  /** Returns the parameters' types, such as {@code (Runnable,String)}. */
  static String parameters(String descriptor) {
    return MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
        .map(ClassDesc::displayName)
        .collect(Collectors.joining(",", "(", ")"));
  }
}
