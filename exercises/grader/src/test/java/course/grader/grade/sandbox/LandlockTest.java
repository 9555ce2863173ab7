package course.grader.grade.sandbox;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.engine.LocalRunners;
import course.grader.engine.RunnerProcess;
import course.grader.engine.RunnerSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a process can do on a machine with Landlock, and what without it. */
@Timeout(value = 120) // bounds a hang
class LandlockTest {
  @Test
  void a_process_reaches_nothing_of_this_machine_if_that_has_Landlock() throws Exception {
    Sandbox sandbox = Sandbox.processes();
    if (Landlock.ofThisMachine().isPresent()) {
      assertThat(sandbox.walls()).contains("Landlock: no files, no programs");
      assertThat(sandbox.probe()).contains("process");
    } else {
      assertThat(sandbox.walls()).contains("no Landlock on this machine");
    }
    assertThat(sandbox.holes()).isEmpty();
  }

  @Test
  void without_it_a_process_reaches_all_and_that_is_seen() throws Exception {
    Sandbox.processes().holes(); // of this JVM only the thread that starts one loses its rights
    try (RunnerSource runners = LocalRunners.ofRunners(LocalRunners.OUR_RIGHTS)) {
      assertThat(Sandbox.holes(runners, "process"))
          .contains(
              "files of this machine can be read",
              "files can be written beside those of this machine");
    }
  }

  /** Which by itself it would never do. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_process_that_stands_still_is_ended() throws Exception {
    try (RunnerSource runners = Sandbox.processes().runners().call()) {
      Set<Long> others = children();
      RunnerProcess runner = runners.start();
      List<Long> started = children().stream().filter(child -> !others.contains(child)).toList();
      assertThat(started).hasSize(1);
      String pid = started.getFirst().toString();
      assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
      runner.close();
      assertThat(children()).isSubsetOf(others);
    }
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(toSet());
  }
}
