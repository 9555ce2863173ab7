package course.grader.branches;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.treewalk.TreeWalk;
import picocli.CommandLine;

/** A clone with a small course in it, and what a test does with it. */
record CourseRepository(Path folder, Git git) implements AutoCloseable {
  static final String POM = "<project>\n  <artifactId>%s</artifactId>\n</project>\n";

  /** What no student may see, by path. */
  static final Map<String, String> SECRETS =
      Map.of(
          "TEACHING.md", "for teachers\n",
          ".github/workflows/verify.yml", "jobs: {}\n",
          "exercises/solutions/ex1-framing/Reader.java", "class Reader { int solved = 1; }\n",
          "exercises/solutions/ex1-framing/wrong/naive/Reader.java", "class Reader { int no; }\n",
          "exercises/solutions/ex1-framing/hidden/HiddenTest.java", "class HiddenTest {}\n",
          "exercises/solutions/ex2-counting/Counter.java", "class Counter { int solved = 2; }\n");

  static CourseRepository create(Path folder) throws IOException, GitAPIException {
    var course =
        new CourseRepository(
            folder, Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call());
    var files = new TreeMap<>(SECRETS);
    files.put("README.md", "a course\n");
    files.put("lesson1-server/src/test/java/ServerTest.java", "class ServerTest {}\n");
    files.put("exercises/pom.xml", POM.formatted("exercises"));
    files.put("exercises/grader/src/main/java/Grader.java", "class Grader {}\n");
    files.put("exercises/grader/src/test/java/GraderTest.java", "class GraderTest {}\n");
    for (String exercise : List.of("ex1-framing", "ex2-counting")) {
      files.put("exercises/" + exercise + "/exercise.json", "{}\n");
      files.put("exercises/" + exercise + "/pom.xml", POM.formatted(exercise));
      files.put("exercises/" + exercise + "/src/test/java/T.java", "class T {}\n");
    }
    files.put("exercises/ex1-framing/src/main/java/Reader.java", "class Reader { /* TODO */ }\n");
    course.commit(files, "Teacher", 1_000_000);
    return course;
  }

  /** Writes files and commits all there is. */
  void commit(Map<String, String> files, String who, long seconds)
      throws IOException, GitAPIException {
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    var person =
        new PersonIdent(who, who + "@example.org", Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    git.add().addFilepattern(".").call();
    git.commit().setAuthor(person).setCommitter(person).setMessage("work").setSign(false).call();
  }

  /** Runs one of the commands on this clone; returns what it printed, and its status if not 0. */
  String run(String command, String... args) {
    var out = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(out));
    var all = new ArrayList<>(List.of(command, "--course", folder.toString()));
    all.addAll(List.of(args));
    int status = commandLine.execute(all.toArray(String[]::new));
    return out.toString().replace("\r", "") + (status == 0 ? "" : "status " + status);
  }

  /** Returns all branches and where they are. */
  Map<String, String> branches() throws GitAPIException {
    var branches = new TreeMap<String, String>();
    git.branchList()
        .call()
        .forEach(ref ->
            branches.put(ref.getName().replaceFirst("^refs/heads/", ""), ref.getObjectId().name()));
    return branches;
  }

  /** Returns the files of a commit, with what is in them. */
  Map<String, String> files(String commit) throws IOException {
    var files = new TreeMap<String, String>();
    ObjectId tree = git.getRepository().resolve(commit + "^{tree}");
    try (var walk = new TreeWalk(git.getRepository())) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        byte[] bytes = git.getRepository().open(walk.getObjectId(0)).getBytes();
        files.put(walk.getPathString(), new String(bytes, UTF_8));
      }
    }
    return files;
  }

  @Override
  public void close() {
    git.close();
  }
}
