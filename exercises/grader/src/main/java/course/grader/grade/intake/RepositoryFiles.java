package course.grader.grade.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The exercise's files in a commit: plain files at their exact places. For one thread. */
record RepositoryFiles(Wanted wanted, ObjectReader objects, Limits limits, Budget budget) {
  /** So many bytes of a path are more than any system can use. */
  private static final int PATH = 4_096;

  /** Returns the ids of the exercise's files. */
  List<ObjectId> ids(RevCommit commit) throws IOException {
    var ids = new ArrayList<ObjectId>();
    for (String file : wanted.files()) {
      try (TreeWalk found = TreeWalk.forPath(objects, path(file), commit.getTree())) {
        ids.add(found == null ? ObjectId.zeroId() : found.getObjectId(0));
      }
    }
    return ids;
  }

  private String path(String file) {
    return "exercises/%s/%s".formatted(wanted.exercise().name(), file);
  }

  /**
   * Takes the files that a commit has.
   *
   * @throws NotGradable if none is there, one is no plain file, or too much is beside them
   */
  void take(RevCommit commit, Choice choice) throws IOException {
    boolean isAny = false;
    for (String file : wanted.files()) {
      Optional<byte[]> bytes = bytes(commit, path(file));
      if (bytes.isPresent()) {
        choice.take(file, path(file), bytes.get());
        isAny = true;
      }
    }
    if (!isAny) {
      throw new NotGradable(nothing(commit));
    }
    noteBeside(commit, choice);
  }

  private Optional<byte[]> bytes(RevCommit commit, String path) throws IOException {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      refuse(commit, path.substring(0, slash), true);
    }
    refuse(commit, path, false);
    try (TreeWalk found = TreeWalk.forPath(objects, path, commit.getTree())) {
      if (found == null) {
        return Optional.empty();
      }
      ObjectLoader file = objects.open(found.getObjectId(0), Constants.OBJ_BLOB);
      if (file.getSize() > limits.fileBytes()) {
        throw Bytes.tooLarge(path, limits.fileBytes());
      }
      return Optional.of(file.getCachedBytes(limits.fileBytes()));
    } catch (MissingObjectException e) { // large ones are not even sent
      throw Bytes.tooLarge(path, limits.fileBytes());
    }
  }

  private void refuse(RevCommit commit, String path, boolean isFolder) throws IOException {
    try (TreeWalk found = TreeWalk.forPath(objects, path, commit.getTree())) {
      FileMode mode = found == null ? FileMode.MISSING : found.getFileMode(0);
      if (FileMode.SYMLINK.equals(mode)) {
        throw new NotGradable(path + " is a link, and links are not followed");
      } else if (FileMode.GITLINK.equals(mode)) {
        throw new NotGradable(path + " is a submodule: another repository is not read");
      } else if (FileMode.TREE.equals(mode) && !isFolder) {
        throw new NotGradable(path + " is a folder: a file must be there");
      }
    }
  }

  private String nothing(RevCommit commit) throws IOException {
    var similar = new ArrayList<String>();
    try (var walk = new TreeWalk(objects)) {
      walk.addTree(commit.getTree());
      visit(
          walk,
          path -> {
            if (wanted.files().stream().anyMatch(file -> wanted.fit(path, file).isPresent())
                && !wanted.isOther(path)) {
              similar.add(Shown.name(path));
            }
          });
    }
    String missing =
        "the branch's %s has no %s"
            .formatted(
                Branch.name(commit),
                String.join(" nor ", wanted.files().stream().map(this::path).toList()));
    return similar.isEmpty() ? missing : missing + ": found " + Shown.names(similar);
  }

  private void noteBeside(RevCommit commit, Choice choice) throws IOException {
    String first = path(wanted.files().getFirst());
    var beside = new ArrayList<String>();
    try (TreeWalk folder =
        TreeWalk.forPath(objects, first.substring(0, first.lastIndexOf('/')), commit.getTree())) {
      if (folder == null) {
        return;
      }
      folder.enterSubtree();
      visit(
          folder,
          path -> {
            if (wanted.isAdded(path)) {
              beside.add(Shown.name(Shown.last(path)));
            }
          });
    }
    choice.noteNotTaken(beside);
  }

  /** Shows the paths of all files. The library would look for the next one without end. */
  private void visit(TreeWalk walk, Consumer<String> visitor) throws IOException {
    while (walk.next()) {
      budget.step();
      if (walk.getPathLength() > PATH) {
        throw budget.spend("has a path of more than " + Limits.words(PATH));
      } else if (walk.isSubtree()) {
        walk.enterSubtree();
      } else {
        visitor.accept(walk.getPathString());
      }
    }
  }
}
