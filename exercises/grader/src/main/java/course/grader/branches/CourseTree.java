package course.grader.branches;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.model.Exercise;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The files of a commit of the course. Immutable.
 *
 * @param files by path
 */
record CourseTree(SortedMap<String, File> files) {
  private static final String EXERCISES = "exercises/";
  private static final String METADATA = "/exercise.json";

  /** All that only teachers have: reference solutions, wrong versions, hidden tests. */
  private static final String SOLUTIONS = EXERCISES + "solutions/";

  /** What is about the course and for teachers, and would not work for students. */
  private static final List<String> FOR_TEACHERS =
      List.of("TEACHING.md", ".github/", EXERCISES + "interleave/compare/");

  private static final String IN_BUILD =
      """
        <properties>
          <!-- On this branch, mvn verify runs the exercise's tests. -->
          <exercise.skip>false</exercise.skip>
        </properties>
      """;

  record File(FileMode mode, ObjectId id) {}

  static CourseTree read(ObjectReader objects, AnyObjectId tree) throws IOException {
    var files = new TreeMap<String, File>();
    try (var walk = new TreeWalk(objects)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        files.put(walk.getPathString(), new File(walk.getFileMode(), walk.getObjectId(0)));
      }
    }
    return new CourseTree(files);
  }

  /** Returns the names of the exercises, in order, such as {@code ex1-framing}. */
  List<String> exercises() {
    return files.keySet().stream()
        .filter(path -> path.matches(EXERCISES + "[^/]+" + METADATA))
        .map(path -> path.substring(EXERCISES.length(), path.length() - METADATA.length()))
        .sorted(Exercise.ORDER)
        .toList();
  }

  /**
   * Returns what students get. The tests of what stands behind the exercises are left out with the
   * solutions: they are full of right and wrong code, and would judge a student's style.
   */
  CourseTree forStudents() {
    return only(path ->
        !path.startsWith(SOLUTIONS)
            && FOR_TEACHERS.stream().noneMatch(path::startsWith)
            && !isTestBehindTheExercises(path));
  }

  private boolean isTestBehindTheExercises(String path) {
    String[] folders = path.split("/", 5);
    return folders.length == 5
        && path.startsWith(EXERCISES)
        && folders[2].equals("src")
        && !folders[3].equals("main")
        && !files.containsKey(EXERCISES + folders[1] + METADATA);
  }

  /** Returns the files that no student may see, by path. */
  CourseTree solutions() {
    return only(path -> path.startsWith(SOLUTIONS));
  }

  /** Returns what belongs to the exercises, as they are given to students. */
  CourseTree exercisesForStudents() {
    return forStudents().only(path -> path.startsWith(EXERCISES));
  }

  private CourseTree only(Predicate<String> kept) {
    var left = new TreeMap<>(files);
    left.keySet().removeIf(kept.negate());
    return new CourseTree(left);
  }

  /** Returns these files with an exercise's tests in the build: only its pom changes. */
  CourseTree withInBuild(String exercise, ObjectReader objects, ObjectInserter inserter)
      throws IOException {
    String path = EXERCISES + exercise + "/pom.xml";
    File pom = files.get(path);
    if (pom == null) {
      throw new IOException(path + " is missing on main");
    }
    String text = new String(objects.open(pom.id()).getBytes(), UTF_8);
    String changed =
        text.contains("<properties>")
            ? text.replaceFirst(
                "<properties>", "<properties>\n    <exercise.skip>false</exercise.skip>")
            : text.replace("</project>", "\n" + IN_BUILD + "</project>");
    var all = new TreeMap<>(files);
    all.put(
        path, new File(pom.mode(), inserter.insert(Constants.OBJ_BLOB, changed.getBytes(UTF_8))));
    return new CourseTree(all);
  }

  /** Stores these files as a tree, and returns its id. */
  ObjectId write(ObjectInserter inserter) throws IOException {
    DirCache cache = DirCache.newInCore();
    DirCacheBuilder builder = cache.builder();
    files.forEach((path, file) -> {
      var entry = new DirCacheEntry(path);
      entry.setFileMode(file.mode());
      entry.setObjectId(file.id());
      builder.add(entry);
    });
    builder.finish();
    return cache.writeTree(inserter);
  }
}
