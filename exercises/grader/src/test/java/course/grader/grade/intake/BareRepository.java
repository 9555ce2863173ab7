package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.grade.model.HandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A student's repository, made out of git's data: any dates, and files that no disk would hold. */
record BareRepository(Path folder, Repository git) implements AutoCloseable {
  static final String BRANCH = "exercise/4-pool";
  static final String POOL = "exercises/ex4-pool/" + SmallCourse.POOL;

  static BareRepository create(Path folder) throws IOException {
    Repository git = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
    git.create(true);
    return new BareRepository(folder, git);
  }

  /** Returns a file: what is in it, and what git thinks it is. */
  static Blob file(String text) {
    return new Blob(text.getBytes(UTF_8), FileMode.REGULAR_FILE);
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Blob(byte[] bytes, FileMode mode) {}

  /** Makes a commit that nothing points to. */
  ObjectId commit(String date, Map<String, Blob> files, ObjectId... parents) throws IOException {
    return commit(date, date, files, parents);
  }

  ObjectId commit(String author, String committer, Map<String, Blob> files, ObjectId... parents)
      throws IOException {
    return commit(author, committer, insert(inserter -> tree(files, inserter)), parents);
  }

  /** Makes a commit of any folder. */
  ObjectId commit(String author, String committer, ObjectId tree, ObjectId... parents)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(List.of(parents));
    commit.setAuthor(ident(author));
    commit.setCommitter(ident(committer));
    commit.setMessage("work\n");
    return insert(inserter -> inserter.insert(commit));
  }

  private static PersonIdent ident(String date) {
    return new PersonIdent("Ann", "ann@example.org", Instant.parse(date), ZoneOffset.UTC);
  }

  private static ObjectId tree(Map<String, Blob> files, ObjectInserter inserter)
      throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    for (var file : new TreeMap<>(files).entrySet()) {
      var entry = new DirCacheEntry(file.getKey());
      Blob blob = file.getValue();
      entry.setFileMode(blob.mode());
      entry.setObjectId(
          FileMode.GITLINK.equals(blob.mode())
              ? ObjectId.fromString("1234567890123456789012345678901234567890")
              : inserter.insert(Constants.OBJ_BLOB, blob.bytes()));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  /** Makes a file that nothing points to. */
  ObjectId blob(String text) throws IOException {
    return insert(inserter -> inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8)));
  }

  /** Makes a folder that nothing points to, of anything that has been made. */
  ObjectId folder(TreeFormatter folder) throws IOException {
    return insert(inserter -> inserter.insert(folder));
  }

  private interface Insertion {
    ObjectId by(ObjectInserter inserter) throws IOException;
  }

  private ObjectId insert(Insertion insertion) throws IOException {
    try (ObjectInserter inserter = git.newObjectInserter()) {
      ObjectId id = insertion.by(inserter);
      inserter.flush();
      return id;
    }
  }

  /** Lets a branch end at a commit. */
  void branch(String name, ObjectId commit) throws IOException {
    RefUpdate update = git.updateRef(Constants.R_HEADS + name);
    update.setNewObjectId(commit);
    update.forceUpdate();
  }

  /** Makes a commit and lets the exercise's branch end there. */
  ObjectId push(String date, Map<String, Blob> files, ObjectId... parents) throws IOException {
    ObjectId commit = commit(date, files, parents);
    branch(BRANCH, commit);
    return commit;
  }

  /** Returns what a student has handed in whose repository it is. */
  HandIn handIn(SmallCourse course, Optional<Instant> deadline, Limits limits) throws IOException {
    return course.handIn(
        folder.toUri().toString(),
        new IntakeOptions(deadline, Optional.empty(), Set.of("file"), limits));
  }

  @Override
  public void close() {
    git.close();
  }
}
