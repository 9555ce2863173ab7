package course.interleave.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Who looks for the bugs, and what a JVM needs for it. */
enum Tool {
  INTERLEAVE("interleave"),
  LINCHECK("Lincheck"),
  VMLENS("vmlens"),
  STRESS("stress test");

  private final String title;

  Tool(String title) {
    this.title = title;
  }

  /** Puts what the tool needs into a folder, and returns the options of the JVM. */
  List<String> install(Path folder) throws IOException {
    if (this != VMLENS) {
      return List.of();
    }
    Files.createDirectories(folder.resolve("vmlens")); // where the agent writes
    for (String jar : List.of("agent.jar", "agent_bootstrap.jar", "agent_runtime.jar")) {
      try (InputStream in = Tool.class.getResourceAsStream("/agent_lib/" + jar)) {
        Files.copy(in, folder.resolve(jar), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return List.of("-javaagent:" + folder.resolve("agent.jar"));
  }

  @Override
  public String toString() {
    return title;
  }
}
