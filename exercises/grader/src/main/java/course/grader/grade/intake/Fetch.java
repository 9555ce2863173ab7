package course.grader.grade.intake;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;

/**
 * Fetches one branch of a student's repository, as data. For one thread, which may be interrupted.
 *
 * @param remote where the repository is
 * @param branch which branch, without {@code refs/heads/}
 */
record Fetch(Remote remote, String branch, Hosts hosts, Limits limits) {
  /** The JDK has nothing but words for a body that ends early, and for a proxy that says no. */
  private static final Pattern CUT = Pattern.compile("Premature EOF|Unable to tunnel");

  /**
   * Fetches the branch's commits, and of its files those that are not too large.
   *
   * @param into where they go
   * @return the last commit
   * @throws NotGradable if what is there can't be used: one line says why
   * @throws Unreachable if we can't know what is there
   * @throws IOException if the fault is ours
   */
  ObjectId into(Received into, Budget budget) throws IOException {
    hosts.check(remote);
    var ssh = new SshProgram(budget, limits.fetchTime());
    try (ssh) {
      try {
        return fetch(into, budget, ssh, true);
      } catch (TransportException e) {
        if (budget.spent() == null && isFilterUnknown(e)) {
          return fetch(into, budget, ssh, false);
        }
        throw e;
      }
    } catch (NotGradable e) {
      throw e;
    } catch (IOException | RuntimeException e) { // a server can make the library throw anything
      throw budget.spent() == null ? failure(e, ssh) : budget.spent();
    }
  }

  private static boolean isFilterUnknown(TransportException e) {
    return e instanceof PackProtocolException || e.getCause() instanceof PackProtocolException;
  }

  private ObjectId fetch(Received into, Budget budget, SshProgram ssh, boolean withoutLarge)
      throws IOException {
    try (Transport transport = transport(into)) {
      transport.setObjectChecker(budget.checker());
      if (transport instanceof TransportHttp http) {
        http.setHttpConnectionFactory(new HttpAccess(remote, hosts, budget));
      } else if (transport instanceof SshTransport overSsh) {
        overSsh.setSshSessionFactory(ssh);
      }
      if (withoutLarge) {
        transport.setFilterSpec(
            FilterSpec.fromFilterLine("blob:limit=" + (limits.fileBytes() + 1)));
      }
      try (FetchConnection connection = transport.openFetch()) {
        Ref head = branch(connection.getRefs());
        connection.fetch(Budget.monitor(), List.of(head), Set.of());
        return head.getObjectId();
      }
    }
  }

  private Transport transport(Received into) throws IOException {
    Optional<Transport> local =
        remote.scheme().equals("file")
            ? LocalRepository.transport(remote.uri(), into)
            : Optional.empty();
    return local.isPresent() ? local.get() : Transport.open(into, remote.uri());
  }

  private Ref branch(Collection<Ref> refs) throws NotGradable {
    List<String> branches =
        refs.stream()
            .map(Ref::getName)
            .filter(name -> name.startsWith(Constants.R_HEADS))
            .map(name -> name.substring(Constants.R_HEADS.length()))
            .toList();
    if (branches.isEmpty()) {
      throw new NotGradable("the repository is empty");
    }
    return refs.stream()
        .filter(
            ref -> ref.getName().equals(Constants.R_HEADS + branch) && ref.getObjectId() != null)
        .findFirst()
        .orElseThrow(() ->
            new NotGradable(
                "the repository has no branch %s: it has %s"
                    .formatted(branch, Shown.names(branches))));
  }

  private IOException failure(Exception e, SshProgram ssh) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case NotGradable known -> {
          return known;
        }
        case TooLargeObjectInPackException large -> {
          return new NotGradable(
              "the repository has an object of more than " + Limits.words(limits.objectBytes()), e);
        }
        case SocketException _, UnknownHostException _ -> {
          return unreachable("does not answer", e);
        }
        case IOException cut when CUT.matcher(String.valueOf(cut.getMessage())).lookingAt() -> {
          return unreachable("gives no whole answer", e);
        }
        case SSLException untrusted -> {
          return unreachable("has no certificate that can be trusted", e);
        }
        case NoRemoteRepositoryException missing when !remote.scheme().equals("ssh") -> {
          return missing(e);
        }
        case NotSupportedException missing when remote.scheme().equals("file") -> {
          return missing(e);
        }
        default -> {}
      }
    }
    if (ssh.hasFailed()) {
      return unreachable("can't be reached with ssh" + said(e), e);
    }
    return new NotGradable(
        remote.scheme().equals("ssh")
            ? "the repository %s can't be read%s".formatted(remote, said(e))
            : "the repository is none, or is damaged: what comes from there makes no sense",
        e);
  }

  private Unreachable unreachable(String what, Exception e) {
    return new Unreachable(remote.host(), what, e);
  }

  private NotGradable missing(Exception e) {
    return new NotGradable("there is no repository at " + remote, e);
  }

  /** What ssh or the other side says of it. */
  private String said(Throwable e) {
    String said = e.getMessage() == null ? "" : e.getMessage().replace(remote.uri() + ": ", "");
    String reason = SshProgram.reason(said);
    return reason.isEmpty() ? "" : ": " + reason;
  }
}
