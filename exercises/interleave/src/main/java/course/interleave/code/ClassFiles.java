package course.interleave.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;

/**
 * The class files that a class loader finds, and what they say of fields and methods. Names of
 * classes are internal ones, with slashes. Fields and methods are guarded by the {@link
 * CodeUnderTest}; the rest is thread-safe.
 */
final class ClassFiles {
  final ClassFile classFile;
  private final ClassLoader loader;
  private final Map<String, ClassModel> models = new HashMap<>();

  ClassFiles(ClassLoader loader) {
    this.loader = loader;
    var resolver =
        ClassHierarchyResolver.ofResourceParsing(loader)
            .orElse(ClassHierarchyResolver.defaultResolver());
    classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
  }

  /** Returns the bytes of a class, or null if there is no such class. */
  byte[] read(String name) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the file that a class was compiled from, with its package; empty if that is unknown.
   */
  String source(String name) {
    byte[] bytes = isJdk(name) ? null : read(name);
    String home = name.substring(0, name.lastIndexOf('/') + 1);
    return bytes == null
        ? ""
        : classFile
            .parse(bytes)
            .findAttribute(Attributes.sourceFile())
            .map(attribute -> home + attribute.sourceFile().stringValue())
            .orElse("");
  }

  /** Returns the folder or jar that holds a class, or null if there is no such class. */
  String location(String name) {
    return location(loader, name);
  }

  static String location(ClassLoader loader, String name) {
    String file = name + ".class";
    URL url = loader.getResource(file);
    String text = url == null ? null : url.toString();
    return text == null ? null : text.substring(0, text.length() - file.length());
  }

  static boolean isJdk(String name) {
    return name.startsWith("java/")
        || name.startsWith("javax/")
        || name.startsWith("jdk/")
        || name.startsWith("sun/")
        || name.startsWith("com/sun/");
  }

  /** Returns whether a field is one of a class that is not the JDK's, and not final. */
  boolean mayChange(FieldInstruction field) {
    ClassModel model = model(field.owner().asInternalName());
    while (model != null) {
      for (FieldModel declared : model.fields()) {
        if (declared.fieldName().equalsString(field.name().stringValue())) {
          return !declared.flags().has(AccessFlag.FINAL);
        }
      }
      model = model.superclass().map(type -> model(type.asInternalName())).orElse(null);
    }
    return false;
  }

  /** Returns the JDK's class whose method is called, or null if it is not one of the JDK's. */
  Class<?> jdkOwner(String owner, String method, String descriptor) {
    String name = owner;
    while (name != null && !isJdk(name)) {
      ClassModel model = model(name);
      name = model == null || declares(model, method, descriptor) ? null : inheritsFrom(model);
    }
    try {
      return name == null
          ? null
          : Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static boolean declares(ClassModel model, String name, String descriptor) {
    return model.methods().stream()
        .anyMatch(
            m -> m.methodName().equalsString(name) && m.methodType().equalsString(descriptor));
  }

  /** Returns the JDK's first interface of an interface; else the superclass. */
  private static String inheritsFrom(ClassModel model) {
    return model.interfaces().stream()
        .map(ClassEntry::asInternalName)
        .filter(type -> model.flags().has(AccessFlag.INTERFACE) && isJdk(type))
        .findFirst()
        .orElse(model.superclass().map(ClassEntry::asInternalName).orElse(null));
  }

  private ClassModel model(String name) {
    return models.computeIfAbsent(
        name,
        n -> {
          byte[] bytes = isJdk(n) || n.startsWith("[") ? null : read(n);
          return bytes == null ? null : classFile.parse(bytes);
        });
  }
}
