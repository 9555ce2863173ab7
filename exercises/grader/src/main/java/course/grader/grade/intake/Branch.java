package course.grader.grade.intake;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/**
 * Which commit of a branch counts: the last by committer date that is not after the deadline. It is
 * looked for from the head downwards, so that a commit that builds upon another one comes after it
 * whatever their dates say. For one thread.
 */
final class Branch {
  private static final Comparator<RevCommit> BY_DATE = Comparator.comparing(Branch::date);

  private final RevWalk walk;
  private final Budget budget;
  private final List<RevCommit> inTime = new ArrayList<>(); // the last of each line of work
  private final List<RevCommit> late = new ArrayList<>(); // the newest first
  private RevCommit first; // by date
  private boolean isBackwards;

  /**
   * Reads a branch.
   *
   * @param head its last commit
   * @param budget is spent on comparing lines of work
   * @throws IOException if commits are missing or damaged
   */
  Branch(RevWalk walk, ObjectId head, Optional<Instant> deadline, Budget budget)
      throws IOException {
    this.walk = walk;
    this.budget = budget;
    walk.sort(RevSort.TOPO); // what builds upon a commit is seen before it
    walk.markStart(walk.parseCommit(head));
    var below = new HashSet<ObjectId>(); // those that a commit in time builds upon
    for (RevCommit commit : walk) {
      if (below.contains(commit)) {
        isBackwards |= deadline.isPresent() && date(commit).isAfter(deadline.get());
        below.addAll(List.of(commit.getParents()));
      } else if (deadline.isEmpty() || !date(commit).isAfter(deadline.get())) {
        inTime.add(commit);
        below.addAll(List.of(commit.getParents()));
      } else {
        late.add(commit);
      }
      first = first == null || BY_DATE.compare(commit, first) < 0 ? commit : first;
    }
  }

  /** Returns when a commit was made: not when its change was written, which a rebase leaves. */
  static Instant date(RevCommit commit) {
    return commit.getCommitterIdent().getWhenAsInstant();
  }

  /** How a commit's files are told from another's. */
  interface Work {
    /** Returns what is the same if and only if the exercise's files are. */
    Object in(RevCommit commit) throws IOException;
  }

  /**
   * Returns the commit that counts; empty if all are late.
   *
   * @throws NotGradable if there are too many lines of work to compare
   */
  Optional<RevCommit> last(Work work) throws IOException {
    List<RevCommit> lines = inTime.stream().sorted(BY_DATE.reversed()).toList();
    for (RevCommit line : lines) {
      if (!isWithoutWork(line, lines, work)) {
        return Optional.of(line);
      }
    }
    return lines.stream().findFirst();
  }

  /**
   * The course's own commits, which a late merge may have brought, are no work: their files are as
   * they were where the lines parted.
   */
  private boolean isWithoutWork(RevCommit line, List<RevCommit> lines, Work work)
      throws IOException {
    for (RevCommit other : lines) {
      if (!other.equals(line)) {
        budget.step();
        walk.reset();
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(line);
        walk.markStart(other);
        RevCommit base = walk.next();
        if (base != null && work.in(base).equals(work.in(line))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns how late the first commit is. */
  Duration lateBy(Instant deadline) {
    return Duration.between(deadline, date(first));
  }

  /** Returns when the first commit was made, by its date. */
  Instant begun() {
    return date(first);
  }

  /** Returns what an instructor should know of the choice, a sentence each. */
  List<String> notes(RevCommit taken, Optional<Instant> deadline) {
    var notes = new ArrayList<String>();
    if (!late.isEmpty()) {
      Instant last = date(late.stream().max(BY_DATE).orElseThrow());
      notes.add(
          "%d later %s not taken: the last one is %s late"
              .formatted(
                  late.size(),
                  late.size() == 1 ? "commit is" : "commits are",
                  Shown.time(Duration.between(deadline.orElseThrow(), last))));
    }
    List<String> others =
        inTime.stream().filter(line -> !line.equals(taken)).map(Branch::name).toList();
    if (!others.isEmpty()) {
      notes.add(
          "%s is taken: %s, from before the deadline, was merged after it"
              .formatted(name(taken), Shown.names(others)));
    }
    if (isBackwards) {
      notes.add(
          "dates run backwards: %s builds upon a commit of a later date".formatted(name(taken)));
    }
    return notes;
  }

  /** Returns what a commit is called in words. */
  static String name(RevCommit commit) {
    return "commit " + commit.abbreviate(10).name();
  }
}
