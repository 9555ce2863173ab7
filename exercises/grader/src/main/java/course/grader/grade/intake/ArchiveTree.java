package course.grader.grade.intake;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An archive of any kind that we read, whatever its name says. It is read from its beginning each
 * time: only what is asked for is ever in memory.
 *
 * @param archive where its bytes are
 * @param limits how much may come out of it
 */
record ArchiveTree(FileTree.Entry archive, Limits limits) implements FileTree {
  /** What a tar archive says of one file: more would be an attack on our memory. */
  private static final long TAR_HEADERS = Limits.MEGABYTE;

  @Override
  public void visit(Visitor visitor) throws IOException {
    String name = Shown.name(Shown.last(archive.path()));
    try (SeekableByteChannel channel = archive.open(limits)) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
      byte[] head = in.readNBytes(Format.HEAD);
      Format format = Format.of(head);
      if (!format.isRead()) {
        throw new NotGradable(notRead(name, head.length, format));
      }
      try {
        if (format == Format.ZIP) {
          new ZipEntries(name, limits).visit(channel, visitor);
          return;
        }
        channel.position(0);
        in = new BufferedInputStream(Channels.newInputStream(channel));
        if (format == Format.GZIP) {
          gzip(in, name, visitor);
        } else {
          tar(limited(in, name), name, visitor);
        }
      } catch (NotGradable | FileSystemException e) {
        throw e;
      } catch (IOException | RuntimeException e) { // of a library: it must bear any bytes
        throw new NotGradable(
            "%s is damaged: it can't be read as a %s".formatted(name, format.words()), e);
      }
    }
  }

  private static String notRead(String name, int size, Format format) {
    if (size == 0) {
      return name + " is empty";
    }
    return format == Format.OTHER
        ? name + " is no Java source and no archive that can be read (zip, tar.gz)"
        : "%s is a %s, which can't be read: a zip or a tar.gz can".formatted(name, format.words());
  }

  private Bytes.Limited limited(InputStream in, String name) {
    return new Bytes.Limited(
        in,
        limits.unpackedBytes(),
        new NotGradable(
            "%s unpacks to more than %s".formatted(name, Limits.words(limits.unpackedBytes()))));
  }

  private void gzip(InputStream in, String name, Visitor visitor) throws IOException {
    InputStream unpacked = limited(new GZIPInputStream(in), name);
    byte[] head = unpacked.readNBytes(Format.HEAD);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), unpacked);
    if (Format.of(head) == Format.TAR) {
      tar(whole, name, visitor);
    } else {
      // What its header calls it is as good as what the archive is called, and that can be seen.
      String inner = Shown.last(archive.path()).replaceFirst("(?i)\\.gz$", "");
      visitor.visit(new Streamed(inner, whole));
    }
  }

  private static void tar(InputStream in, String name, Visitor visitor) throws IOException {
    var headers =
        new Bytes.Limited(
            in, TAR_HEADERS, new NotGradable(name + " has a file with an endless name or header"));
    try (var tar = new TarArchiveInputStream(headers)) {
      while (true) {
        headers.limit(TAR_HEADERS);
        TarArchiveEntry entry = tar.getNextEntry();
        headers.limit(Long.MAX_VALUE);
        if (entry == null) {
          return;
        }
        if (entry.isSparse()) {
          throw new NotGradable(name + " has a sparse file, which is not read");
        }
        if (entry.isDirectory()) {
          visitor.folder(entry.getName().replace('\\', '/'));
        } else {
          visitor.visit(entry(entry, tar));
        }
        tar.transferTo(OutputStream.nullOutputStream()); // so that only headers come next
      }
    }
  }

  private static Entry entry(TarArchiveEntry entry, InputStream content) {
    String path = entry.getName().replace('\\', '/');
    if (entry.isSymbolicLink() || entry.isLink()) {
      return FileTree.unreadable(path, "is a link, and links are not followed");
    }
    return entry.isFile()
        ? new Streamed(path, content)
        : FileTree.unreadable(path, "is no regular file");
  }

  private record Streamed(String path, InputStream content) implements Entry {
    @Override
    public byte[] read(int limit) throws IOException {
      return Bytes.read(content, limit, path);
    }
  }
}
