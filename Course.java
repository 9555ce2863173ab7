import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The one command of this course. It finds a JDK and Maven, builds what a command needs if its
 * sources have changed, and runs that in a JVM of its own. For any Java from 17 on.
 */
public final class Course {
  private static final String HELP =
      """
      java Course.java COMMAND [OPTION]...   (nearly each has a --help; --version: JDK and Maven)
        tour                  eight messages at all four lessons' servers: a table, a picture
        server 2 --work 0ms   the server of lesson 2; server ex4: that of exercise 4
        client --clients 3    sends 1, 2, 3 and so on, and prints the replies
        observe               sends eight messages at once to a server that runs, and draws
        load                  sends it many, and says how many a second, and how soon
        compare               the same load at all four lessons' servers
      Exercises
        try 1                 runs the tests of exercise 1
        watch                 runs an exercise's tests each time you save; watch 4 begins with 4
      For instructors         branches, publish URL: a copy for students; grade 4 SUBMISSIONS
      For maintainers         new-exercise 8 NAME, check-exercises, sample-class 4 DIR,
                              mutants 4, catalogue, watch-speed, format, regenerate, picture
      """;

  /** A program of a module, and the commands that it carries out. */
  private record Program(String module, String mainClass, String commands) {
    boolean isServer() { // plain Java, for which no Maven is needed
      return commands.equals("server");
    }

    boolean isTool() { // of the maintainers: these lie among the tests
      return !mainClass.endsWith(".Main");
    }
  }

  private static final List<Program> PROGRAMS =
      List.of(
          new Program("grader", "course.grader.Main", "try watch branches publish grade"),
          new Program("grader", "course.grader.Main", "check-exercises new-exercise sample-class"),
          new Program("client", "course.client.Main", "client tour observe load compare"),
          new Program("grader", "course.grader.watch.WatchSpeed", "watch-speed"),
          new Program("interleave", "course.interleave.catalogue.Catalogue", "catalogue"),
          new Program("checks", "course.checks.Format", "format"),
          new Program("checks", "course.checks.Regenerate", "regenerate"),
          new Program("checks", "course.checks.mutants.Mutants", "mutants"),
          new Program("checks", "course.checks.TourPicture", "picture"));
  private static final boolean WINDOWS =
      File.separatorChar == '\\' || Boolean.getBoolean("windows");
  private static final int JDK = 25; // or later
  private static final String JDK_FOLDERS =
      "/usr/lib/jvm,/usr/java,/opt/java,/Library/Java/JavaVirtualMachines,~/.jdks,~/.gradle/jdks,"
          + "~/Library/Java/JavaVirtualMachines,~/.sdkman/candidates/java,~/.asdf/installs/java,"
          + "~/.jenv/versions,$/Java,$/Eclipse Adoptium,$/Microsoft,$/Zulu,$/Amazon Corretto";
  private static final String MAVEN_OPTIONS = // beside .mvn/jvm.config: its libraries do not warn
      " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";

  private final Path root;
  private volatile boolean ends; // whether this JVM does; set once, by end
  private Process running; // or null; guarded by this

  private Course(Path root) {
    this.root = root;
  }

