package course.grader.engine.runner;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tries from within what a sandbox must not allow, harmlessly. What a student's code could do is
 * what this could do: it runs in the same way.
 */
final class Probe {
  /** An address that nobody has (RFC 5737): who has no network knows at once that it can't be. */
  private static final String NOWHERE = "192.0.2.1";

  private static final int CONNECT_MILLIS = 300;

  private static final List<String> NOT_TO_BE_WRITTEN =
      List.of(
          "/",
          "/grader",
          "/etc",
          "/usr",
          "/var",
          "/home",
          "/dev",
          "/dev/shm",
          "/dev/mqueue",
          "/proc",
          "/sys");

  private static final int MAXIMUM_TEMPORARY_MB = 64;

  private static final long MAXIMUM_MEMORY = 2L << 30;

  private static final long MAXIMUM_PROCESSES = 10_000;

  private static final int OWN_PROCESSES = 3; // this one, and one that may have started it

  private static final List<String> SOCKETS =
      List.of("/var/run/docker.sock", "/run/docker.sock", "/run/podman/podman.sock");

  private final List<String> holes = new ArrayList<>();

  private Probe() {}

  /**
   * Returns what could be done, a few words each; empty if nothing.
   *
   * @param kind of what must not be possible: container, or process
   * @param theirs a file of the grader's, which it must not reach
   */
  static List<String> holes(String kind, Path theirs) {
    var probe = new Probe();
    probe.read(theirs);
    if (kind.equals("container")) {
      probe.network();
      probe.rights();
      probe.files();
      probe.limits();
    } else {
      probe.process(theirs);
    }
    if (!System.getenv().equals(Runner.ENVIRONMENT)) {
      probe.holes.add("there are environment variables: " + System.getenv().keySet());
    }
    return probe.holes;
  }

  private void read(Path theirs) {
    try {
      Files.readAllBytes(theirs);
      holes.add("files of this machine can be read");
    } catch (IOException e) {
      // As it must be.
    }
  }

  private void process(Path theirs) {
    try {
      Files.delete(Files.writeString(theirs.resolveSibling(theirs.getFileName() + ".probe"), ""));
      holes.add("files can be written beside those of this machine");
    } catch (IOException e) {
      // As it must be.
    }
    try {
      new ProcessBuilder("/usr/bin/env").start().destroyForcibly();
      holes.add("programs can be started");
    } catch (IOException e) {
      // As it must be.
    }
  }

  private void network() {
    try {
      NetworkInterface.networkInterfaces()
          .filter(each -> !each.getName().startsWith("lo"))
          .forEach(each -> holes.add("there is a network: " + each.getName()));
    } catch (SocketException e) {
      // There is none.
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(NOWHERE, 80), CONNECT_MILLIS);
      holes.add("other machines can be reached");
    } catch (SocketTimeoutException e) {
      holes.add("packets to other machines go out");
    } catch (IOException e) {
      // It can't be reached.
    }
  }

  private void rights() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        String value = line.replaceFirst("\\w+:\\s*(\\S*).*", "$1");
        if (line.startsWith("Uid:") && value.equals("0")) {
          holes.add("it runs as root");
        } else if (line.startsWith("CapBnd:") && !value.matches("0+")) {
          holes.add("it has capabilities: " + value);
        } else if (line.startsWith("NoNewPrivs:") && !value.equals("1")) {
          holes.add("it can gain privileges");
        }
      }
    } catch (IOException e) {
      holes.add("its rights can't be read: " + e.getMessage());
    }
    SOCKETS.stream()
        .filter(socket -> Files.exists(Path.of(socket)))
        .forEach(socket -> holes.add("the container engine can be reached: " + socket));
    if (ModuleLayer.boot().modules().size() > 2) {
      holes.add("its Java has more modules than it needs: " + ModuleLayer.boot().modules());
    }
  }

  private void files() {
    for (String folder : NOT_TO_BE_WRITTEN) {
      Path file = Path.of(folder, "probe");
      try {
        Files.writeString(file, "");
        Files.delete(file);
        holes.add("files can be written in " + folder);
      } catch (IOException e) {
        // As it must be.
      }
    }
    int megabytes = 0;
    var written = new ArrayList<Path>();
    try {
      for (; megabytes <= MAXIMUM_TEMPORARY_MB; megabytes++) {
        Path file = Files.createTempFile("probe", "");
        written.add(file);
        Files.write(file, new byte[1 << 20]);
      }
      holes.add("its temporary files have no limit");
    } catch (IOException e) {
      // As it must be.
    } finally {
      written.forEach(file -> file.toFile().delete());
    }
  }

  private void limits() {
    limit("memory", List.of("memory.max", "memory/memory.limit_in_bytes"), MAXIMUM_MEMORY);
    limit("processes", List.of("pids.max", "pids/pids.max"), MAXIMUM_PROCESSES);
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      long count = processes.filter(p -> p.getFileName().toString().matches("\\d+")).count();
      if (count > OWN_PROCESSES) {
        holes.add("it sees other processes: " + count);
      }
    } catch (IOException e) {
      // It sees none.
    }
  }

  private void limit(String what, List<String> files, long maximum) {
    for (String file : files) {
      try {
        String value = Files.readString(Path.of("/sys/fs/cgroup", file)).strip();
        if (!value.matches("\\d{1,18}") || Long.parseLong(value) > maximum) {
          holes.add("there is no limit on " + what);
        }
        return;
      } catch (IOException e) {
        // The other version of this file system has another name for it.
      }
    }
    holes.add("nobody knows whether there is a limit on " + what);
  }
}
