package course.grader.engine;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.engine.runner.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made once so that the next command is quick. */
@Timeout(value = 120) // bounds a hang
class RunnerHomeTest {
  @TempDir Path temporary;

  @Test
  void what_one_command_has_made_the_next_one_uses() throws Exception {
    Path archive = RunnerFiles.ours().archive();
    new RunnerHome(Runner.class, LocalRunners.OUR_RIGHTS).close();
    assertThat(archive).exists();
    FileTime made = Files.getLastModifiedTime(archive);
    new RunnerHome(Runner.class, LocalRunners.OUR_RIGHTS).close();
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
  }

  /** An archive is of no use if its jar is not just the one that it was made from. */
  @Test
  void several_may_pack_our_classes_at_once_and_pack_the_same() throws Exception {
    var files = new RunnerFiles(temporary);
    Callable<String> packs = files::classPath;
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var classPath : threads.invokeAll(Collections.nCopies(4, packs))) {
        assertThat(classPath.get()).isEqualTo(files.classPath());
      }
    }
    FileTime first = Files.getLastModifiedTime(temporary.resolve("own.jar"));
    byte[] packed = Files.readAllBytes(temporary.resolve("own.jar"));
    Files.delete(temporary.resolve("own.jar"));
    files.classPath();
    assertThat(Files.getLastModifiedTime(temporary.resolve("own.jar"))).isEqualTo(first);
    assertThat(Files.readAllBytes(temporary.resolve("own.jar"))).isEqualTo(packed);
    try (var left = Files.list(temporary)) {
      assertThat(left).as("nothing half made is left").hasSize(1);
    }
  }

  @Test
  void what_was_made_for_classes_that_are_gone_is_deleted_after_a_day() throws IOException {
    Path runners = RunnerFiles.ours().folder().getParent();
    Path old = Files.createDirectories(runners.resolve("of-old-classes"));
    Path recent = Files.createDirectories(runners.resolve("of-other-classes"));
    Files.writeString(old.resolve("own.jar"), "");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    RunnerFiles.ours();
    assertThat(old).doesNotExist();
    assertThat(recent).exists();
    Files.delete(recent);
  }
}
