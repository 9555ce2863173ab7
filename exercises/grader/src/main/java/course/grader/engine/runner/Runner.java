package course.grader.engine.runner;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import course.testkit.HangError;
import course.testkit.OutOfMemoryFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests one after another and reports each. One runner runs one student's code once, and then
 * its JVM ends: nothing that this code left behind can touch what comes after.
 *
 * <p>What it sends: its nonce and {@code ready}, then {@code begins} and {@code ends} for each
 * test, and {@code exits} if the student's code ends the JVM.
 */
public final class Runner {
  private static final String PASSED = "passed";
  private static final String FAILED = "failed";

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

  /** Standard input says where the results go (a port), and the nonce that they begin with. */
  public static void main(String[] args) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String port = input.readLine();
    if (port.equals("warm up")) { // the JVM notes what it has loaded, for the next ones
      new Runner(null).warmUp();
      return;
    }
    String nonce = input.readLine();
    System.setIn(InputStream.nullInputStream());
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
      socket.setTcpNoDelay(true);
      var wire = new Wire(socket.getInputStream(), socket.getOutputStream());
      wire.send(nonce);
      var runner = new Runner(wire);
      runner.warmUp();
      wire.send("ready");
      runner.run(wire.receive());
    } catch (IOException e) {
      // The grader is gone, or has no use for this runner any more.
    }
    Runtime.getRuntime().halt(0); // whatever threads there are still
  }

  private void warmUp() {
    test(WarmUp.class.getName(), "runs", Runner.class.getClassLoader());
  }

  /** Runs the tests of a job: the folders of classes, then {@code class}, {@code method}, … */
  private void run(List<String> job) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::exits, "runner exits"));
    int folders = Integer.parseInt(job.getFirst());
    var loader = new URLClassLoader(urls(job.subList(1, 1 + folders)));
    Thread.currentThread().setContextClassLoader(loader);
    List<String> tests = job.subList(1 + folders, job.size());
    for (int i = 0; i < tests.size(); i += 2) {
      wire.send("begins", tests.get(i), tests.get(i + 1));
      Result result = test(tests.get(i), tests.get(i + 1), loader);
      wire.send("ends", result.status, result.text);
      if (!result.goOn) {
        return; // its threads still run, or there is no memory: the next test needs a new JVM
      }
    }
  }

  private record Result(String status, String text, boolean goOn) {}

  private Result test(String className, String methodName, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(className, false, loader);
      Optional<Method> method =
          Arrays.stream(type.getDeclaredMethods())
              .filter(m -> m.getName().equals(methodName))
              .findAny();
      if (method.isEmpty()) {
        return new Result("missing", "there is no test " + methodName, true);
      }
      var end = new End();
      launcher.execute(
          request()
              .selectors(selectMethod(type, method.get()))
              .configurationParameters(Map.of())
              .build(),
          end);
      return end.result();
    } catch (ClassNotFoundException e) {
      return new Result("missing", "there is no test class " + className, true);
    } catch (LinkageError e) {
      return new Result(FAILED, text(e), true);
    } catch (OutOfMemoryError e) {
      return new Result("memory", "", false);
    }
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

    Result result() {
      return switch (failure) {
        case null -> ran ? new Result(PASSED, "", true) : new Result("missing", "no test", true);
        case OutOfMemoryError _ -> new Result("memory", "", false);
        case OutOfMemoryFailure memory -> new Result(FAILED, text(memory), false);
        case HangError hang -> new Result("hung", text(hang), false);
        default -> new Result(FAILED, text(failure), true);
      };
    }
  }

  /** Returns what a failed assertion says; of any other failure, what it is and where. */
  private static String text(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    if (failure instanceof AssertionError && failure.getMessage() != null) {
      return message;
    }
    var text = new StringBuilder(failure.getClass().getSimpleName() + ": " + message);
    Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("course.server."))
        .limit(4)
        .forEach(frame -> text.append("\n  at ").append(frame));
    return text.toString();
  }

  /** Tells who ended the JVM, in the last moment that there is. */
  private void exits() {
    var where = new StringBuilder();
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      if (Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("exit"))) {
        Arrays.stream(stack)
            .filter(frame -> frame.getClassName().startsWith("course.server."))
            .limit(1)
            .forEach(frame -> where.append(" at ").append(frame));
      }
    }
    try {
      wire.send("exits", where.toString());
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
