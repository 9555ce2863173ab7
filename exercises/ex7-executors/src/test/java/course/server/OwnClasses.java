package course.server;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The classes that lie with the student's, nested and nameless ones too. */
final class OwnClasses {
  private OwnClasses() {}

  static List<Class<?>> all() throws Exception {
    URI classes = Handlers.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    var found = new ArrayList<Class<?>>();
    try (var files = Files.walk(Path.of(classes))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        String packageName = Handlers.class.getPackageName();
        found.add(Class.forName(packageName + "." + name, false, Handlers.class.getClassLoader()));
      }
    }
    return found;
  }
}
