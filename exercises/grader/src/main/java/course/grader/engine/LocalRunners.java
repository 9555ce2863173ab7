package course.grader.engine;

import course.grader.engine.compile.CompilerJvm;
import course.grader.engine.runner.Runner;
import java.io.IOException;

/** Where JVMs come from that are processes of this machine. */
public final class LocalRunners {
  /** Nothing is taken from a JVM. */
  public static final Launch OUR_RIGHTS = (builder, _, _) -> builder.start();

  private LocalRunners() {}

  /** Makes a source of JVMs that run tests. */
  public static RunnerSource ofRunners(Launch launch) throws IOException, InterruptedException {
    return new RunnerHome(Runner.class, launch);
  }

  /** Makes a source of JVMs that compile. */
  public static RunnerSource ofCompilers(Launch launch) throws IOException, InterruptedException {
    return new RunnerHome(CompilerJvm.class, launch);
  }
}
