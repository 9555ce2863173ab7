package course.grader.grade.intake;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Files with their paths, whatever holds them. Nothing is unpacked, and no link is followed. */
interface FileTree {
  /**
   * Shows each file once, in no order.
   *
   * @throws NotGradable if what holds them can't be read for a reason that is the student's
   */
  void visit(Visitor visitor) throws IOException;

  /** Who is shown files. */
  interface Visitor {
    void visit(Entry entry) throws IOException;

    /** Is shown a folder of an archive, which may be empty. */
    default void folder(String path) {}
  }

  /** A file: it can be read only while it is shown. */
  interface Entry {
    /** Returns where it is, with slashes; an archive may say anything here. */
    String path();

    /** Returns why it can't be read, to go on after its name; empty if it can. */
    default String obstacle() {
      return "";
    }

    /**
     * Returns what is in it.
     *
     * @param limit how many bytes at most
     * @throws NotGradable if there are more, or it is damaged
     */
    byte[] read(int limit) throws IOException;

    /**
     * Opens it as an archive, which is read here and there.
     *
     * @throws NotGradable if it is too large
     */
    default SeekableByteChannel open(Limits limits) throws IOException {
      return new SeekableInMemoryByteChannel(read(limits.nestedBytes()));
    }

    /** Returns this entry by another path. */
    default Entry at(String path) {
      Entry entry = this;
      return new Entry() {
        @Override
        public String path() {
          return path;
        }

        @Override
        public String obstacle() {
          return entry.obstacle();
        }

        @Override
        public byte[] read(int limit) throws IOException {
          return entry.read(limit);
        }

        @Override
        public SeekableByteChannel open(Limits limits) throws IOException {
          return entry.open(limits);
        }
      };
    }
  }

  /** Returns a file that is there, but can't be read. */
  static Entry unreadable(String path, String obstacle) {
    return new Entry() {
      @Override
      public String path() {
        return path;
      }

      @Override
      public String obstacle() {
        return obstacle;
      }

      @Override
      public byte[] read(int limit) throws IOException {
        throw new NotGradable(Shown.name(path) + " " + obstacle);
      }
    };
  }
}
