package course.interleave;

import java.time.Duration;
import java.util.List;

/** What a user has set; see {@link Interleavings} for each. */
record Settings(
    List<String> classes,
    List<String> packages,
    int arrivals,
    int pairs,
    long seed,
    Duration timeLimit,
    boolean threadsMayRemain,
    String replay) {}
