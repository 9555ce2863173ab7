package course.grader.grade.walls;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A student's classes and the JDK's, and what each declares. The JDK's are loaded, but never
 * initialised; a student's are only read. Names of classes have slashes.
 */
final class Types {
  private static final String OBJECT = "java/lang/Object";

  /** The JDK's, once asked for; thread-safe. */
  private static final Map<String, Type> JDK = new ConcurrentHashMap<>();

  private final Map<String, Type> students;

  Types(Map<String, Type> students) {
    this.students = students;
  }

  /**
   * What is known of a class or an interface.
   *
   * @param parent the superclass; empty for {@code Object} and for interfaces
   * @param members what it declares, each as a name and a descriptor; as a name alone if any
   *     descriptor fits (JVM specification 2.9.3)
   */
  record Type(
      String name,
      boolean isInterface,
      Optional<String> parent,
      List<String> interfaces,
      Set<String> members) {
    static Type of(ClassModel model) {
      boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
      var members = new HashSet<String>();
      model
          .methods()
          .forEach(m -> members.add(m.methodName().stringValue() + m.methodType().stringValue()));
      model
          .fields()
          .forEach(f -> members.add(f.fieldName().stringValue() + f.fieldType().stringValue()));
      return new Type(
          model.thisClass().asInternalName(),
          isInterface,
          model.superclass().filter(_ -> !isInterface).map(ClassEntry::asInternalName),
          model.interfaces().stream().map(ClassEntry::asInternalName).toList(),
          members);
    }

    static Type of(Class<?> type) {
      var members = new HashSet<String>();
      for (Method method : type.getDeclaredMethods()) {
        members.add(
            method.getName() + descriptor(method.getReturnType(), method.getParameterTypes()));
        if (method.isVarArgs() && Modifier.isNative(method.getModifiers())) {
          members.add(method.getName()); // of a handle: it takes whatever the call gives it
        }
      }
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        members.add("<init>" + descriptor(void.class, constructor.getParameterTypes()));
      }
      for (Field field : type.getDeclaredFields()) {
        members.add(field.getName() + field.getType().descriptorString());
      }
      return new Type(
          internal(type),
          type.isInterface(),
          Optional.ofNullable(type.getSuperclass()).map(Type::internal),
          Stream.of(type.getInterfaces()).map(Type::internal).toList(),
          members);
    }

    private static String internal(Class<?> type) {
      return type.getName().replace('.', '/');
    }

    private static String descriptor(Class<?> result, Class<?>... parameters) {
      return MethodType.methodType(result, parameters).descriptorString();
    }
  }

  /** Returns a class of the student's or the JDK's; empty if it is none of them. */
  private Optional<Type> find(String name) {
    Type own = students.get(name);
    return Optional.ofNullable(own != null ? own : JDK.computeIfAbsent(name, Types::ofJdk));
  }

  /** Returns null if there is no such class: such names must not fill the memory. */
  private static Type ofJdk(String name) {
    try {
      return Type.of(
          Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** Tells whether it is one of the student's own. */
  boolean isStudents(String name) {
    return students.containsKey(name);
  }

  /**
   * Returns who declares what is used as a member of {@code owner}: the class, as the JVM finds it;
   * if none does, every interface that may be meant. Empty if nobody does.
   */
  Set<String> declaring(String owner, String name, String descriptor) {
    if (owner.startsWith("[")) {
      return Set.of(OBJECT); // all that an array has
    }
    String member = name + descriptor;
    Map<String, Type> classes = classes(owner);
    for (Type type : classes.values()) {
      if (type.members().contains(member) || type.members().contains(name)) {
        return Set.of(type.name());
      }
    }
    var found = new LinkedHashSet<String>();
    for (Type type : interfaces(classes).values()) {
      if (type.members().contains(member)) {
        found.add(type.name());
      }
    }
    Type object = find(OBJECT).orElseThrow();
    return found.isEmpty() && !classes.isEmpty() && object.members().contains(member)
        ? Set.of(OBJECT) // an interface has them too
        : found;
  }

  /** Returns what a class is or inherits from, and is neither the student's nor the JDK's. */
  Set<String> others(String name) {
    Map<String, Type> known = classes(name);
    known.putAll(interfaces(known));
    var named = new LinkedHashSet<>(Set.of(name));
    for (Type type : known.values()) {
      type.parent().ifPresent(named::add);
      named.addAll(type.interfaces());
    }
    named.removeAll(known.keySet());
    return named;
  }

  /** Returns a class and its superclasses, in this order. */
  private Map<String, Type> classes(String name) {
    var found = new LinkedHashMap<String, Type>();
    Optional<Type> next = find(name);
    while (next.isPresent() && found.putIfAbsent(next.get().name(), next.get()) == null) {
      next = next.get().parent().flatMap(this::find);
    }
    return found;
  }

  /** Returns all interfaces of some classes, those that they inherit too. */
  private Map<String, Type> interfaces(Map<String, Type> classes) {
    var found = new LinkedHashMap<String, Type>();
    var open = new ArrayList<>(classes.values());
    while (!open.isEmpty()) {
      for (String name : open.removeLast().interfaces()) {
        find(name)
            .filter(type -> found.putIfAbsent(type.name(), type) == null)
            .ifPresent(open::add);
      }
    }
    return found;
  }
}
