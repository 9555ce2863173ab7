package course.grader.grade.intake;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
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
  /**
   * Fetches the branch's commits, and of its files those that are not too large.
   *
   * @param into where they go
   * @return the last commit
   * @throws NotGradable if that can't be done, whoever is to blame: one line says why
   */
  ObjectId into(Received into, Budget budget) throws NotGradable {
    hosts.check(remote);
    try (var ssh = new SshProgram(budget, limits.fetchTime())) {
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
    } catch (CancellationException e) {
      throw new NotGradable("the repository was not read: time is over", e);
    } catch (IOException | RuntimeException e) { // a server can make the library throw anything
      throw budget.spent() == null ? new NotGradable(why(e), e) : budget.spent();
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

  private String why(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case NotGradable known -> {
          return known.getMessage();
        }
        case TooLargeObjectInPackException large -> {
          return "the repository has an object of more than " + Limits.words(limits.objectBytes());
        }
        case ConnectException refused -> {
          return "the repository's host %s does not answer".formatted(remote.host());
        }
        case SSLException untrusted -> {
          return "the repository's host %s has no certificate that can be trusted"
              .formatted(remote.host());
        }
        case NoRemoteRepositoryException missing when !remote.scheme().equals("ssh") -> {
          return "there is no repository at " + remote;
        }
        case NotSupportedException missing when remote.scheme().equals("file") -> {
          return "there is no repository at " + remote;
        }
        default -> {}
      }
    }
    return remote.scheme().equals("ssh")
        ? "the repository %s can't be read%s".formatted(remote, said(e))
        : "the repository is none, or is damaged: what comes from there makes no sense";
  }

  /** What ssh or the other side says of it. */
  private String said(Throwable e) {
    String said = e.getMessage() == null ? "" : e.getMessage().replace(remote.uri() + ": ", "");
    String reason = SshProgram.reason(said);
    return reason.isEmpty() ? "" : ": " + reason;
  }
}
