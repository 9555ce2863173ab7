package course.interleave.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All points of one exploration, in the order in which they came up. Guarded by this. */
public final class Points {
  private final List<Point> all = new ArrayList<>();
  private final Map<String, Point> byKey = new HashMap<>();

  /** Returns the point with this number. */
  public synchronized Point get(int id) {
    return id < 0 ? Point.REACQUIRE : all.get(id);
  }

  /** Returns the point at a place, which is new or known by its {@link Point#key}. */
  public synchronized Point at(String place, int line, int nth, Action action, String subject) {
    var point = new Point(all.size(), place, line, nth, action, subject);
    Point known = byKey.putIfAbsent(point.key(), point);
    if (known == null) {
      all.add(point);
    }
    return known == null ? point : known;
  }

  /** Returns how many there are. */
  public synchronized int count() {
    return all.size();
  }
}
