package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What a file is by its first bytes: names say what people like. */
enum Format {
  ZIP("zip archive"),
  GZIP("gzip archive"),
  TAR("tar archive"),
  RAR("rar archive"),
  SEVEN_ZIP("7z archive"),
  XZ("xz archive"),
  BZIP2("bzip2 archive"),
  PDF("PDF"),
  OTHER("");

  /** How many bytes are enough to tell. */
  static final int HEAD = 512;

  private final String words;

  Format(String words) {
    this.words = words;
  }

  /** Returns what to call it; empty if it is nothing that we know. */
  String words() {
    return words;
  }

  /** Tells whether files are read out of it. */
  boolean isRead() {
    return this == ZIP || this == GZIP || this == TAR;
  }

  /** Returns what begins with the given bytes. */
  static Format of(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), ISO_8859_1);
    if (head.startsWith("PK\3\4") || head.startsWith("PK\5\6")) {
      return ZIP;
    } else if (head.startsWith("\u001f\u008b")) {
      return GZIP;
    } else if (head.startsWith("Rar!")) {
      return RAR;
    } else if (head.startsWith("7z\u00bc\u00af")) {
      return SEVEN_ZIP;
    } else if (head.startsWith("\u00fd7zXZ")) {
      return XZ;
    } else if (head.startsWith("BZh")) {
      return BZIP2;
    } else if (head.startsWith("%PDF")) {
      return PDF;
    }
    return TarArchiveInputStream.matches(bytes, Math.min(bytes.length, HEAD)) ? TAR : OTHER;
  }
}
