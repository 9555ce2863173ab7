package course.grader.grade.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import course.grader.engine.ClassPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The image that all containers are made from. It is built once for each state of the grader. */
final class SandboxImage {
  private static final String NAME = "course-grader";

  private static final int LIMIT_MINUTES = 15; // a base image may have to be fetched

  private static final Pattern BASE = Pattern.compile("(?m)^ARG BASE=(\\S+)$");

  private static final int SHOWN = 5; // lines of what a build printed that went wrong

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
   * @param says gets a line if it takes a while
   * @throws IOException if it can't be built, with the reason
   */
  static String id(DockerClient engine, Path dockerfile, String base, Consumer<String> says)
      throws IOException {
    Map<String, byte[]> files = files();
    String text = Files.readString(dockerfile);
    files.put("Dockerfile", text.getBytes(UTF_8));
    String begins = base.isEmpty() ? defaultBase(text) : base;
    String known = idOf(engine, NAME + ":" + digest(files, idOf(engine, begins)));
    if (!known.isEmpty()) {
      return known;
    }
    says.accept("building the image of the containers: once, a minute or so");
    String built = build(engine, tar(files), begins);
    // Its base is here now, also if it was fetched.
    engine.tagImageCmd(built, NAME, digest(files, idOf(engine, begins))).exec();
    return idOf(engine, built);
  }

  private static String defaultBase(String dockerfile) throws IOException {
    Matcher matcher = BASE.matcher(dockerfile);
    if (!matcher.find()) {
      throw new IOException("the Dockerfile for grading has no line ARG BASE=IMAGE");
    }
    return matcher.group(1);
  }

  /** Returns the id of an image that is here; nothing if none of this name is. */
  private static String idOf(DockerClient engine, String name) {
    try {
      return engine.inspectImageCmd(name).exec().getId();
    } catch (NotFoundException e) {
      return "";
    }
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        var entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String build(DockerClient engine, byte[] tar, String base) throws IOException {
    var printed = new ConcurrentLinkedQueue<String>();
    var build =
        new BuildImageResultCallback() {
          @Override
          public void onNext(BuildResponseItem item) {
            printed.add(Objects.requireNonNullElse(item.getStream(), ""));
            super.onNext(item);
          }
        };
    try {
      return engine
          .buildImageCmd(new ByteArrayInputStream(tar))
          .withBuildArg("BASE", base)
          .exec(build)
          .awaitImageId(LIMIT_MINUTES, TimeUnit.MINUTES);
    } catch (RuntimeException e) {
      List<String> lines = String.join("", printed).lines().toList();
      throw new IOException(
          "the image for grading can't be built: %s; an image with a JDK 25 that is here can be"
                  .formatted(e.getMessage().replace("Could not build image: ", ""))
              + " its base, with --base-image\n"
              + String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size())),
          e);
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

  private static String digest(Map<String, byte[]> files, String baseId) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(baseId.getBytes(UTF_8));
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
