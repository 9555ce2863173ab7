package course.server;

import course.testkit.Story;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * Hands messages off to an executor, each on the thread of a connection, and lets none end before
 * the test says so. That is how it knows for certain what becomes of a message, without waiting for
 * something that may never come: a handler that holds another message can't help.
 */
final class TestServer implements AutoCloseable {
  /** What becomes of a message that is handed off. */
  enum Fate {
    NEW_HANDLER,
    FREE_HANDLER,
    OWN_THREAD,
    QUEUED,
    WAITS,
    REFUSED
  }

  /** What a student's method makes, given a factory of handlers. */
  interface Maker {
    ExecutorService make(ThreadFactory threads);
  }

  private final class Message implements Runnable {
    final CountDownLatch mayEnd = new CountDownLatch(1);
    final Thread connection;
    volatile Thread handler; // null until it is handled
    volatile boolean ended;
    volatile boolean handedOff; // execute has returned
    volatile Throwable thrown; // by execute
    volatile boolean stillInterrupted; // when execute had thrown

    Message(int number) {
      connection = daemon("connection " + number).unstarted(this::handOff);
    }

    private void handOff() {
      try {
        executor.execute(this);
        handedOff = true;
      } catch (Throwable e) {
        stillInterrupted = Thread.currentThread().isInterrupted();
        thrown = e;
      }
    }

