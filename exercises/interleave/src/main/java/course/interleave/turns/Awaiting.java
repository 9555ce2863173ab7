package course.interleave.turns;

/** A wait of the current thread, which that thread closes when it has ended. */
public interface Awaiting extends AutoCloseable {
  @Override
  void close();
}
