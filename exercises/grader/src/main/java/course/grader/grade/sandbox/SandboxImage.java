package course.grader.grade.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import course.grader.engine.ClassPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;

/** The image that all containers are made from. It is built once for each state of the grader. */
final class SandboxImage {
  private static final String NAME = "course-grader";

  /** What runs in a container comes in libraries of these names, and in classes of ours. */
  private static final String LIBRARIES =
      "(junit-|opentest4j-|apiguardian-|jspecify-).*\\.jar|(testkit|interleave).*";

  private static final String OWN_JAR = "grader\\b.*\\.jar";

  private static final String OWN = "course/(grader/(engine|model)|testkit|interleave)/.*";

  private SandboxImage() {}

  /**
   * Returns the id of the image, a digest of all that is in it; builds it if it is not there.
   *
   * @param dockerfile how it is built
   * @param base the image that it begins with; empty: the one that the file names
   * @throws IOException if it can't be built, with the reason
   */
  static String id(DockerClient engine, Path dockerfile, String base) throws IOException {
    Map<String, byte[]> files = files();
    files.put("Dockerfile", Files.readAllBytes(dockerfile));
    String name = NAME + ":" + digest(files, base);
    try {
      return engine.inspectImageCmd(name).exec().getId();
    } catch (NotFoundException e) {
      var image = new ImageFromDockerfile(name, false);
      for (var file : files.entrySet()) {
        image = image.withFileFromTransferable(file.getKey(), Transferable.of(file.getValue()));
      }
      build(base.isEmpty() ? image : image.withBuildArg("BASE", base));
      return engine.inspectImageCmd(name).exec().getId();
    }
  }

  private static void build(ImageFromDockerfile image) throws IOException {
    try {
      image.get();
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IOException("the image for grading can't be built: " + cause.getMessage(), e);
    }
  }

  /** Returns the jars of the image, by their paths: the same bytes for the same classes. */
  private static Map<String, byte[]> files() throws IOException {
    var files = new TreeMap<String, byte[]>();
    var folders = new ByteArrayOutputStream();
    try (var jar = new ClassJar(folders)) {
      for (Path entry : ClassPath.ours()) {
        String name = String.valueOf(entry.getFileName());
        if (Files.isDirectory(entry)) {
          jar.add(entry, OWN);
        } else if (name.matches(LIBRARIES)) {
          files.put("lib/" + name, Files.readAllBytes(entry));
        } else if (name.matches(OWN_JAR)) { // as in a build that has packed us
          try (FileSystem packed = FileSystems.newFileSystem(entry)) {
            jar.add(packed.getPath("/"), OWN);
          }
        }
      }
    }
    files.put("lib/own.jar", folders.toByteArray());
    return files;
  }

  private static String digest(Map<String, byte[]> files, String base) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(base.getBytes(UTF_8));
      files.forEach((name, bytes) -> {
        digest.update(name.getBytes(UTF_8));
        digest.update(bytes);
      });
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each Java has it
    }
  }
}
