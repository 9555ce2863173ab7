package course.grader.grade.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.engine.RunnerProcess;
import course.grader.engine.RunnerSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120) // bounds a hang
class SandboxCompilerTest {
  private static final Map<String, String> SOURCES =
      Map.of("src/main/java/course/server/Empty.java", "package course.server; class Empty {}");

  /** As the kernel does for lack of memory, or a container engine that starts anew. */
  @Test
  void if_all_compilers_that_wait_are_killed_no_submission_is_to_blame() throws Exception {
    var machine = new Machine(Sandbox.processes().compilers().call());
    try (var compiler = new SandboxCompiler(machine);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<List<String>> compile = () -> compiler.compile(SOURCES, Set.of()).errors();
      for (var errors : threads.invokeAll(List.of(compile, compile))) { // each in a JVM of its own
        assertThat(errors.get()).isEmpty();
      }
      machine.started.forEach(RunnerProcess::kill);
      assertThat(compile.call()).isEmpty();
    }
  }

  /** Starts two JVMs at the same time, then others. */
  private record Machine(RunnerSource real, List<RunnerProcess> started, CyclicBarrier two)
      implements RunnerSource {
    Machine(RunnerSource real) {
      this(real, new CopyOnWriteArrayList<>(), new CyclicBarrier(2));
    }

    @Override
    public RunnerProcess start() throws IOException {
      RunnerProcess process = real.start();
      started.add(process);
      if (started.size() <= 2) {
        try {
          two.await();
        } catch (Exception e) {
          throw new IOException(e);
        }
      }
      return process;
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
