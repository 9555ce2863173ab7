package course.grader.grade.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.util.FS;

/**
 * What was fetched, in memory: no file is written, no configuration of anybody's is read, and there
 * is nothing to remove. For one thread.
 */
final class Received extends InMemoryRepository {
  private static final int PACK_HEADER = 12;

  private final Limits limits;
  private final Budget budget;

  Received(Limits limits, Budget budget) {
    super(new DfsRepositoryDescription("received"));
    this.limits = limits;
    this.budget = budget;
  }

  /** What knows how a path of a repository on this machine is meant. */
  @Override
  public FS getFS() {
    return FS.DETECTED;
  }

  @Override
  public ObjectInserter newObjectInserter() {
    ObjectInserter inserter = super.newObjectInserter();
    return new ObjectInserter.Filter() {
      @Override
      protected ObjectInserter delegate() {
        return inserter;
      }

      @Override
      public PackParser newPackParser(InputStream in) throws IOException {
        PackParser parser = super.newPackParser(checked(in));
        parser.setMaxObjectSizeLimit(limits.objectBytes());
        return parser;
      }
    };
  }

  /** The library makes room for as many objects as the header claims. */
  private InputStream checked(InputStream in) throws IOException {
    InputStream counted = budget.count(in);
    byte[] header = counted.readNBytes(PACK_HEADER);
    if (header.length == PACK_HEADER) {
      long objects = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(PACK_HEADER - 4));
      if (objects > limits.objects()) {
        throw budget.spend("has more than %,d objects".formatted(limits.objects()));
      }
    }
    return new SequenceInputStream(new ByteArrayInputStream(header), counted);
  }
}
