package course.grader.engine.runner;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import course.grader.model.Outcome;
import course.interleave.Foreign;
import course.testkit.Show;
import course.testkit.StoryError;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests one after another and reports each. One runner runs one student's code once, and then
 * its JVM is ended: nothing that this code left behind can touch what comes after. Only versions of
 * our own come one after another. What the grader sends is read by the main thread, also while
 * tests run: so the JVM ends as soon as the grader has gone.
 *
 * <p>What it sends: its nonce and {@code ready}, then {@code begins} and {@code ends} for each
 * test, and {@code exits} if the student's code ends the JVM.
 */
public final class Runner {
  /** An argument: the JVM notes what it has loaded, for the next ones. */
  public static final String WARM_UP = "--warm-up";

  /** What its JVM may take for the student's objects. */
  private static final int MEMORY_MB = 256;

  /**
   * Of its JVM. Short lives: what counts is to be ready soon, on cores that others use too. One
   * core at a time runs virtual threads: in interleave only one of them has the turn, and to wake
   * it on another core took a quarter of all the time.
   */
  public static final List<String> OPTIONS =
      List.of(
          "-Xmx" + MEMORY_MB + "m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Djdk.virtualThreadScheduler.parallelism=1");

  /** Of its JVM in a sandbox, all of it: a class has a file of its name, in any script. */
  public static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C.UTF-8");

  /** Let go when there is no memory, so that there is enough to say so. */
  @SuppressWarnings("UnusedVariable") // it is there, that is all
  private static byte[] reserve = new byte[1 << 20]; // for the thread of the tests only

  private final Wire wire;
  private final Launcher launcher =
      LauncherFactory.create(
          LauncherConfig.builder()
              .enableTestExecutionListenerAutoRegistration(false)
              .enableLauncherSessionListenerAutoRegistration(false)
              .enableLauncherDiscoveryListenerAutoRegistration(false)
              .enablePostDiscoveryFilterAutoRegistration(false)
              .build());

  private Runner(Wire wire) {
    this.wire = wire;
  }

  /**
   * Standard input says how it speaks with the grader.
   *
   * @param args {@code --warm-up}: just load what is needed, so that the JVM can note it
   */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains(WARM_UP)) {
      new Runner(null).warmUp();
      return;
    }
    try (Wire wire = Channel.open()) {
      var runner = new Runner(wire);
      runner.warmUp();
      wire.send("ready");
      runner.serve();
    } catch (IOException e) {
      // The grader is gone, or has no use for this runner any more.
    }
    Runtime.getRuntime().halt(0); // whatever threads there are still
  }

  /** Takes files in until there are tests to run, has those run, and so on. */
  private void serve() throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::exits, "runner exits"));
    while (true) {
      List<String> job = wire.receive();
      switch (job.getFirst()) {
        case "probe" ->
            wire.send(Probe.holes(job.get(1), Path.of(job.get(2))).toArray(String[]::new));
        case "files" -> wire.send(Channel.keep(wire.receiveFiles()));
        case "tests" ->
            Thread.ofPlatform().daemon().name("tests").start(() -> run(job.subList(1, job.size())));
        default -> throw new IOException("an unknown job: " + job);
      }
    }
  }

  private void warmUp() {
    test(WarmUp.class.getName(), "runs", Runner.class.getClassLoader());
  }

  /** Runs the tests of a job: the folders of classes, then {@code class}, {@code method}, … */
  private void run(List<String> job) {
    int folders = Integer.parseInt(job.getFirst());
    List<String> tests = job.subList(1 + folders, job.size());
    boolean inOrder = false;
    try {
      URL[] classes = urls(job.subList(1, 1 + folders));
      for (int i = 0; i < tests.size(); i += 2) {
        wire.send("begins", tests.get(i), tests.get(i + 1));
        // Fresh classes: what a test leaves in static fields must not reach the next one.
        var loader = new URLClassLoader(classes);
        Thread.currentThread().setContextClassLoader(loader);
        Ended ended = test(tests.get(i), tests.get(i + 1), loader);
        wire.send(ended.toMessage().toArray(String[]::new));
        if (!ended.leavesAllInOrder()) {
          return;
        }
      }
      inOrder = true;
    } catch (IOException e) {
      // The grader is gone.
    } finally {
      if (!inOrder) {
        Runtime.getRuntime().halt(0); // the next test needs a new JVM
      }
    }
  }

  private Ended test(String className, String methodName, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(className, false, loader);
      Optional<Method> method =
          Arrays.stream(type.getDeclaredMethods())
              .filter(m -> m.getName().equals(methodName))
              .findAny();
      if (method.isEmpty()) {
        return Ended.of(Outcome.GRADER_ERROR, "there is no test " + methodName);
      }
      var end = new End();
      launcher.execute(
          request()
              .selectors(selectMethod(type, method.get()))
              .configurationParameters(Map.of())
              .build(),
          end);
      return end.ended();
    } catch (ClassNotFoundException e) {
      return Ended.of(Outcome.GRADER_ERROR, "there is no test class " + className);
    } catch (LinkageError e) {
      return Ended.of(Outcome.FAILED, text(e));
    } catch (OutOfMemoryError e) {
      return outOfMemory();
    }
  }

  private static Ended outOfMemory() {
    reserve = null;
    return Ended.of(
        Outcome.OUT_OF_MEMORY,
        "your code took more memory than the %d MB that it may have".formatted(MEMORY_MB));
  }

  /** The worst that any part of the test came to. */
  private static final class End implements TestExecutionListener {
    private boolean ran;
    private Throwable failure;

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      ran |= test.isTest();
      if (failure == null) {
        failure = result.getThrowable().orElse(null);
      }
    }

    Ended ended() {
      return switch (failure) {
        case null -> ran ? Ended.passed() : Ended.of(Outcome.GRADER_ERROR, "no test has run");
        case OutOfMemoryError _ -> outOfMemory();
        case StoryError told -> new Ended(Outcome.valueOf(told.end().name()), told.failure());
        default -> Ended.of(Outcome.FAILED, text(failure));
      };
    }
  }

  /** Returns what a failed assertion says; of any other failure, what it is and where. */
  private static String text(Throwable failure) {
    String text = Show.thrown(failure);
    String name = failure.getClass().getSimpleName() + ": ";
    if (failure instanceof AssertionError && text.startsWith(name)) {
      return text.substring(name.length()).strip();
    }
    return text + where(Foreign.stack(Foreign.origin(failure)), 4);
  }

  /** Returns the lines of the exercise's code in a stack, the innermost first. */
  private static String where(StackTraceElement[] stack, int most) {
    return Arrays.stream(stack)
        .filter(frame -> frame.getClassName().startsWith("course.server."))
        .limit(most)
        .map(frame -> "\n  at " + frame)
        .collect(Collectors.joining());
  }

  /** Tells who ended the JVM, in the last moment that there is. */
  private void exits() {
    var where = new StringBuilder();
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      if (Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("exit"))) {
        where.append(where(stack, 1));
      }
    }
    try {
      wire.send("exits", where.toString().replace("\n ", ""));
    } catch (IOException e) {
      // The grader sees that this JVM has ended; it just does not know where.
    }
  }

  private static URL[] urls(List<String> folders) throws MalformedURLException {
    var urls = new URL[folders.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(folders.get(i)).toUri().toURL();
    }
    return urls;
  }
}
