package course.grader.grade.intake;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;

/**
 * A folder on this machine, or a single file.
 *
 * @param root where it is
 * @param name what stands before each path: empty, or the name of the single file
 */
record FolderTree(Path root, String name) implements FileTree {
  private static final int DEPTH = 64;
  private static final String LINK = "is a link, and links are not followed";

  /** Returns a file on this machine. */
  static Entry file(Path file) {
    return new OnDisk(String.valueOf(file.getFileName()), file);
  }

  @Override
  public void visit(Visitor visitor) throws IOException {
    Files.walkFileTree(
        root,
        EnumSet.noneOf(FileVisitOption.class), // which means: follow no links
        DEPTH,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            // Not even looked at: git would obey what a student has put there.
            return Junk.is(path(folder)) ? SKIP_SUBTREE : CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            visitor.visit(entry(file, attributes));
            return CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (!(e instanceof AccessDeniedException)) {
              throw e;
            }
            visitor.visit(
                FileTree.unreadable(path(file), "can't be opened: you have no permission"));
            return CONTINUE;
          }
        });
  }

  private String path(Path file) {
    String below = root.relativize(file).toString().replace('\\', '/');
    return below.isEmpty() ? name : below;
  }

  private Entry entry(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return new OnDisk(path(file), file);
    }
    String obstacle =
        attributes.isSymbolicLink()
            ? LINK
            : attributes.isDirectory() ? "lies too deep in folders" : "is no regular file";
    return FileTree.unreadable(path(file), obstacle);
  }

  private record OnDisk(String path, Path file) implements Entry {
    @Override
    public byte[] read(int limit) throws IOException {
      try (InputStream in = Channels.newInputStream(channel())) {
        return Bytes.read(in, limit, path);
      }
    }

    @Override
    public SeekableByteChannel open(Limits limits) throws IOException {
      SeekableByteChannel channel = channel();
      if (channel.size() > limits.archiveBytes()) {
        channel.close();
        throw Bytes.tooLarge(path, limits.archiveBytes());
      }
      return channel;
    }

    private SeekableByteChannel channel() throws IOException {
      try {
        return Files.newByteChannel(
            file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      } catch (AccessDeniedException e) {
        throw new NotGradable(Shown.name(path) + " can't be opened: you have no permission", e);
      }
    }
  }
}
