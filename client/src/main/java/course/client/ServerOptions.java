package course.client;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which server is meant, for every command that talks to one. */
public final class ServerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "where the server runs (default: ${DEFAULT-VALUE})")
  private String host;

  private int port;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9090",
      description = "the port it listens on (default: ${DEFAULT-VALUE})")
  void setPort(int port) {
    if (port < 1 || port > 65_535) {
      throw new ParameterException(
          command.commandLine(), "--port is " + port + ": it must be 1 to 65535");
    }
    this.port = port;
  }

  /** A host name or an address. */
  public String host() {
    return host;
  }

  /** 1 to 65,535. */
  public int port() {
    return port;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }

  /** One line for a user whose server could not be reached. */
  public String notThere(IOException reason) {
    return "no server at %s (%s): start it first, or name another with --host and --port"
        .formatted(this, reason.getMessage());
  }
}
