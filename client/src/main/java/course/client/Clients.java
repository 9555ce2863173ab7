package course.client;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Any number of clients at once, and what is said about them at the end. */
final class Clients {
  private static final int FEW = 20;

  private final ServerOptions server;
  private final List<Client> clients;
  private final PrintStream out;
  private final PrintStream err;

  Clients(ServerOptions server, List<Client> clients, PrintStream out, PrintStream err) {
    this.server = server;
    this.clients = clients;
    this.out = out;
    this.err = err;
  }

  /** Runs them all to their end. */
  void run() throws InterruptedException {
    // Virtual threads: a thousand clients are two thousand threads that mostly wait.
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < clients.size(); i++) {
      threads.add(Thread.ofVirtual().name("client-" + (i + 1)).start(clients.get(i)::run));
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  /**
   * Prints how it went, after {@link #run}.
   *
   * @return the exit status: 0 when every message was answered and with nothing but its reply
   */
  int report() {
    var failures = clients.stream().map(Client::notConnected).filter(Objects::nonNull).toList();
    if (failures.size() == clients.size()) {
      err.println(server.notThere(failures.getFirst()));
      return 1;
    }
    var problems = new ArrayList<String>();
    if (!failures.isEmpty()) {
      problems.add(
          "%d of %d clients could not connect (%s)"
              .formatted(failures.size(), clients.size(), failures.getFirst().getMessage()));
    }
    if (clients.stream().anyMatch(Client::wasLeft)) {
      problems.add("server went away");
    }
    clients.stream()
        .map(Client::problem)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(problems::add);
    var count = count();
    if (count.wrong() > 0) {
      problems.add("wrong replies: " + count.wrong());
    }
    boolean well = clients.stream().allMatch(Client::succeeded);
    print(problems.isEmpty() ? "" : String.join(", ", problems) + ": ", well ? out : err);
    return well ? 0 : 1;
  }

  /** Prints how far it got, at any time and from any thread. */
  void reportStopped() {
    print("stopped: ", err);
  }

  private void print(String what, PrintStream to) {
    if (clients.size() > 1 && clients.size() <= FEW) {
      for (int i = 0; i < clients.size(); i++) {
        to.println("client " + (i + 1) + ": " + clients.get(i).count());
      }
    }
    to.println(what + count());
  }

  private Tally.Count count() {
    return clients.stream().map(Client::count).reduce(Tally.Count.NONE, Tally.Count::plus);
  }
}
