package course.grader.grade.intake;

import java.time.Duration;

/**
 * How much of what a student handed in is read: beyond it there is a reason and no file. Sizes that
 * an archive or a server claims count for nothing; what comes out is counted.
 *
 * @param fileBytes of a source file
 * @param archiveBytes of an archive that lies in a folder
 * @param nestedBytes of an archive that lies in another one, which is read into memory
 * @param unpackedBytes that come out of an archive, whether we need them or not
 * @param entries files of one student, in folders and archives together; steps through a repository
 * @param fetchBytes that a repository's server may send
 * @param objectBytes of a commit, a folder or a file in a repository
 * @param objects in what a repository's server sends
 * @param fetchTime for fetching one repository, and for looking through it
 */
public record Limits(
    int fileBytes,
    long archiveBytes,
    int nestedBytes,
    long unpackedBytes,
    int entries,
    long fetchBytes,
    int objectBytes,
    int objects,
    Duration fetchTime) {
  static final int MEGABYTE = 1 << 20;

  /** Far more than a copy of the whole course with all that Maven makes of it. */
  public static final Limits USUAL =
      new Limits(
          MEGABYTE,
          200L * MEGABYTE,
          32 * MEGABYTE,
          500L * MEGABYTE,
          50_000,
          64L * MEGABYTE,
          8 * MEGABYTE,
          100_000,
          Duration.ofMinutes(1));

  /** Returns a size as it is said. */
  static String words(long bytes) {
    return bytes < MEGABYTE ? "%,d bytes".formatted(bytes) : bytes / MEGABYTE + " MB";
  }
}
