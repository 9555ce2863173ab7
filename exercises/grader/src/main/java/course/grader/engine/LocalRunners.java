package course.grader.engine;

import course.grader.engine.compile.CompilerJvm;
import course.grader.engine.runner.Runner;
import java.io.IOException;

/** Where JVMs come from that are processes of this machine, with all rights of this one. */
public final class LocalRunners {
  private LocalRunners() {}

  /** Makes a source of JVMs that run tests. */
  public static RunnerSource ofRunners() throws IOException, InterruptedException {
    return new RunnerHome(Runner.class);
  }

  /** Makes a source of JVMs that compile. */
  public static RunnerSource ofCompilers() throws IOException, InterruptedException {
    return new RunnerHome(CompilerJvm.class);
  }
}
