package course.grader.grade.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file such that whoever looks, or kills us, finds the old one or the new one, whole. */
final class AtomicFile {
  /** What writes the content. */
  interface Content {
    void to(Writer writer) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file in UTF-8; its folder is made if need be.
   *
   * @throws IOException if that fails: the file is as it was
   */
  static void write(Path file, Content content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    // One name for each file: what a killed run has left is overwritten by the next one.
    Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      // Unlike Files.newBufferedWriter, this one puts a question mark for half a character.
      try (var writer =
          new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(draft), UTF_8))) {
        content.to(writer);
      }
      replace(file, draft);
    } catch (IOException e) { // a disk that is full does not say which file it was
      Files.deleteIfExists(draft);
      throw new IOException(file + " can't be written: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  private static void replace(Path file, Path draft) throws IOException {
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AccessDeniedException e) { // as Windows says it of a table in a spreadsheet
      throw new IOException("close the program that has it open", e);
    }
  }
}
