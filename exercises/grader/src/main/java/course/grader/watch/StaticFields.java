package course.grader.watch;

import course.grader.model.Exercise;
import java.lang.classfile.ClassFile;
import java.lang.classfile.FieldModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds what a student's objects share, and so do the tests. */
final class StaticFields {
  private StaticFields() {}

  /** Returns a line for each static field of these class files that may change. */
  static List<String> remarks(Collection<byte[]> classes) {
    return classes.stream()
        .map(bytes -> ClassFile.of().parse(bytes))
        .flatMap(type -> type.fields().stream().filter(StaticFields::changes))
        .map(StaticFields::remark)
        .toList();
  }

  private static boolean changes(FieldModel field) {
    return field.flags().has(AccessFlag.STATIC)
        && !field.flags().has(AccessFlag.SYNTHETIC)
        && (!field.flags().has(AccessFlag.FINAL) || holdsMore(field.fieldTypeSymbol()));
  }

  /** Whether it may hold something else later although it is final. */
  private static boolean holdsMore(ClassDesc type) {
    if (type.isArray()) {
      return true;
    }
    if (!type.packageName().startsWith("java.util")) {
      return false;
    }
    try {
      Class<?> known = Class.forName(type.packageName() + "." + type.displayName());
      return Collection.class.isAssignableFrom(known)
          || Map.class.isAssignableFrom(known)
          || (type.packageName().startsWith("java.util.concurrent") && !known.isEnum());
    } catch (ClassNotFoundException e) {
      return false; // a class within another
    }
  }

  private static String remark(FieldModel field) {
    String file = field.parent().flatMap(Exercise::source).orElse("");
    return "%s: %s is static: all objects share it, and it keeps its value from test to test."
        .formatted(file, field.fieldName().stringValue());
  }
}
