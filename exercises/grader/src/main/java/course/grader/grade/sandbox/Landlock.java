package course.grader.grade.sandbox;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import course.grader.engine.Launch;
import course.grader.engine.runner.Runner;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Starts a process from a thread that has given up its rights on files, so that it has none either:
 * it can read its Java and what it is given, write in a folder of its own, start no program but
 * Java, and send no signal to others. Thread-safe.
 *
 * <p>It is a part of the Linux kernel, see <a
 * href="https://docs.kernel.org/userspace-api/landlock.html">Landlock: unprivileged access
 * control</a>.
 */
final class Landlock implements Launch {
  // The same on all processors.
  private static final long CREATE_RULESET = 444;
  private static final long ADD_RULE = 445;
  private static final long RESTRICT_SELF = 446;
  private static final int NO_NEW_PRIVILEGES = 38;
  private static final int JUST_A_HANDLE = 0x280000; // O_PATH | O_CLOEXEC

  private static final long EXECUTE = 1;
  private static final long READ_FILE = 1 << 2;
  private static final long READ_FOLDER = 1 << 3;
  private static final long OTHERS = 3; // abstract sockets, and signals to other processes

  /** By the version of Landlock, from 1 on: one bit for each kind of access that it knows. */
  private static final List<Integer> KINDS = List.of(13, 14, 15, 15, 16);

  private static final int OTHERS_SINCE = 6;

  private static final List<String> LIBRARIES = List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64");

  private static final List<String> SYSTEM_FILES =
      List.of("/dev/null", "/dev/random", "/dev/urandom", "/etc/hosts", "/etc/nsswitch.conf");

  private final MethodHandle syscall =
      function("syscall", JAVA_LONG, 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private final MethodHandle prctl =
      function("prctl", JAVA_INT, 1, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private final MethodHandle open = function("open", JAVA_INT, 2, ADDRESS, JAVA_INT);
  private final MethodHandle close = function("close", JAVA_INT, 1, JAVA_INT);

  private final int version = (int) call(CREATE_RULESET, 0, 0, 1);
  private final Path java = Path.of(System.getProperty("java.home"));
  private final List<Path> readable = new ArrayList<>();

  private Landlock() throws IOException {
    SYSTEM_FILES.forEach(file -> readable.add(Path.of(file)));
    try (Stream<Path> paths = Files.walk(java)) { // a JDK of Debian's has its settings elsewhere
      paths.filter(Files::isSymbolicLink).forEach(readable::add);
    }
  }

  /** Returns it, if this machine has it. */
  static Optional<Launch> ofThisMachine() throws IOException {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    var landlock = new Landlock();
    return landlock.version > 0 ? Optional.of(landlock) : Optional.empty();
  }

  @SuppressWarnings("restricted") // the functions are the C library's, with the types they have
  private static MethodHandle function(
      String name, MemoryLayout returns, int fixed, MemoryLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(returns, parameters),
        Linker.Option.firstVariadicArg(fixed));
  }

  /** {@inheritDoc} An interrupt does not end it: it takes some milliseconds. */
  @Override
  public Process start(ProcessBuilder builder, List<Path> reads, Path own) throws IOException {
    builder.environment().clear();
    builder.environment().putAll(Runner.ENVIRONMENT);
    var started = new CompletableFuture<Process>();
    Thread.ofPlatform()
        .name("starts a process with few rights") // and ends: it has lost its own for ever
        .start(() -> {
          try {
            giveUpRights(reads, own);
            started.complete(builder.start());
          } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
          }
        });
    try {
      return started.join();
    } catch (CompletionException e) {
      throw new IOException("no process with few rights: " + e.getCause().getMessage(), e);
    }
  }

  /** From here on this thread, and those that it starts, can do no more than this. */
  private void giveUpRights(List<Path> reads, Path own) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long all = (1L << KINDS.get(Math.min(version, KINDS.size()) - 1)) - 1;
      MemorySegment handled = arena.allocateFrom(JAVA_LONG, all, 0, OTHERS);
      int size = version < OTHERS_SINCE ? Long.BYTES : 3 * Long.BYTES;
      int rules = (int) checked(call(CREATE_RULESET, handled.address(), size, 0), "rules");
      try {
        for (String folder : LIBRARIES) {
          allow(arena, rules, Path.of(folder), EXECUTE | READ_FILE | READ_FOLDER);
        }
        allow(arena, rules, java, EXECUTE | READ_FILE | READ_FOLDER);
        for (Path file : Stream.concat(readable.stream(), reads.stream()).toList()) {
          allow(arena, rules, file, READ_FILE);
        }
        allow(arena, rules, own, all & ~EXECUTE);
        checked((int) prctl.invokeExact(NO_NEW_PRIVILEGES, 1L, 0L, 0L, 0L), "no new privileges");
        checked(call(RESTRICT_SELF, rules, 0, 0), "restriction");
      } finally {
        int _ = (int) close.invokeExact(rules);
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a call to the kernel throws nothing
    }
  }

  private void allow(Arena arena, int rules, Path path, long access) throws Throwable {
    if (!Files.exists(path)) {
      return;
    }
    int file =
        (int) open.invokeExact(arena.allocateFrom(path.toRealPath().toString()), JUST_A_HANDLE);
    checked(file, path.toString());
    try {
      MemorySegment rule = arena.allocate(Long.BYTES + Integer.BYTES);
      rule.set(JAVA_LONG, 0, access);
      rule.set(JAVA_INT_UNALIGNED, Long.BYTES, file);
      checked(call(ADD_RULE, rules, 1, rule.address(), 0), path.toString());
    } finally {
      int _ = (int) close.invokeExact(file);
    }
  }

  private long call(long number, long... arguments) {
    long[] four = Arrays.copyOf(arguments, 4);
    try {
      return (long) syscall.invokeExact(number, four[0], four[1], four[2], four[3]);
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a call to the kernel throws nothing
    }
  }

  private static long checked(long result, String what) throws IOException {
    if (result < 0) {
      throw new IOException("Landlock refuses " + what);
    }
    return result;
  }
}
