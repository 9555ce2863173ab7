package course.server;

import course.testkit.Show;
import course.testkit.Story;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Hands messages off to an executor, each on the thread of a connection, and lets none end before
 * the test says so. That is how it knows for certain what becomes of a message, without waiting for
 * something that may never come: a handler that holds another message can't help.
 */
final class TestServer implements AutoCloseable {
  /** What a student's method makes, given a factory of handlers. */
  interface Maker {
    ExecutorService make(ThreadFactory threads);
  }

  /** Longer limits of a wait are not waited for. */
  private static final Duration LONGEST_LIMIT = Duration.ofSeconds(4);

  private final Story story;
  private final ExecutorService executor;
  private final List<Thread> handlers = new CopyOnWriteArrayList<>();
  private final Map<Integer, Message> messages = new TreeMap<>(); // the test's thread only

  TestServer(Story story, String what, Maker maker) {
    this.story = story;
    executor = story.step(what, (Callable<ExecutorService>) () -> maker.make(this::newHandler));
    story.check(executor != null, "it returns an executor", "it returns null");
    handlers.forEach(TestServer::awaitRest); // some may be started before they are needed
  }

  private Thread newHandler(Runnable task) {
    Thread handler = daemon("handler " + (handlers.size() + 1)).unstarted(task);
    handlers.add(handler);
    return handler;
  }

  /** A daemon: whatever the student's code makes of it, the JVM can end. */
  static Thread.Builder daemon(String name) {
    return Thread.ofPlatform().daemon().name(name);
  }

  /** Hands a message off, and fails unless it comes to one of the fates that are right. */
  void handOff(int number, String expectation, List<Fate> right) {
    story.expect(expectation);
    int handlersBefore = handlers.size();
    Fate fate = fate(begin(number), number, handlersBefore);
    story.step(
        "Message %d is handed off".formatted(number)
            + (right.contains(fate) ? ": " + tell(fate) : ""));
    if (!right.contains(fate)) {
      throw story.seen(tell(fate));
    }
  }

  /** Hands many messages off at once, each of which comes to one of the fates that are right. */
  void handOffMany(int first, int last, String expectation, List<Fate> right) {
    story.expect(expectation);
    int handlersBefore = handlers.size();
    for (int number = first; number <= last; number++) {
      begin(number);
    }
    story.step("Messages %d to %d are handed off, all at once".formatted(first, last));
    for (int number = first; number <= last; number++) {
      Fate fate = fate(messages.get(number), number, handlersBefore);
      if (!right.contains(fate)) {
        throw story.seen("of one of them: " + tell(fate));
      }
    }
  }

  private Message begin(int number) {
    var message = new Message(number, executor);
    messages.put(number, message);
    message.connection.start();
    return message;
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
      if (nobodyIsLeft && Message.isWaiting(state)) {
        return Fate.WAITS;
      }
      Thread.yield();
    }
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
    while (!message.ended) {
      Thread.yield();
    }
    awaitRest(message.handler);
  }

  /** Has a message fail when it ends. */
  void failsAtItsEnd(int number, RuntimeException failure) {
    story.step("Message %d is to end with a %s".formatted(number, Show.thrown(failure)));
    messages.get(number).failure = failure;
  }

  private static void awaitRest(Thread handler) {
    while (handler.isAlive() && !Message.isWaiting(handler.getState())) {
      Thread.yield();
    }
  }

  /**
   * If a message waits in execute with a time limit, waits until that is over: it may be lost then,
   * or lose its place. Else it does not wait at all.
   *
   * @return after how many nanoseconds the limit was over; 0 if there is none, or a long one
   */
  long awaitTimeLimit(int number) {
    Message message = messages.get(number);
    long begin = System.nanoTime();
    long waits = message.waits();
    while (System.nanoTime() - begin < LONGEST_LIMIT.toNanos()) {
      boolean handedOff = message.handedOff;
      if (handedOff && message.handler == null && lastToTake(message)) {
        story.step("The message waits with a time limit, and that is over");
        throw story.seen(
            "execute has returned, and no handler has message %d: it is lost".formatted(number));
      }
      if (handedOff || message.connection.getState() == Thread.State.WAITING) {
        return 0;
      }
      if (message.waits() != waits && !message.handedOff) { // once handed off, look again
        return System.nanoTime() - begin;
      }
      Thread.yield();
    }
    return 0;
  }

  /** Whether nobody can take the message any more: all handlers have another one. */
  private boolean lastToTake(Message message) {
    return handlers.stream().allMatch(handler -> canNotHelp(handler, message))
        && message.handler == null
        && executor instanceof ThreadPoolExecutor pool
        && pool.getQueue().isEmpty();
  }

  /** Waits until one of these messages is handled, and returns which. */
  int awaitAny(int... numbers) {
    while (true) {
      for (int number : numbers) {
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
    awaitAny(number);
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

  /** Fails if a message was handled that no handler may have. */
  void wasNeverHandled(int... numbers) {
    for (int number : numbers) {
      story.check(
          messages.get(number).handler == null,
          "message " + number + " is not handled any more",
          "it is handled all the same");
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
