package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.interleave.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicStampedReference;

/** Steps that are safe each on its own, but not one after the other. */
final class Composing {
  private Composing() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "get, then put",
            Composing.class,
            run -> openOnce(run, new GetThenPut()),
            run -> openOnce(run, new ComputeIfAbsent())),
        new Sample(
            "contains, then add",
            Composing.class,
            run -> addOnce(run, new ContainsThenAdd()),
            run -> addOnce(run, new AddIfAbsent())),
        new Sample(
            "iterate while modified",
            Composing.class,
            run -> tellAll(run, new Listeners(Collections.synchronizedList(new ArrayList<>()))),
            run -> tellAll(run, new Listeners(new CopyOnWriteArrayList<>()))),
        new Sample(
            "lost push",
            Composing.class,
            run -> pushBoth(run, new LosingStack()),
            run -> pushBoth(run, new CasStack())),
        new Sample(
            "ABA on a free list",
            Composing.class,
            run -> reuse(run, new FreeList()),
            run -> reuse(run, new StampedFreeList())));
  }

  private static void openOnce(Run run, Connections connections) throws InterruptedException {
    run.thread("a", () -> connections.to("host"));
    run.thread("b", () -> connections.to("host"));
    run.join();
    assertEquals(1, connections.opened.get());
  }

  abstract static class Connections {
    final Map<String, String> open = new ConcurrentHashMap<>();
    final AtomicInteger opened = new AtomicInteger();

    abstract String to(String host);

    String open(String host) {
      return host + " " + opened.incrementAndGet();
    }
  }

  static class GetThenPut extends Connections {
    @Override
    String to(String host) {
      String connection = open.get(host);
      if (connection == null) {
        connection = open(host);
        open.put(host, connection);
      }
      return connection;
    }
  }

  static class ComputeIfAbsent extends Connections {
    @Override
    String to(String host) {
      return open.computeIfAbsent(host, this::open);
    }
  }

  private static void addOnce(Run run, Members members) throws InterruptedException {
    run.thread("a", () -> members.join("me"));
    run.thread("b", () -> members.join("me"));
    run.join();
    assertEquals(List.of("me"), members.all());
  }

  interface Members {
    void join(String name);

    Collection<String> all();
  }

  static class ContainsThenAdd implements Members {
    private final List<String> all = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void join(String name) {
      if (!all.contains(name)) {
        all.add(name);
      }
    }

    @Override
    public Collection<String> all() {
      return all;
    }
  }

  static class AddIfAbsent implements Members {
    private final CopyOnWriteArrayList<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void join(String name) {
      all.addIfAbsent(name);
    }

    @Override
    public Collection<String> all() {
      return all;
    }
  }

  private static void tellAll(Run run, Listeners listeners) throws InterruptedException {
    listeners.add(() -> {});
    listeners.add(() -> {});
    run.thread("tells", listeners::tell);
    run.thread("adds", () -> listeners.add(() -> {}));
    run.join();
  }

  record Listeners(List<Runnable> listeners) {
    void add(Runnable listener) {
      listeners.add(listener);
    }

    void tell() {
      for (Runnable listener : listeners) {
        listener.run();
      }
    }
  }

  private static void pushBoth(Run run, Stack stack) throws InterruptedException {
    run.thread("a", () -> stack.push("a"));
    run.thread("b", () -> stack.push("b"));
    run.join();
    assertEquals(2, stack.size());
  }

  record Link(String value, Link next) {}

  abstract static class Stack {
    final AtomicReference<Link> top = new AtomicReference<>();

    abstract void push(String value);

    int size() {
      int size = 0;
      for (Link link = top.get(); link != null; link = link.next()) {
        size++;
      }
      return size;
    }
  }

  static class LosingStack extends Stack {
    @Override
    void push(String value) {
      top.set(new Link(value, top.get()));
    }
  }

  static class CasStack extends Stack {
    @Override
    void push(String value) {
      Link old;
      do {
        old = top.get();
      } while (!top.compareAndSet(old, new Link(value, old)));
    }
  }

  /** One thread takes a block; the other takes two and gives the first back. */
  private static void reuse(Run run, Blocks blocks) throws InterruptedException {
    var held = ConcurrentHashMap.<Block>newKeySet();
    run.thread("a", () -> assertTrue(held.add(blocks.take()), "block is free"));
    run.thread(
        "b",
        () -> {
          Block first = blocks.take();
          assertTrue(held.add(first), "block is free");
          Block second = blocks.take();
          if (second != null) {
            assertTrue(held.add(second), "block is free");
          }
          held.remove(first);
          blocks.give(first);
        });
    run.join();
    Block left = blocks.take();
    if (left != null) {
      assertTrue(held.add(left), "block is free");
    }
  }

  /** A block of memory; linked while it is free. */
  static class Block {
    Block next;

    Block(Block next) {
      this.next = next;
    }
  }

  interface Blocks {
    Block take();

    void give(Block block);
  }

  static class FreeList implements Blocks {
    private final AtomicReference<Block> top =
        new AtomicReference<>(new Block(new Block(new Block(null))));

    @Override
    public Block take() {
      while (true) {
        Block block = top.get();
        if (block == null || top.compareAndSet(block, block.next)) {
          return block;
        }
      }
    }

    @Override
    public void give(Block block) {
      do {
        block.next = top.get();
      } while (!top.compareAndSet(block.next, block));
    }
  }

  static class StampedFreeList implements Blocks {
    private final AtomicStampedReference<Block> top =
        new AtomicStampedReference<>(new Block(new Block(new Block(null))), 0);

    @Override
    public Block take() {
      var stamp = new int[1];
      while (true) {
        Block block = top.get(stamp);
        if (block == null || top.compareAndSet(block, block.next, stamp[0], stamp[0] + 1)) {
          return block;
        }
      }
    }

    @Override
    public void give(Block block) {
      var stamp = new int[1];
      do {
        block.next = top.get(stamp);
      } while (!top.compareAndSet(block.next, block, stamp[0], stamp[0] + 1));
    }
  }
}
