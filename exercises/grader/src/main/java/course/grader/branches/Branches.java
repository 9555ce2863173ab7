package course.grader.branches;

import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Makes the exercises' branches from main, or brings them up to date. The work tree and the index
 * stay as they are, and so does every branch that somebody works on.
 */
@Command(
    name = "branches",
    description = "Makes a branch per exercise from main, or brings them up to date.")
public final class Branches implements Callable<Integer> {
  @Mixin private CourseOptions course;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (var commits = new CourseCommits(course.root())) {
      RevCommit main = commits.main();
      for (String exercise : commits.exercises(main)) {
        RevCommit made = commits.exercise(exercise, main, List.of(main));
        commits.flush();
        String branch = Exercise.branch(exercise);
        String done = update(commits, exercise, branch, made);
        spec.commandLine().getOut().printf("%-28s %s%n", branch, done).flush();
      }
    }
    return 0;
  }

  /** Moves a branch to the commit that was made for it, if nobody works on it; says what it did. */
  private static String update(
      CourseCommits commits, String exercise, String branch, RevCommit made) throws IOException {
    Optional<RevCommit> tip = commits.tip(Constants.R_HEADS + branch);
    if (tip.isEmpty()) {
      move(commits, branch, null, made);
      return "made";
    }
    if (tip.get().equals(made)) {
      return "is up to date";
    }
    RevCommit main = commits.main();
    if (!commits.isUntouched(tip.get(), exercise, main)) {
      return commits.contains(tip.get(), main)
          ? "has your work, and all that is new"
          : "has your work: left as it is. To take in what is new:\n"
              + merge(commits, branch, made);
    }
    if (tip.get().getTree().equals(made.getTree()) && commits.contains(tip.get(), main)) {
      return "is up to date"; // published: the same files, with a history of its own
    }
    if ((Constants.R_HEADS + branch).equals(commits.repository().getFullBranch())) {
      return "is checked out: left as it is. To take in what is new:\n"
          + merge(commits, branch, made);
    }
    move(commits, branch, tip.get(), made);
    return "brought up to date";
  }

  private static String merge(CourseCommits commits, String branch, RevCommit made)
      throws IOException {
    try (ObjectReader objects = commits.repository().newObjectReader()) {
      return "  git switch %s%n  git merge %s"
          .formatted(branch, objects.abbreviate(made, 10).name());
    }
  }

  private static void move(CourseCommits commits, String branch, RevCommit from, RevCommit to)
      throws IOException {
    RefUpdate update = commits.repository().updateRef(Constants.R_HEADS + branch);
    update.setExpectedOldObjectId(from == null ? ObjectId.zeroId() : from);
    update.setNewObjectId(to);
    update.setRefLogMessage("made from main", false);
    RefUpdate.Result result = update.forceUpdate();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
      default -> throw new IOException(branch + " could not be moved: " + result);
    }
  }
}
