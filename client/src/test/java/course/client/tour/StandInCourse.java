package course.client.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A course of lessons as small as they can be, in a folder of a test. */
final class StandInCourse {
  private final Path folder;

  StandInCourse(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Adds a lesson whose server handles so many messages of a connection at a time. */
  StandInCourse with(String name, String heading, int atATime) throws IOException {
    write(name, "README.md", heading + "\n");
    // In two packages, as a lesson may have more than one.
    write(
        name,
        "src/main/java/course/wire/Lines.java",
        """
        package course.wire;

        import java.io.*;

        public final class Lines {
          public static BufferedReader of(InputStream in) {
            return new BufferedReader(new InputStreamReader(in));
          }
        }
        """);
    write(
        name,
        "src/main/java/course/server/Main.java",
        """
        package course.server;

        import course.wire.Lines;
        import java.net.*;
        import java.util.List;
        import java.util.concurrent.Executors;

        final class Main {
          public static void main(String[] args) throws Exception {
            List<String> options = List.of(args);
            long work = Long.parseLong(options.get(options.indexOf("--work") + 1).replace("ms", ""));
            boolean quiet = options.contains("--quiet");
            try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
              System.out.println("listening on 127.0.0.1:" + listener.getLocalPort());
              for (int c = 1; true; c++) {
                int connection = c;
                Socket socket = listener.accept();
                Thread.startVirtualThread(() -> serve(socket, connection, work, quiet));
              }
            }
          }

          private static void serve(Socket socket, int connection, long work, boolean quiet) {
            try (socket;
                var handlers = Executors.newFixedThreadPool(%d)) {
              socket.setTcpNoDelay(true);
              int message = 0;
              var lines = Lines.of(socket.getInputStream());
              for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String reply = line + "\\n";
                String log = "<< connection " + connection + " message " + ++message;
                handlers.submit(() -> {
                  if (!quiet) {
                    System.out.println(log);
                  }
                  Thread.sleep(work);
                  socket.getOutputStream().write(reply.getBytes());
                  return null;
                });
              }
              handlers.close();
            } catch (java.io.IOException e) {
              System.err.println(e);
            }
          }
        }
        """
            .formatted(atATime));
    return this;
  }

  /** Writes a file of a lesson. */
  void write(String lesson, String file, String text) throws IOException {
    Path path = folder.resolve(lesson).resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
