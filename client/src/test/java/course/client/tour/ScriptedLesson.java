package course.client.tour;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A server process that behaves as its argument says; ends when it is killed. */
final class ScriptedLesson {
  private ScriptedLesson() {}

  static List<String> command(String behaviour) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        Path.of("target", "test-classes").toString(),
        ScriptedLesson.class.getName(),
        behaviour);
  }

  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "refuse" -> System.err.println("no room for \u001b[31mme");
      case "silent" -> waitForTheEnd();
      default -> serve(args[0]);
    }
  }

  private static void serve(String behaviour) throws IOException {
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.err.println("Picked up some option");
      if (behaviour.equals("last words")) {
        var lastWords = "<< connection 1 message 1 handler 1";
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(lastWords)));
      }
      System.out.println("listening on 127.0.0.1:" + listener.getLocalPort());
      while (true) {
        try (Socket socket = listener.accept()) {
          echo(behaviour, socket);
        }
      }
    }
  }

  private static void echo(String behaviour, Socket socket) throws IOException {
    var in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    int count = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      count++;
      if (behaviour.equals("handlers")) {
        System.out.printf("<< connection 1 message %d handler %d%n", count, count % 3);
      }
      if (behaviour.equals("long lines")) {
        System.out.println("x".repeat(100_000));
      }
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      if (behaviour.equals("halt") && count == 3) {
        Runtime.getRuntime().halt(9);
      }
    }
  }

  private static void waitForTheEnd() throws IOException {
    try {
      System.in.transferTo(System.err);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
