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
    Limits limits = options.limits();
    try {
      return TimeBox.run(limits.fetchTime(), this::fetched);
    } catch (TimeBox.Over e) {
      throw new NotGradable(
          "the repository's host %s does not answer within %s"
              .formatted(remote.host(), Shown.time(limits.fetchTime())),
          e);
    }
  }

  private HandIn fetched() throws IOException {
    var budget = new Budget(options.limits());
    try (var received = new Received(options.limits(), budget);
        var walk = new RevWalk(received)) {
      String branch = wanted.branch();
      var fetch = new Fetch(remote, branch, new Hosts(options.allowedHosts()), options.limits());
      ObjectId head = fetch.into(received, budget);
      try {
        return handIn(walk, head);
      } catch (NotGradable e) {
        throw e;
      } catch (IOException | RuntimeException e) { // of a library: it must bear any objects
        throw new NotGradable("the repository is damaged: an object is missing or wrong", e);
      }
    }
  }

  private HandIn handIn(RevWalk walk, ObjectId head) throws IOException {
    var branch = new Branch(walk, head, deadline);
    var paths = new RepositoryFiles(wanted, walk.getObjectReader(), options.limits());
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
