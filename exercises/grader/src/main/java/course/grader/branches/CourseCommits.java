package course.grader.branches;

import java.io.IOException;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Makes the commits that students work on, in a clone of the course. It writes objects only: no
 * work tree, no index. A commit has the author and the time of the main commit that it is made
 * from, so that it has the same id wherever and whenever it is made. For one thread.
 */
final class CourseCommits implements AutoCloseable {
  private static final String MAIN = Constants.R_HEADS + "main";
  private static final String SNAPSHOT = "The course as of ";

  private final Repository repository;
  private final ObjectInserter inserter;
  private final RevWalk walk;

  /**
   * Opens the clone that a course is.
   *
   * @param course its root folder
   * @throws IOException if it is none, also if it lies in a clone of something else
   */
  CourseCommits(Path course) throws IOException {
    Path root = course.toRealPath();
    var builder = new FileRepositoryBuilder().findGitDir(root.toFile());
    if (builder.getGitDir() == null) {
      throw new IOException(root + " is no git clone: get the course with git clone");
    }
    repository = builder.build();
    if (repository.isBare() || !repository.getWorkTree().toPath().toRealPath().equals(root)) {
      repository.close();
      throw new IOException(
          "%s is no git clone, but lies in that of %s: get the course with git clone"
              .formatted(root, builder.getGitDir()));
    }
    inserter = repository.newObjectInserter();
    walk = new RevWalk(inserter.newReader()); // reads what is not yet flushed, too
  }

  Repository repository() {
    return repository;
  }

  /** Returns the last commit of the branch main. */
  RevCommit main() throws IOException {
    return tip(MAIN)
        .orElseThrow(
            () -> new IOException("this clone has no branch main: git branch main origin/main"));
  }

  /** Returns the last commit of a branch, if there is such a branch. */
  Optional<RevCommit> tip(String ref) throws IOException {
    Ref found = repository.exactRef(ref);
    return found == null || found.getObjectId() == null
        ? Optional.empty()
        : Optional.of(walk.parseCommit(found.getObjectId()));
  }

  /** Returns the names of the exercises that a commit has; at least one. */
  List<String> exercises(RevCommit commit) throws IOException {
    List<String> exercises = files(commit).exercises();
    if (exercises.isEmpty()) {
      throw new IOException("the branch main has no exercises: has it the whole course?");
    }
    return exercises;
  }

  CourseTree files(RevCommit commit) throws IOException {
    return CourseTree.read(walk.getObjectReader(), commit.getTree());
  }

  /** Makes a commit of main without what only teachers have; no history but the given one. */
  RevCommit snapshot(RevCommit main, List<RevCommit> parents) throws IOException {
    PersonIdent made = main.getCommitterIdent();
    String day =
        DateTimeFormatter.ISO_LOCAL_DATE.format(made.getWhenAsInstant().atZone(made.getZoneId()));
    ObjectId tree = files(main).forStudents().write(inserter);
    return commit(main, tree, parents, SNAPSHOT + day + "\n\nPublished from " + main.name() + "\n");
  }

  /** Tells whether a commit is one that {@link #snapshot} made. */
  static boolean isSnapshot(RevCommit commit) {
    return commit.getShortMessage().startsWith(SNAPSHOT);
  }

  /** Makes a commit of main with an exercise in the build, and with no solutions. */
  RevCommit exercise(String exercise, RevCommit main, List<RevCommit> parents) throws IOException {
    ObjectId tree =
        files(main)
            .forStudents()
            .withInBuild(exercise, walk.getObjectReader(), inserter)
            .write(inserter);
    return commit(main, tree, parents, message(exercise));
  }

  private static String message(String exercise) {
    return "%s: its tests are in the build%n%nmvn verify fails until the exercise is solved: see exercises/%s/README.md%n"
        .formatted(exercise, exercise)
        .replace("\r", "");
  }

  /**
   * Tells whether a branch ends with a commit that {@link #exercise} made from main as it is or
   * was. A commit of anyone else has another committer, or another time.
   */
  boolean isUntouched(RevCommit tip, String exercise, RevCommit main) throws IOException {
    if (tip.getParentCount() == 0 || !tip.getFullMessage().equals(message(exercise))) {
      return false;
    }
    RevCommit madeFrom = walk.parseCommit(tip.getParent(tip.getParentCount() - 1));
    return tip.getCommitterIdent().equals(madeFrom.getCommitterIdent()) && contains(main, madeFrom);
  }

  /** Tells whether {@code part} is in the history of {@code whole}, or is it. */
  boolean contains(RevCommit whole, RevCommit part) throws IOException {
    return walk.isMergedInto(part, whole);
  }

  private RevCommit commit(RevCommit like, ObjectId tree, List<RevCommit> parents, String message)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents.stream().map(AnyObjectId::toObjectId).toArray(ObjectId[]::new));
    commit.setAuthor(like.getCommitterIdent());
    commit.setCommitter(like.getCommitterIdent());
    commit.setMessage(message);
    ObjectId id = inserter.insert(commit);
    return walk.parseCommit(id);
  }

  /** Makes what was made visible to other programs. */
  void flush() throws IOException {
    inserter.flush();
  }

  @Override
  public void close() {
    walk.close();
    inserter.close();
    repository.close();
  }
}
