package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry.NameSource;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The files of a zip archive.
 *
 * @param name what the archive is called
 * @param limits how many files it may have
 */
record ZipEntries(String name, Limits limits) {
  /** What begins each file's record in the directory at the end. */
  private static final int RECORD = 0x504b0102;

  /** What DOS and Windows write in where nothing is said. */
  private static final String DOS = "IBM437";

  void visit(SeekableByteChannel channel, FileTree.Visitor visitor) throws IOException {
    // The library reads the whole directory into memory, however long it is.
    if (records(channel) > limits.entries()) {
      throw new NotGradable("%s has more than %,d files".formatted(name, limits.entries()));
    }
    channel.position(0);
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(channel)
            .setCharset(UTF_8)
            .setIgnoreLocalFileHeader(true)
            .get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        String path = path(entry);
        if (path.endsWith("/")) {
          visitor.folder(path);
        } else {
          visitor.visit(entry(zip, entry, path));
        }
      }
    }
  }

  private static long records(SeekableByteChannel channel) throws IOException {
    channel.position(0);
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    long count = 0;
    int last = 0;
    for (int value = in.read(); value >= 0; value = in.read()) {
      last = last << 8 | value;
      count += last == RECORD ? 1 : 0;
    }
    return count;
  }

  private static FileTree.Entry entry(ZipFile zip, ZipArchiveEntry entry, String path) {
    if (entry.isUnixSymlink()) {
      return FileTree.unreadable(path, "is a link, and links are not followed");
    } else if (entry.getGeneralPurposeBit().usesEncryption()) {
      return FileTree.unreadable(path, "is encrypted");
    } else if (!zip.canReadEntryData(entry)) {
      return FileTree.unreadable(
          path, "is packed in a way that is not read (method %d)".formatted(entry.getMethod()));
    }
    return new Packed(zip, entry, path);
  }

  /** The name as who made the archive saw it: many leave out which encoding it is in. */
  private static String path(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    boolean isTold =
        raw == null
            || entry.getNameSource() == NameSource.UNICODE_EXTRA_FIELD
            || entry.getGeneralPurposeBit().usesUTF8ForNames();
    String path = isTold ? entry.getName() : decode(raw);
    return path.replace('\\', '/');
  }

  private static String decode(byte[] name) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      Charset dos = Charset.isSupported(DOS) ? Charset.forName(DOS) : ISO_8859_1;
      return new String(name, dos);
    }
  }

  private record Packed(ZipFile zip, ZipArchiveEntry entry, String path) implements FileTree.Entry {
    @Override
    public byte[] read(int limit) throws IOException {
      byte[] bytes;
      try (InputStream in = zip.getInputStream(entry)) {
        bytes = Bytes.read(in, limit, path);
      } catch (NotGradable e) {
        throw e;
      } catch (IOException | RuntimeException e) { // of a library: it must bear any bytes
        throw damaged(e);
      }
      var sum = new CRC32();
      sum.update(bytes);
      if (sum.getValue() != entry.getCrc()) {
        throw damaged(null);
      }
      return bytes;
    }

    private NotGradable damaged(Exception cause) {
      return new NotGradable(Shown.name(path) + " is damaged", cause);
    }
  }
}
