package course.grader.engine;

import java.io.IOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What of compiled classes other classes can see: if it is the same, those need no compiling. */
final class Api {
  private Api() {}

  /** Returns a text that is equal for two folders of class files if all that shows is equal. */
  static String of(Path folder) throws IOException {
    var api = new ArrayList<String>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".class")).sorted().toList()) {
        add(api, ClassFile.of().parse(path));
      }
    }
    return String.join("\n", api);
  }

  private static void add(List<String> api, ClassModel type) {
    api.add(
        "%s %s %s %s %s"
            .formatted(
                type.thisClass().asInternalName(),
                type.flags().flagsMask(),
                type.superclass().map(Object::toString).orElse(""),
                type.interfaces(),
                generics(type)));
    type.fields().stream()
        .filter(field -> shows(field.flags()))
        .map(field ->
            field.fieldName()
                + " "
                + field.fieldType()
                + " "
                + field.flags().flagsMask()
                + generics(field)
                + field.findAttribute(Attributes.constantValue()).map(c -> c.constant()))
        .forEach(api::add);
    type.methods().stream()
        .filter(method -> shows(method.flags()))
        .map(method ->
            method.methodName()
                + " "
                + method.methodType()
                + " "
                + method.flags().flagsMask()
                + generics(method)
                + method.findAttribute(Attributes.exceptions()).map(e -> e.exceptions()))
        .forEach(api::add);
  }

  private static boolean shows(AccessFlags flags) {
    return !flags.has(AccessFlag.PRIVATE) && !flags.has(AccessFlag.SYNTHETIC);
  }

  private static String generics(AttributedElement element) {
    return element
        .findAttribute(Attributes.signature())
        .map(signature -> signature.signature().stringValue())
        .orElse("");
  }
}