    @Override
    public void run() {
      handler = Thread.currentThread();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the test is over
      } finally {
        ended = true;
      }
    }
  }

  private final Story story;
  private final ExecutorService executor;
  private final List<Thread> handlers = new CopyOnWriteArrayList<>();
  private final Map<Integer, Message> messages = new TreeMap<>(); // the test's thread only

  TestServer(Story story, String what, Maker maker) {
    this.story = story;
    executor = story.step(what, (Callable<ExecutorService>) () -> maker.make(this::newHandler));
    story.check(executor != null, "it returns an executor", "it returns null");
  }

  private Thread newHandler(Runnable task) {
    Thread handler = daemon("handler " + (handlers.size() + 1)).unstarted(task);
    handlers.add(handler);
    return handler;
  }

  /** A daemon: whatever the student's code makes of it, the JVM can end. */
  private static Thread.Builder daemon(String name) {
    return Thread.ofPlatform().daemon().name(name);
  }

  /** Hands a message off, and fails unless it comes to one of the fates that are right. */
  void handOff(int number, String expectation, List<Fate> right) {
    story.expect(expectation);
    int handlersBefore = handlers.size();
    var message = new Message(number);
    messages.put(number, message);
    message.connection.start();
    Fate fate = fate(message, number, handlersBefore);
    story.step(
        "Message %d is handed off".formatted(number)
            + (right.contains(fate) ? ": " + tell(fate) : ""));
    if (!right.contains(fate)) {
      throw story.seen(tell(fate));
    }
  }

  /** Watches until there is no doubt. The order of the reads matters: each rules out a race. */
  private Fate fate(Message message, int number, int handlersBefore) {
    while (true) {
      boolean handedOff = message.handedOff; // before the handlers: one may be started until then
      Thread.State state = message.connection.getState();
      boolean nobodyIsLeft = handlers.stream().allMatch(handler -> canNotHelp(handler, message));
      Thread handler = message.handler; // last: the connection's thread could wait inside of it
      if (handler != null) {
        return whose(handler, message, number, handlersBefore);
      }
      if (message.thrown != null) {
        if (message.thrown instanceof RejectedExecutionException) {
          return Fate.REFUSED;
        }
        throw story.seen("execute threw " + message.thrown.getClass().getSimpleName());
      }
      if (nobodyIsLeft && handedOff && handlers.isEmpty()) {
        throw foreign(number); // whether that thread has begun with it or not
      }
      if (nobodyIsLeft && handedOff) {
        return Fate.QUEUED;
      }
      if (nobodyIsLeft && isWaiting(state)) {
        return Fate.WAITS;
      }
      Thread.yield();
    }
  }

  private static boolean isWaiting(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private boolean canNotHelp(Thread handler, Message message) {
    return handler.getState() == Thread.State.TERMINATED
        || messages.values().stream()
            .anyMatch(other -> other != message && other.handler == handler && !other.ended);
  }

  private Fate whose(Thread handler, Message message, int number, int handlersBefore) {
    if (handler == message.connection) {
      return Fate.OWN_THREAD;
    }
    int index = handlers.indexOf(handler);
    if (index < 0) {
      throw foreign(number);
    }
    return index < handlersBefore ? Fate.FREE_HANDLER : Fate.NEW_HANDLER;
  }

  private AssertionError foreign(int number) {
    story.step("Message " + number + " is handed off");
    return story.seen("the given ThreadFactory made no thread for message " + number);
  }

  private String tell(Fate fate) {
    long there = handlers.stream().filter(Thread::isAlive).count();
    String busy = there == 1 ? "the handler is busy" : "all %d handlers are busy".formatted(there);
    return switch (fate) {
      case NEW_HANDLER ->
          "a new handler has it, now there " + (there == 1 ? "is 1" : "are " + there);
      case FREE_HANDLER -> "a handler that was free has it";
      case OWN_THREAD -> "the thread that called execute handles it itself; " + busy;
      case QUEUED -> "execute has returned, and " + busy + ": it lies in a queue";
      case WAITS ->
          there == 0 ? "execute waits, and there is no handler" : "execute waits, " + busy;
      case REFUSED -> "execute threw a RejectedExecutionException";
    };
  }

  /** Lets a message end, and waits until its handler has come to rest. */
  void end(int number) {
    story.step("Message " + number + " is done");
    Message message = messages.get(number);
    message.mayEnd.countDown();
    Thread handler = message.handler;
    while (!message.ended || handler.isAlive() && !isWaiting(handler.getState())) {
      Thread.yield();
    }
  }

  /** Waits until one of two messages is handled, and returns which. */
  int awaitEither(int one, int other) {
    while (true) {
      for (int number : new int[] {one, other}) {
        if (messages.get(number).handler != null) {
          return number;
        }
      }
      Thread.yield();
    }
  }

  /** Waits until a message that was handed off is handled. */
  void awaitHandled(int number) {
    story.expect("a handler that is free takes message " + number);
    awaitEither(number, number);
    story.step("A handler takes message " + number);
  }

  /** Interrupts the connection that waits in execute, and returns what came of that. */
  void interrupt(int number) throws InterruptedException {
    story.step("The connection of message %d is interrupted, as when it closes".formatted(number));
    story.expect("execute throws a RejectedExecutionException, and the thread stays interrupted");
    Message message = messages.get(number);
    message.connection.interrupt();
    message.connection.join();
    if (message.thrown == null) {
      throw story.seen(
          "execute returned as if message %d had been handed off, but nobody has it"
              .formatted(number));
    }
    if (!(message.thrown instanceof RejectedExecutionException)) {
      throw story.seen("execute threw " + message.thrown.getClass().getSimpleName());
    }
    if (!message.stillInterrupted) {
      throw story.seen(
          "execute threw it, but the thread does not know any more that it has to end");
    }
  }

  void shutdown() {
    story.step("The executor is shut down");
    executor.shutdown();
  }

  /** Waits until {@code count} handlers have ended, and the others wait for as long as it takes. */
  void awaitEnded(int count) {
    while (true) {
      var ended = handlers.stream().filter(handler -> !handler.isAlive()).toList();
      if (ended.size() > count) {
        throw story.seen(ended.size() + " of " + handlers.size() + " handlers end");
      }
      // One that waits without a limit stays; one that waits with a limit may end yet.
      boolean othersStay =
          handlers.stream()
              .filter(handler -> !ended.contains(handler))
              .allMatch(handler -> handler.getState() == Thread.State.WAITING);
      if (ended.size() == count && othersStay) {
        return;
      }
      Thread.yield();
    }
  }

  ExecutorService executor() {
    return executor;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    for (Message message : messages.values()) {
      message.mayEnd.countDown();
      message.connection.interrupt();
    }
  }
}
