package course.client;

import java.io.IOException;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/** The options that say which server is meant, for every command that talks to one. */
public final class ServerOptions {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "where the server runs (default: ${DEFAULT-VALUE})")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9090",
      converter = Limits.Port.class,
      description = "the port it listens on, " + Limits.PORT + " (default: ${DEFAULT-VALUE})")
  private int port;

  /** A host name or an address; an IPv6 address has no brackets here. */
  public String host() {
    return host.replaceFirst("^\\[(.*)]$", "$1");
  }

  /** 1 to 65,535. */
  public int port() {
    return port;
  }

  @Override
  public String toString() {
    return (host().contains(":") ? "[" + host() + "]" : host()) + ":" + port;
  }

  /** One line for a user whose server could not be reached. */
  public String notThere(IOException reason) {
    if (reason instanceof UnknownHostException) {
      return "unknown host: %s (name another with --host)".formatted(host());
    }
    return "no server at %s (%s): start it first, or name another with --host and --port"
        .formatted(this, reason.getMessage());
  }
}
