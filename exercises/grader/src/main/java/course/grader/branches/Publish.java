package course.grader.branches;

import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.URIish;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Makes a repository for students, or brings it up to date: main without solutions and without
 * main's history, which has them, and the exercises' branches on it. What students have already
 * fetched stays in the history, so that they can always pull.
 */
@Command(
    name = "publish",
    description = "Pushes main without solutions, and the exercises' branches, to a repository.")
public final class Publish implements Callable<Integer> {
  /** Where the remote's branches are kept while we look at them. */
  private static final String FETCHED = "refs/course/published/";

  private static final String MAIN = "main";

  @Mixin private CourseOptions course;

  @Parameters(
      paramLabel = "REPOSITORY",
      description = "where to push: a URL, a path, or the name of a remote; empty the first time")
  private String remote;

  @Spec private CommandSpec spec;
  private GitProgram git;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = course.root().toAbsolutePath();
    git = new GitProgram(root);
    try (var commits = new CourseCommits(root)) {
      remote = fromAnywhere(remote, commits.repository());
      forget(commits); // of a run that was cut off
      try {
        git("fetch", "--quiet", "--no-tags", remote, "+refs/heads/*:" + FETCHED + "*");
        publish(commits);
      } finally {
        forget(commits);
      }
    }
    return 0;
  }

  private void publish(CourseCommits commits) throws IOException, InterruptedException {
    RevCommit main = commits.main();
    CourseTree files = commits.files(main);
    refuseLeaks(files);
    var push = new ArrayList<String>();

    Optional<RevCommit> before = commits.tip(FETCHED + MAIN);
    if (before.isPresent() && !CourseCommits.isSnapshot(before.get())) {
      throw new IOException(
          "the main of "
              + remote
              + " does not come from publish: give an empty repository, or one that publish made");
    }
    RevCommit snapshot = commits.snapshot(main, before.stream().toList());
    if (before.isPresent() && before.get().getTree().equals(snapshot.getTree())) {
      snapshot = before.get();
      say(MAIN, "is up to date");
    } else {
      say(MAIN, "pushed");
      push.add(snapshot.name() + ":" + Constants.R_HEADS + MAIN);
    }
    for (String exercise : commits.exercises(main)) {
      String branch = Exercise.branch(exercise);
      Optional<RevCommit> tip = commits.tip(FETCHED + branch);
      var parents = new ArrayList<>(tip.stream().toList());
      parents.add(snapshot);
      RevCommit next = commits.exercise(exercise, snapshot, parents);
      if (tip.isPresent() && !commits.isUntouched(tip.get(), exercise, snapshot)) {
        say(branch, "has somebody's work: left as it is");
      } else if (tip.isPresent() && tip.get().getTree().equals(next.getTree())) {
        say(branch, "is up to date");
      } else {
        say(branch, "pushed");
        push.add(next.name() + ":" + Constants.R_HEADS + branch);
      }
    }
    commits.flush();
    if (!push.isEmpty()) {
      // Never forced: what came there since we looked makes this fail, all of it.
      push.addAll(0, List.of("push", "--quiet", "--atomic", remote));
      git(push.toArray(String[]::new));
    }
    DefaultBranch.makeMain(git, remote).ifPresent(what -> say(Constants.HEAD, what));
  }

  private void say(String branch, String what) {
    spec.commandLine().getOut().printf("%-28s %s%n", branch, what).flush();
  }

  /** A solution that was put in the wrong place by mistake, under whatever name, stays here. */
  private static void refuseLeaks(CourseTree files) throws IOException {
    var solutions = new HashMap<ObjectId, String>();
    files.solutions().files().forEach((path, file) -> solutions.put(file.id(), path));
    for (var file : files.exercisesForStudents().files().entrySet()) {
      String solution = solutions.get(file.getValue().id());
      if (solution != null) {
        throw new IOException(
            "nothing is published: %s is the same as %s".formatted(file.getKey(), solution));
      }
    }
  }

  /** A path is meant from where the teacher is; git would take it from the course's root. */
  private static String fromAnywhere(String remote, Repository clone) throws IOException {
    try {
      var uri = new URIish(remote);
      boolean isPath = uri.getScheme() == null && !uri.isRemote();
      return isPath && !clone.getRemoteNames().contains(remote)
          ? Path.of(remote).toAbsolutePath().normalize().toString()
          : remote;
    } catch (URISyntaxException | InvalidPathException e) {
      throw new IOException("'" + remote + "' names no repository: give a URL or a path", e);
    }
  }

  private void git(String... args) throws IOException, InterruptedException {
    if (git.run(args) != 0) {
      throw new IOException("git " + args[0] + " failed for " + remote + ": git says why above");
    }
  }

  private static void forget(CourseCommits commits) throws IOException {
    for (Ref ref : commits.repository().getRefDatabase().getRefsByPrefix(FETCHED)) {
      RefUpdate update = commits.repository().updateRef(ref.getName());
      update.setForceUpdate(true);
      update.delete();
    }
  }
}
