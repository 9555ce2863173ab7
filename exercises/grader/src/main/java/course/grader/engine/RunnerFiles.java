package course.grader.engine;

import course.grader.model.Folders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What runners start from, kept from one command to the next beside our own classes: our class path
 * with its folders packed into a jar, and an archive of the classes that a runner loads first,
 * which can be made from jars only (JDK: "class data sharing"). Several processes may use and make
 * the same at once: each file is made under another name, and what two make is the same. Immutable.
 *
 * @param folder named for all that the files in it depend on
 */
record RunnerFiles(Path folder) {
  private static final Duration UNUSED = Duration.ofDays(1);

  /** The same for each who packs the same: the archive has the time of its jar in it. */
  private static final FileTime PACKED = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  /** Returns the place for the class path that we run with. */
  static RunnerFiles ours() throws IOException {
    Path runners = besideOurClasses();
    var files = new RunnerFiles(runners.resolve(digest(ClassPath.ours())));
    Files.createDirectories(files.folder);
    Files.setLastModifiedTime(files.folder, FileTime.from(Instant.now()));
    deleteUnused(runners);
    return files;
  }

  private static Path besideOurClasses() throws IOException {
    try {
      Path classes =
          Path.of(RunnerFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolveSibling("runners");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static String digest(List<Path> classPath) throws IOException {
    var text = new StringBuilder(Runtime.version() + System.getProperty("java.home"));
    for (Path entry : classPath) {
      for (Path file : files(entry)) {
        text.append('\n').append(file.toAbsolutePath()).append(' ').append(Files.size(file));
        text.append(' ').append(Files.getLastModifiedTime(file));
      }
    }
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each Java has it
    }
  }

  /** Returns a file, or the files of a folder; none if there is no such entry. */
  private static List<Path> files(Path entry) throws IOException {
    if (!Files.exists(entry)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(entry)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Those of classes that have been built anew since; not what a running watch may need. */
  private static void deleteUnused(Path runners) throws IOException {
    Instant limit = Instant.now().minus(UNUSED);
    try (Stream<Path> folders = Files.list(runners)) {
      for (Path folder : folders.toList()) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
          Folders.delete(folder);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // In use, or another process deletes it too: next time.
    }
  }

  Path archive() {
    return folder.resolve("runner.jsa");
  }

  /** Returns the class path, all of it jars; packs our folders if that is not done. */
  String classPath() throws IOException {
    Path own = folder.resolve("own.jar");
    if (!Files.exists(own)) {
      Path packed = Files.createTempFile(folder, "own", ".tmp");
      try (var jar = new JarOutputStream(Files.newOutputStream(packed))) {
        for (Path entry : ClassPath.ours()) {
          if (Files.isDirectory(entry)) {
            pack(entry, jar);
          }
        }
      }
      Files.setLastModifiedTime(packed, PACKED);
      put(packed, own);
    }
    var jars = new ArrayList<>(List.of(own.toAbsolutePath().toString()));
    ClassPath.ours().stream()
        .filter(Files::isRegularFile)
        .forEach(entry -> jars.add(entry.toAbsolutePath().toString()));
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path classes, JarOutputStream jar) throws IOException {
    for (Path path : files(classes)) {
      String name = classes.relativize(path).toString().replace('\\', '/');
      if (!name.startsWith("META-INF/")) {
        var entry = new JarEntry(name);
        entry.setLastModifiedTime(PACKED);
        jar.putNextEntry(entry);
        Files.copy(path, jar);
      }
    }
  }

  /** Gives a file that is whole its name. Another process may have done so, and may be using it. */
  static void put(Path whole, Path name) throws IOException {
    try {
      Files.move(whole, name, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(whole);
      if (!Files.exists(name)) {
        throw e;
      }
    }
  }
}