  public static void main(String[] args) throws Exception {
    Path file = Path.of(Course.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var course = new Course(file.toRealPath().getParent());
    Runtime.getRuntime().addShutdownHook(new Thread(course::end, "end"));
    try {
      System.exit(course.carryOut(args.length == 0 ? List.of("--help") : List.of(args)));
    } catch (IllegalArgumentException | IOException e) {
      if (!course.ends) { // then, what failed was told to end
        System.err.println("course: " + (e instanceof FileSystemException ? e : e.getMessage()));
      }
      System.exit(e instanceof IOException ? 1 : 2);
    }
  }

  /** Carries out a command, and returns its exit status. */
  private int carryOut(List<String> words) throws IOException, InterruptedException {
    String command = words.get(0);
    switch (command) {
      case "--help":
        System.out.print(HELP);
        return 0;
      case "--version":
        System.out.println("JDK " + jdk() + ": the first from " + JDK + " on of the one that runs");
        System.out.println("this, JAVA_HOME, the PATH and the usual folders. Maven " + maven());
        return 0;
      case "server":
        return run(server(words.size() > 1 ? words.get(1) : ""), words.subList(2, words.size()));
      default:
        for (Program program : PROGRAMS) {
          if (List.of(program.commands.split(" ")).contains(command)) {
            boolean alone = program.isTool() || command.equals("client");
            int status = run(program, words.subList(alone ? 1 : 0, words.size()));
            if (command.equals("tour") && status == 0) {
              classPath(PROGRAMS.get(0)); // so that exercises start at once, and offline
            }
            return status;
          }
        }
        throw new IllegalArgumentException("there is no command '" + command + "': try --help");
    }
  }

  private Program server(String which) throws IOException {
    for (Path module : modules()) {
      String name = module.getFileName().toString();
      if (name.matches("(lesson)?\\Q" + which + "\\E(-.*)?|\\w+-\\Q" + which + "\\E")) {
        return new Program(root.relativize(module).toString(), "course.server.Main", "server");
      }
    }
    throw new IllegalArgumentException("which server? 2 is lesson 2's, ex4 is exercise 4's");
  }

  private int run(Program program, List<String> words) throws IOException, InterruptedException {
    var java = new ArrayList<>(List.of(jdk() + "/bin/java", "-Dcourse=" + root));
    Path options = root.resolve("exercises").resolve(program.module).resolve("jvm.options");
    if (Files.exists(options)) {
      java.add("@" + options);
    }
    java.addAll(List.of("-cp", classPath(program), program.mainClass));
    java.addAll(words);
    return start(new ProcessBuilder(java).inheritIO()).waitFor();
  }

  private List<Path> modules() throws IOException {
    try (var files = Files.walk(root, 3)) {
      return files.filter(file -> file.endsWith("pom.xml")).map(Path::getParent).sorted().toList();
    }
  }

  /** Returns a program's class path; new sources are built, in a folder that nothing runs from. */
  private String classPath(Program program) throws IOException, InterruptedException {
    String id = program.module + (program.isTool() ? "-tools-" : "-") + digest(program);
    Path folder = Files.createDirectories(root.resolve("target/run").resolve(id));
    Path built = folder.resolve("classpath"); // comes last: without it, begin anew
    if (isThere(built)) {
      return Files.readString(built);
    }
    try (var lock = FileChannel.open(folder.resolveSibling("lock"), CREATE, WRITE)) {
      if (lock.tryLock() == null) {
        System.err.println("course: another command builds, and this one waits for it");
        lock.lock();
      }
      if (!isThere(built)) {
        files(folder).forEach(file -> file.toFile().delete());
        String classPath = program.isServer() ? compile(program, folder) : maven(program, folder);
        if (id.endsWith(digest(program))) { // else they have changed meanwhile: once more
          Files.move(Files.writeString(folder.resolve("draft"), classPath), built, ATOMIC_MOVE);
        }
      }
    }
    return classPath(program);
  }

  private static boolean isThere(Path classPath) throws IOException {
    return Files.exists(classPath)
        && Stream.of(Files.readString(classPath).split(File.pathSeparator))
            .allMatch(entry -> !entry.endsWith(".jar") || Files.exists(Path.of(entry)));
  }

  /** Returns a digest of the names and bytes of all that a program is built from. */
  private String digest(Program program) throws IOException {
    var all = new ByteArrayOutputStream();
    for (Path module : modules()) {
      boolean server = module.getFileName().toString().matches("(lesson|ex)\\d.*");
      var sources = new ArrayList<Path>();
      if (program.isServer() ? module.endsWith(program.module) : !server) {
        sources.add(module.resolve("pom.xml")); // those of exercises change with the branch
        sources.addAll(files(module.resolve(program.isTool() ? "src" : "src/main")));
      }
      for (Path file : sources) {
        all.writeBytes((file + "\n").getBytes());
        all.writeBytes(Files.readAllBytes(file));
      }
    }
    return UUID.nameUUIDFromBytes(all.toByteArray()).toString().substring(0, 13);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var paths = Files.exists(folder) ? Files.walk(folder) : Stream.<Path>empty()) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String compile(Program server, Path folder) throws IOException, InterruptedException {
    String sources = server.module + "/src/main/java"; // relative: the compiler shows it
    var javac = new ArrayList<>(List.of(jdk() + "/bin/javac", "--release", String.valueOf(JDK)));
    javac.addAll(List.of("-d", folder.toString(), sources + "/course/server/Main.java"));
    javac.addAll(List.of("-sourcepath", sources, "-encoding", "UTF-8"));
    if (start(new ProcessBuilder(javac).directory(root.toFile()).inheritIO()).waitFor() != 0) {
      throw new IOException(server.module + " does not compile: see above");
    }
    return folder.toString();
  }

  private String maven(Program program, Path folder) throws IOException, InterruptedException {
    System.err.println("course: Maven builds the " + program.module + ", new or changed");
    String goals = program.isTool() ? "test test-compile" : "runtime compile";
    String words = "-B -am -pl :%s -Drun=%s -DincludeScope=%s dependency:build-classpath";
    words = words.formatted(program.module, folder.getFileName(), goals); // none needs quotes
    var command = new ArrayList<>(List.of(words.split(" ")));
    command.add(0, maven());
    var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", jdk().toString());
    builder.environment().merge("MAVEN_OPTS", MAVEN_OPTIONS, String::concat);
    long quiet = System.nanoTime() + TimeUnit.SECONDS.toNanos(8); // then it shows what it does
    Process maven = start(builder);
    try (var lines = maven.inputReader()) {
      for (String line; (line = lines.readLine()) != null; ) {
        if (line.contains("ERROR")
            || System.nanoTime() > quiet && line.matches("Down.*|.*] Bui.*")) {
          System.err.println(line);
        }
      }
    }
    if (maven.waitFor() != 0) {
      throw new IOException("Maven could not build the " + program.module + ": see above");
    }
    String own = folder.resolve(program.module).toString();
    String libraries = Files.readString(Path.of(own, "classpath")).strip();
    return String.join(File.pathSeparator, own + "/test-classes", own + "/classes", libraries);
  }

  private static String maven() throws IOException {
    for (Path maven : onPath(WINDOWS ? "mvn.cmd" : "mvn")) {
      return maven.toString();
    }
    throw new IOException("no Maven in the PATH: install Maven 3.8 or later");
  }

  private static List<Path> onPath(String program) {
    Stream<String> folders = Stream.of(System.getenv("PATH").split(File.pathSeparator));
    return folders.map(folder -> Path.of(folder, program)).filter(Files::isExecutable).toList();
  }

  /** Returns the home of the first JDK that will do. */
  private static Path jdk() throws IOException {
    var homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    homes.add(Path.of(System.getenv().getOrDefault("JAVA_HOME", "")));
    for (Path java : onPath(WINDOWS ? "java.exe" : "java")) {
      homes.add(java.toRealPath().getParent().getParent());
    }
    String folders = JDK_FOLDERS.replace("~", System.getProperty("user.home"));
    for (String folder : folders.replace("$", "C:/Program Files").split(",")) {
      File[] children = new File(folder).listFiles(); // null if there is no such folder
      for (File child : children == null ? new File[0] : children) {
        homes.addAll(List.of(child.toPath(), child.toPath().resolve("Contents/Home")));
      }
    }
    for (Path home : homes) {
      if (Files.exists(home.resolve("lib/ct.sym"))) { // where there is a compiler
        String release = Files.readString(home.resolve("release"));
        String version = release.replaceFirst("(?s).*\\bJAVA_VERSION=\"(\\d+).*", "$1");
        if (Integer.parseInt(version) >= JDK) {
          return home;
        }
      }
    }
    throw new IOException("no JDK " + JDK + " or later: install one, or set JAVA_HOME to it");
  }

  private synchronized Process start(ProcessBuilder builder) throws IOException {
    if (ends) {
      throw new IOException("interrupted");
    }
    running = builder.start();
    return running;
  }

  /** Ends what runs if this JVM is told to: by a signal, by Ctrl-C, or as the terminal closes. */
  private synchronized void end() {
    ends = true;
    if (running != null) {
      List<ProcessHandle> children = running.descendants().toList();
      running.destroy();
      running.onExit().completeOnTimeout(running, 10, TimeUnit.SECONDS).join();
      running.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly); // Windows does not end them with it
    }
  }
}
