package course.interleave.marks;

import java.util.Collection;
import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;

/**
 * The elements of a collection as a stream reads them, which may be long after the stream was made.
 * Used by one thread at a time, as any spliterator.
 */
final class Reading<E> implements Spliterator<E> {
  private final Collection<E> given;
  private final Spliterator<E> elements;
  private final int point;
  private final int points;
  private int arrivals;

  /**
   * Reads a collection.
   *
   * @param points how often a thread arrives at the point, once before each element
   */
  Reading(Collection<E> given, int point, int points) {
    this(given, given.spliterator(), point, points);
  }

  private Reading(Collection<E> given, Spliterator<E> elements, int point, int points) {
    this.given = given;
    this.elements = elements;
    this.point = point;
    this.points = points;
  }

  private void arrive() {
    arrivals++;
    Marks.arrive(given, point);
  }

  @Override
  public boolean tryAdvance(Consumer<? super E> action) {
    if (arrivals < points) {
      arrive();
    }
    return elements.tryAdvance(action);
  }

  @Override
  public void forEachRemaining(Consumer<? super E> action) {
    while (arrivals < points) {
      if (!tryAdvance(action)) {
        return;
      }
    }
    elements.forEachRemaining(action);
  }

  @Override
  public Spliterator<E> trySplit() {
    Spliterator<E> part = elements.trySplit();
    return part == null ? null : new Reading<>(given, part, point, points);
  }

  /** Reads the size, which may be all that is read. */
  @Override
  public long estimateSize() {
    if (arrivals == 0) {
      arrive();
    }
    return elements.estimateSize();
  }

  @Override
  public int characteristics() {
    return elements.characteristics();
  }

  @Override
  public Comparator<? super E> getComparator() {
    return elements.getComparator();
  }
}
