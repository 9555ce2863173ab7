package course.interleave.run;

import course.interleave.code.CodeUnderTest;
import course.interleave.marks.Marks;
import course.interleave.turns.Gate;

/**
 * Loads, for one run, fresh copies of the code under test and of the tests' own classes. If these
 * keep nothing in static fields, the next run may use the same copies.
 */
public final class FreshClasses extends ClassLoader {
  static {
    registerAsParallelCapable(); // a thread that is held must not hold up all class loading
    Thread.setDefaultUncaughtExceptionHandler(
        new Uncaught(Thread.getDefaultUncaughtExceptionHandler()));
  }

  private static final String MARKS = Marks.class.getPackageName() + ".";

  private final CodeUnderTest code;
  private volatile Gate gate;

  public FreshClasses(CodeUnderTest code) {
    super(code.classes());
    this.code = code;
  }

  /** Sets which run is told what the classes do. */
  public void tell(Gate gate) {
    this.gate = gate;
    try {
      loadClass(Marks.class.getName()).getField("gate").set(null, gate);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a fresh " + Marks.class + " can't be loaded", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean marks = name.startsWith(MARKS);
    if (!marks && !code.reloads(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        byte[] bytes = marks ? code.unchanged(name) : code.bytes(name);
        loaded = defineClass(name, bytes, 0, bytes.length, Marks.class.getProtectionDomain());
      }
      return loaded;
    }
  }

  /** Whatever a thread of a run dies of, that run learns. Its threads are known by their loader. */
  private record Uncaught(Thread.UncaughtExceptionHandler otherwise)
      implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      if (thread.getContextClassLoader() instanceof FreshClasses classes) {
        classes.gate.uncaught(thrown);
      } else if (otherwise != null) {
        otherwise.uncaughtException(thread, thrown);
      } else {
        System.err.print("Exception in thread \"" + thread.getName() + "\" ");
        thrown.printStackTrace();
      }
    }
  }
}
