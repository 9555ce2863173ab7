package course.grader.grade.intake;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A student's repository. Its exercise branch is read as git's data: nothing is checked out, and
 * nothing that a repository can say of filters, hooks or other repositories is obeyed.
 */
record RepositorySource(
    String student, Remote remote, Optional<Instant> deadline, Wanted wanted, IntakeOptions options)
    implements Source {
  @Override
  public HandIn files() throws IOException {
    var budget = new Budget(options.limits());
    try (var received = new Received(options.limits(), budget);
        var walk = new RevWalk(received)) {
      ObjectId head = fetched(received, budget);
      return lookedThrough(walk, head, budget);
    }
  }

  private ObjectId fetched(Received into, Budget budget) throws IOException {
    Limits limits = options.limits();
    var fetch = new Fetch(remote, wanted.branch(), new Hosts(options.allowedHosts()), limits);
    try {
      return TimeBox.run(limits.fetchTime(), () -> fetch.into(into, budget));
    } catch (TimeBox.Over e) {
      String time = Shown.time(limits.fetchTime());
      throw new Unreachable(remote.host(), "does not answer within " + time, e);
    }
  }

  /** What was sent may have been made to take long. */
  private HandIn lookedThrough(RevWalk walk, ObjectId head, Budget budget) throws IOException {
    Duration time = options.limits().fetchTime();
    try {
      return TimeBox.run(time, () -> handIn(walk, head, budget));
    } catch (TimeBox.Over e) {
      throw new NotGradable(
          "the repository takes longer than %s to look through".formatted(Shown.time(time)), e);
    }
  }

  private HandIn handIn(RevWalk walk, ObjectId head, Budget budget) throws NotGradable {
    try {
      return chosen(walk, head, budget);
    } catch (NotGradable e) {
      throw e;
    } catch (IOException | RuntimeException e) { // of a library: it must bear any objects
      throw new NotGradable("the repository is damaged: an object is missing or wrong", e);
    }
  }

  private HandIn chosen(RevWalk walk, ObjectId head, Budget budget) throws IOException {
    var branch = new Branch(walk, head, deadline, budget);
    var paths = new RepositoryFiles(wanted, walk.getObjectReader(), options.limits(), budget);
    Optional<RevCommit> last = branch.last(paths::ids);
    if (last.isEmpty()) {
      Duration late = branch.lateBy(deadline.orElseThrow());
      HandIn nothing =
          Choice.refused(
              student,
              State.NOTHING_HANDED_IN,
              "the first commit is %s late".formatted(Shown.time(late)));
      return at(nothing, branch.begun(), Optional.of(late));
    }
    var choice = new Choice(wanted);
    branch.notes(last.get(), deadline).forEach(choice::note);
    return at(
        taken(paths, last.get(), choice),
        Branch.date(last.get()),
        deadline.map(any -> Duration.ZERO));
  }

  /** When it was handed in is known of files too that can't be graded. */
  private HandIn taken(RepositoryFiles paths, RevCommit commit, Choice choice) throws IOException {
    try {
      paths.take(commit, choice);
      return choice.done(student);
    } catch (NotGradable e) {
      return choice.notGradable(student, e.getMessage());
    }
  }

  private static HandIn at(HandIn handIn, Instant at, Optional<Duration> lateBy) {
    return new HandIn(
        handIn.student(),
        handIn.files(),
        handIn.refusal(),
        handIn.notes(),
        Optional.of(at),
        lateBy);
  }
}
