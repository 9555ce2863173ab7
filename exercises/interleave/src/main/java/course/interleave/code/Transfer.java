package course.interleave.code;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries a scenario over into the classes of a run: it is written once, and read by each run with
 * the run's own copies of the classes. What is captured is copied, with two exceptions: objects of
 * the JDK that are there to be shared, or can't be written, are passed as they are; and for the
 * test's own instance, which can't be written either, each run makes a new one.
 */
public final class Transfer {
  private final byte[] bytes;
  private final List<Object> shared = new ArrayList<>();
  private boolean capturesNothing;
  private volatile Object last;

  private record Shared(int index) implements Serializable {}

  private record TestInstance(String type) implements Serializable {}

  /**
   * Writes a scenario.
   *
   * @throws ClassNotFoundException if the class that it is written in can't be found
   * @throws IllegalArgumentException if it can't be carried over; the message says what to change
   */
  public Transfer(Object scenario, CodeUnderTest code) throws ClassNotFoundException {
    var buffer = new ByteArrayOutputStream();
    Class<?> test = Class.forName(code.test(), false, code.classes());
    try (var out = new Writer(buffer, code, test)) {
      out.writeObject(scenario);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "the scenario uses a "
              + e.getMessage().replaceFirst("\\$\\$Lambda.*", " lambda")
              + " that was made outside of it: make it inside the scenario, so that each run has"
              + " its own",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the scenario can't be carried over: " + e, e);
    }
    bytes = buffer.toByteArray();
  }

  /**
   * Returns the scenario in a run's classes. A lambda that captures nothing is the same each time.
   *
   * @throws ReflectiveOperationException if a class of it can't be found
   * @throws IllegalArgumentException if it can't be carried over; the message says what to change
   */
  @SuppressWarnings("ReferenceEquality") // the same class loader
  public Object into(ClassLoader classes) throws ReflectiveOperationException {
    Object known = last;
    if (capturesNothing && known != null && known.getClass().getClassLoader() == classes) {
      return known;
    }
    try (var in = new Reader(classes)) {
      Object read = in.readObject();
      last = read;
      return read;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the scenario can't be carried over: " + e.getMessage(), e);
    }
  }

  private final class Writer extends ObjectOutputStream {
    private final CodeUnderTest code;
    private final Class<?> test;
    private boolean first = true; // of all objects: the scenario itself

    Writer(ByteArrayOutputStream out, CodeUnderTest code, Class<?> test) throws IOException {
      super(out);
      this.code = code;
      this.test = test;
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      if (object instanceof SerializedLambda lambda && first) {
        capturesNothing = lambda.getCapturedArgCount() == 0;
      }
      first = false;
      Class<?> type = object.getClass();
      boolean reloaded = code.reloads(type.getName());
      boolean isTest = test.isInstance(object) || test.getName().startsWith(type.getName() + "$");
      if (isTest && !(object instanceof Serializable)) {
        return new TestInstance(type.getName());
      }
      boolean concurrent = type.getName().startsWith("java.util.concurrent.");
      if (!reloaded
          && !type.isArray()
          && !type.isHidden()
          && (concurrent || !(object instanceof Serializable))
          && !(object instanceof SerializedLambda)) {
        shared.add(object);
        return new Shared(shared.size() - 1);
      }
      return object;
    }
  }

  private final class Reader extends ObjectInputStream {
    private final ClassLoader classes;

    Reader(ClassLoader classes) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.classes = classes;
      enableResolveObject(true);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, classes);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(type); // a primitive type
      }
    }

    @Override
    protected Object resolveObject(Object object) throws IOException {
      return switch (object) {
        case Shared(int index) -> shared.get(index);
        case TestInstance(String type) -> testInstance(type);
        default -> object;
      };
    }

    private Object testInstance(String name) throws IOException {
      try {
        return newInstance(Class.forName(name, true, classes));
      } catch (ReflectiveOperationException e) {
        throw new IOException(
            "it uses fields or methods of its test, and no "
                + name
                + " can be made without arguments: make what it uses static",
            e);
      }
    }

    /** An inner class needs an instance of the one that it is in. */
    private static Object newInstance(Class<?> type) throws ReflectiveOperationException {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        Class<?>[] needs = constructor.getParameterTypes();
        if (needs.length == 0 || (needs.length == 1 && needs[0] == type.getEnclosingClass())) {
          constructor.setAccessible(true);
          return needs.length == 0
              ? constructor.newInstance()
              : constructor.newInstance(newInstance(needs[0]));
        }
      }
      throw new NoSuchMethodException();
    }
  }
}
