package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Objects that others see before they are whole. */
@SuppressWarnings({"NonFinalStaticField", "ReferenceEquality"})
final class Publishing {
  private Publishing() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "double-checked publication",
            Publishing.class,
            run -> readConfiguration(run, new TooEarly()),
            run -> readConfiguration(run, new WhenWhole())),
        new Sample(
            "lazy singleton made twice",
            Publishing.class,
            run -> {
              LazySingleton.instance = null; // whoever runs this again starts from nothing
              oneInstance(run, LazySingleton::get);
            },
            run -> oneInstance(run, HolderSingleton::get)),
        new Sample(
            "this escapes from the constructor",
            Publishing.class,
            run -> register(run, true),
            run -> register(run, false)),
        new Sample(
            "two fields published apart",
            Publishing.class,
            run -> route(run, new Route()),
            run -> route(run, new AtomicRoute())));
  }

  private static void readConfiguration(Run run, Configuration configuration)
      throws InterruptedException {
    run.thread("a", () -> assertEquals(9090, configuration.get().port));
    run.thread("b", () -> assertEquals(9090, configuration.get().port));
    run.join();
  }

  static class Options {
    int port;

    void load() {
      port = 9090;
    }
  }

  interface Configuration {
    Options get();
  }

  static class TooEarly implements Configuration {
    private volatile Options options;

    @Override
    public Options get() {
      if (options == null) {
        synchronized (this) {
          if (options == null) {
            options = new Options();
            options.load();
          }
        }
      }
      return options;
    }
  }

  static class WhenWhole implements Configuration {
    private volatile Options options;

    @Override
    public Options get() {
      if (options == null) {
        synchronized (this) {
          if (options == null) {
            var loaded = new Options();
            loaded.load();
            options = loaded;
          }
        }
      }
      return options;
    }
  }

  interface Source {
    Object get();
  }

  private static void oneInstance(Run run, Source source) throws InterruptedException {
    var seen = new AtomicReference<Object>();
    for (String name : List.of("a", "b")) {
      run.thread(
          name,
          () -> {
            Object instance = source.get();
            Object earlier = seen.compareAndExchange(null, instance);
            assertTrue(earlier == null || earlier == instance, "one instance");
          });
    }
    run.join();
  }

  static class LazySingleton {
    private static LazySingleton instance;

    static LazySingleton get() {
      if (instance == null) {
        instance = new LazySingleton();
      }
      return instance;
    }
  }

  static class HolderSingleton {
    private static final AtomicInteger MADE = new AtomicInteger();

    private HolderSingleton() {
      MADE.incrementAndGet();
    }

    private static class Holder {
      static final HolderSingleton INSTANCE = new HolderSingleton();
    }

    static HolderSingleton get() {
      return Holder.INSTANCE;
    }
  }

  private static void register(Run run, boolean early) throws InterruptedException {
    var registry = new Registry();
    run.thread("makes", () -> Plugin.make(registry, early));
    run.thread("tells", registry::tell);
    run.join();
  }

  static class Registry {
    private volatile Plugin plugin;

    void add(Plugin newPlugin) {
      plugin = newPlugin;
    }

    void tell() {
      Plugin registered = plugin;
      if (registered != null) {
        assertEquals("plugin", registered.name());
      }
    }
  }

  static class Plugin {
    private String name;

    Plugin(Registry registry, boolean early) {
      if (early) {
        registry.add(this);
      }
      name = "plugin";
    }

    static void make(Registry registry, boolean early) {
      var plugin = new Plugin(registry, early);
      if (!early) {
        registry.add(plugin);
      }
    }

    String name() {
      return name;
    }
  }

  private static void route(Run run, Route route) throws InterruptedException {
    run.thread("moves", () -> route.set("other", 2));
    run.thread("reads", () -> assertTrue(List.of("host 1", "other 2").contains(route.get())));
    run.join();
  }

  static class Route {
    private volatile String host = "host";
    private volatile int port = 1;

    void set(String newHost, int newPort) {
      host = newHost;
      port = newPort;
    }

    String get() {
      return host + " " + port;
    }
  }

  static class AtomicRoute extends Route {
    private final AtomicReference<String> both = new AtomicReference<>("host 1");

    @Override
    void set(String newHost, int newPort) {
      both.set(newHost + " " + newPort);
    }

    @Override
    String get() {
      return both.get();
    }
  }
}
