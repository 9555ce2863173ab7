package course.checks;

import static org.assertj.core.api.Assertions.assertThat;

import course.checks.Page.CodeBlock;
import course.checks.Page.Picture;
import course.client.Main;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every command in a page can be typed: its modules, executions, files and options are there. */
class CommandsTest {
  private static final Course COURSE = new Course(Path.of("../.."));

  private static final Set<String> PHASES =
      Set.of("clean", "compile", "test-compile", "test", "package", "verify");

  /** Nothing to be checked here but that they are known to be meant. */
  private static final Set<String> OTHER_PROGRAMS =
      Set.of("git", "docker", "cd", "nc", "diff", "printf");

  private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

  static List<String> pages() throws IOException {
    return COURSE.pages();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_command_of_a_page_exists_and_parses(String file) throws IOException {
    Page page = Page.read(COURSE, file);
    var faults = new ArrayList<String>();
    for (CodeBlock block : page.blocks()) {
      if (block.language().equals("sh")) {
        for (int i = 0; i < block.lines().size(); i++) {
          String at = page.at(block.line() + 1 + i) + ": ";
          String command = block.lines().get(i);
          fault(command).ifPresent(fault -> faults.add(at + fault + ": " + command));
        }
      }
    }
    for (Picture picture : page.pictures()) {
      if (picture.command() != null) { // PagesTest complains if it is
        String at = page.at(picture.line()) + ": ";
        fault(picture.command()).ifPresent(fault -> faults.add(at + fault));
      }
    }
    PagesTest.failIfAny(faults, "commands in " + file);
  }

  @Test
  void a_command_with_a_mistake_is_found_out() throws IOException {
    assertThat(fault("mvn -pl lesson9 verify")).hasValue("there is no module lesson9");
    assertThat(fault("mvn verfy")).hasValue("verfy is no phase that the course uses");
    assertThat(fault("mvn -q -pl client -am compile exec:exec@server"))
        .hasValue("client has no execution server");
    assertThat(fault("mvn -q -pl client -am compile exec:exec@client -Dargs=\"observe --prot 1\""))
        .hasValueSatisfying(fault -> assertThat(fault).contains("--prot"));
    assertThat(fault("java Course.java tuor")).hasValue("Course.java knows no tuor");
    assertThat(fault("java Course.java server 9")).hasValue("there is no server 9");
    assertThat(fault("java Course.java server 1 --handlers 3"))
        .hasValueSatisfying(fault -> assertThat(fault).contains("--handlers"));
    assertThat(fault("java Course.java server 3 --handlers 0"))
        .hasValueSatisfying(fault -> assertThat(fault).contains("--handlers"));
    assertThat(fault("java Course.java server 3 --work soon"))
        .hasValueSatisfying(fault -> assertThat(fault).contains("soon"));
    assertThat(fault("java Course.java load --depht 3"))
        .hasValueSatisfying(fault -> assertThat(fault).contains("--depht"));
    assertThat(fault("java ../../Course.java server 3 --handlers 3 --work 0s-2s")).isEmpty();
    assertThat(fault("java -jar lesson1-server/target/lesson1-server.jar --handlers 3"))
        .hasValueSatisfying(fault -> assertThat(fault).contains("--handlers"));
    assertThat(fault("java -jar lesson3-pool/target/lesson3-pool.jar --handlers 3 --work 0s-2s"))
        .isEmpty();
    assertThat(fault("java -jar server.jar")).hasValue("no module builds server.jar");
    assertThat(fault("git apply lesson1-server/wrong/none.patch"))
        .hasValue("there is no lesson1-server/wrong/none.patch");
    assertThat(fault("rm -rf .")).hasValue("this check does not know rm");
  }

  /** Returns what is wrong with a command line. */
  private static Optional<String> fault(String command) throws IOException {
    Command parsed = Command.of(command);
    return switch (parsed.program()) {
      case "mvn" -> mavenFault(parsed);
      case "java" ->
          parsed.words().get(1).endsWith("Course.java")
              ? courseFault(parsed.ofCourse())
              : javaFault(parsed.words());
      case String program when OTHER_PROGRAMS.contains(program) ->
          parsed.words().stream()
              .filter(
                  word -> word.matches("(lesson|client|exercises).*/.*") && !COURSE.exists(word))
              .map(word -> "there is no " + word)
              .findFirst();
      case String program -> Optional.of("this check does not know " + program);
    };
  }

  private static Optional<String> mavenFault(Command command) throws IOException {
    for (String phase : command.phases()) {
      if (!PHASES.contains(phase)) {
        return Optional.of(phase + " is no phase that the course uses");
      }
    }
    var modules = new ArrayList<>(command.modules());
    for (String module : modules) {
      if (!modules().contains(module)) {
        return Optional.of("there is no module " + module);
      }
    }
    if (modules.isEmpty()) {
      modules.addAll(modules()); // without -pl, Maven goes through all
    }
    for (String execution : command.executions()) {
      String enabled = "<exec.skip." + execution + ">false<";
      List<String> owners =
          modules.stream().filter(module -> poms(module).contains(enabled)).toList();
      if (owners.isEmpty()) {
        return Optional.of(String.join(",", modules) + " has no execution " + execution);
      }
      var fault =
          switch (execution) {
            case "client" -> optionsFault("client", command.args());
            case "tour" -> optionsFault("client", with("tour", command.args()));
            case "server" -> optionsFault(owners.getFirst(), command.args());
            default -> Optional.<String>empty();
          };
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** What a module's executions are: an exercise has its own from the pom above it. */
  private static String poms(String module) {
    var lines = new ArrayList<>(COURSE.lines(module + "/pom.xml"));
    if (COURSE.exists(module + "/exercise.json")) {
      lines.addAll(COURSE.lines("exercises/pom.xml"));
    }
    return String.join("", lines);
  }

  private static List<String> with(String first, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  private static Optional<String> courseFault(List<String> words) throws IOException {
    if (words.isEmpty()) {
      return Optional.empty(); // it says what there is
    }
    String verb = words.getFirst();
    List<String> options = words.subList(1, words.size());
    if (!COURSE.verbs().contains(verb)) {
      return Optional.of("Course.java knows no " + verb);
    }
    return switch (verb) {
      case "client" -> optionsFault("client", options);
      case "tour", "observe", "load", "compare" -> optionsFault("client", words);
      case "server" -> {
        String which = options.getFirst();
        Optional<String> module =
            modules().stream()
                .filter(name -> name.matches("(lesson|exercises/)" + which + "-.*"))
                .findFirst();
        yield module.isEmpty()
            ? Optional.of("there is no server " + which)
            : optionsFault(module.get(), options.subList(1, options.size()));
      }
      default -> Optional.empty();
    };
  }

  private static List<String> modules() {
    var modules = new ArrayList<String>();
    for (String folder : List.of("", "exercises/", "exercises/solutions/")) {
      if (COURSE.exists(folder + "pom.xml")) {
        for (String line : COURSE.lines(folder + "pom.xml")) {
          Matcher module = MODULE.matcher(line);
          if (module.find()) {
            modules.add(folder + module.group(1));
          }
        }
      }
    }
    return modules;
  }

  private static Optional<String> javaFault(List<String> words) throws IOException {
    int jar = words.indexOf("-jar") + 1;
    if (jar == 0 || jar == words.size()) {
      return Optional.of("names no jar");
    }
    Matcher module = Pattern.compile("(.+)/target/(.+)\\.jar").matcher(words.get(jar));
    if (!module.matches()
        || !modules().contains(module.group(1))
        || !module.group(1).endsWith(module.group(2))) {
      return Optional.of("no module builds " + words.get(jar));
    }
    return optionsFault(module.group(1), words.subList(jar + 1, words.size()));
  }

  /** Lets the program's own parser read the options. */
  private static Optional<String> optionsFault(String module, List<String> args)
      throws IOException {
    try (var classes = classes(module)) {
      if (module.equals("client")) {
        parser(Main.class).parseArgs(args.toArray(String[]::new));
      } else if (Course.LESSONS.contains(module)) {
        readByLesson(classes, args.toArray(String[]::new));
      }
      return Optional.empty();
    } catch (ParameterException | IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    } catch (ReflectiveOperationException e) {
      throw new IOException(module + " is not compiled: run mvn verify at the root", e);
    }
  }

  /** Does what a lesson's Main does with its options, up to the server. */
  private static void readByLesson(ClassLoader classes, String[] args)
      throws ReflectiveOperationException {
    Class<?> type = classes.loadClass("course.common.Options");
    Field help = classes.loadClass("course.server.Main").getDeclaredField("HELP");
    help.setAccessible(true);
    try {
      Object options =
          type.getConstructor(String.class, String[].class).newInstance(help.get(null), args);
      Object work = type.getMethod("text", String.class).invoke(options, "--work");
      classes.loadClass("course.common.Work").getMethod("lasting", String.class).invoke(null, work);
      if (help.get(null).toString().contains("--handlers")) {
        type.getMethod("number", String.class, int.class, int.class)
            .invoke(options, "--handlers", 1, 10_000);
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException unusable) {
        throw unusable;
      }
      throw e;
    }
  }

  private static URLClassLoader classes(String module) throws IOException {
    URL classes = COURSE.root().resolve(module).resolve("target/classes").toUri().toURL();
    return new URLClassLoader(new URL[] {classes}, CommandsTest.class.getClassLoader());
  }

  private static CommandLine parser(Class<?> program) {
    return new CommandLine(
        program,
        new CommandLine.IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            return type == program ? blank(type) : CommandLine.defaultFactory().create(type);
          }
        });
  }

  /** A program to be asked about its options, not to be run: it gets nothing to work with. */
  private static <K> K blank(Class<K> program) throws ReflectiveOperationException {
    Constructor<?> constructor = program.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return program.cast(constructor.newInstance(new Object[constructor.getParameterCount()]));
  }
}
