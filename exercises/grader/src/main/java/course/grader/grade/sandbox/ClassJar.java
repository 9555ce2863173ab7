package course.grader.grade.sandbox;

import course.grader.model.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar of class files: the same bytes for the same classes. For one thread. */
final class ClassJar implements AutoCloseable {
  private final JarOutputStream jar;

  ClassJar(OutputStream out) throws IOException {
    jar = new JarOutputStream(out);
  }

  /** Adds the files of a folder whose paths match a regular expression. */
  void add(Path folder, String paths) throws IOException {
    for (Path file : Folders.files(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      if (name.matches(paths)) {
        var entry = new JarEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        jar.putNextEntry(entry);
        Files.copy(file, jar);
      }
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
