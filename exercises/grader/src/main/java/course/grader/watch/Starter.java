package course.grader.watch;

import course.grader.model.Exercise;
import course.grader.model.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;

/** What a student started from: the course's main, where the student's own commits left it. */
final class Starter {
  private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private Starter() {}

  /**
   * Puts the files of an exercise back as they were, all or none, after copying them.
   *
   * @param repository the clone that they are in; null if in none
   * @param backups where the copies go, in a folder of their own
   * @return that folder
   * @throws IOException if it is not known what they were, or one can't be written: then all is as
   *     it was before
   */
  static Path reset(Repository repository, Exercise exercise, Path backups) throws IOException {
    Map<Path, byte[]> starter = files(repository, exercise);
    var before = new HashMap<Path, byte[]>();
    for (Path file : starter.keySet()) {
      if (Files.exists(file)) {
        try {
          before.put(file, Files.readAllBytes(file));
        } catch (IOException e) {
          throw named(file, e);
        }
      }
    }
    Path backup = newFolder(backups.resolve(exercise.name()));
    for (var file : before.entrySet()) {
      Files.write(backup.resolve(file.getKey().getFileName()), file.getValue());
    }
    var touched = new ArrayList<Path>();
    try {
      for (var file : starter.entrySet()) {
        touched.add(file.getKey());
        Files.createDirectories(file.getKey().getParent());
        Files.write(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      IOException why = named(touched.getLast(), e);
      putBack(before, touched, backup, why);
      throw why;
    }
    return backup;
  }

  /** The JDK's own message may not say which file. */
  private static IOException named(Path file, IOException e) {
    return new IOException(file.getFileName() + " can't be put back: " + Words.of(e), e);
  }

  /** Undoes what was done until a file could not be written. */
  private static void putBack(
      Map<Path, byte[]> before, List<Path> touched, Path backup, IOException why)
      throws IOException {
    for (Path file : touched) {
      try {
        if (!before.containsKey(file)) {
          Files.deleteIfExists(file);
        } else if (!Arrays.equals(Files.readAllBytes(file), before.get(file))) {
          Files.write(file, before.get(file));
        }
      } catch (IOException e) {
        throw new IOException(
            "%s, and %s can't be left as it was: what you had is in %s"
                .formatted(why.getMessage(), file.getFileName(), backup.normalize()),
            e);
      }
    }
  }

  /** Makes a folder with the time as its name; never one that is there: it has work in it. */
  private static Path newFolder(Path parent) throws IOException {
    String now = NOW.format(LocalDateTime.now(ZoneId.systemDefault()));
    Path folder = parent.resolve(now);
    for (int n = 2; Files.exists(folder); n++) {
      folder = parent.resolve(now + "-" + n);
    }
    return Files.createDirectories(folder);
  }

  /** Returns the files that a student starts from, with what is in them. */
  private static Map<Path, byte[]> files(Repository repository, Exercise exercise)
      throws IOException {
    if (repository == null || repository.isBare()) {
      throw new IOException("this is no git clone: what you started from is not known here");
    }
    Path root = repository.getWorkTree().toPath().toRealPath();
    String folder =
        root.relativize(exercise.folder().toRealPath()).toString().replace('\\', '/') + "/";
    try (var walk = new RevWalk(repository)) {
      for (ObjectId main : mains(repository)) {
        RevCommit start = start(walk, repository.resolve(Constants.HEAD), main);
        if (start != null) {
          var files = new HashMap<Path, byte[]>();
          for (String file : exercise.about().editable()) {
            try (TreeWalk found = TreeWalk.forPath(repository, folder + file, start.getTree())) {
              if (found != null) {
                files.put(
                    exercise.folder().resolve(file),
                    repository.open(found.getObjectId(0)).getBytes());
              }
            }
          }
          if (files.size() == exercise.about().editable().size()) {
            return files;
          }
        }
      }
    }
    throw new IOException("this clone has no main that has " + exercise.name());
  }

  /** What was fetched is asked first: a student may have committed to their own main. */
  private static Iterable<ObjectId> mains(Repository repository) throws IOException {
    var mains = new ArrayList<ObjectId>();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_REMOTES)) {
      if (ref.getName().endsWith("/main")) {
        mains.add(ref.getObjectId());
      }
    }
    Ref own = repository.exactRef(Constants.R_HEADS + "main");
    if (own != null) {
      mains.add(own.getObjectId());
    }
    return mains;
  }

  /** Returns the last commit that both have in their history; null if there is none. */
  private static RevCommit start(RevWalk walk, ObjectId head, ObjectId main) throws IOException {
    if (head == null) {
      return null;
    }
    walk.reset();
    walk.setRevFilter(RevFilter.MERGE_BASE);
    walk.markStart(walk.parseCommit(head));
    walk.markStart(walk.parseCommit(main));
    return walk.next();
  }
}
