package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.util.Base64;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * Connects to one repository's host and to no other, and gives it no more of us than it may have.
 * For one thread.
 */
final class HttpAccess implements HttpConnectionFactory {
  private static final String REFS = "/info/refs";
  private static final String SMART = "application/x-git-upload-pack-advertisement";

  private final Remote remote;
  private final Hosts hosts;
  private final Budget budget;

  HttpAccess(Remote remote, Hosts hosts, Budget budget) {
    this.remote = remote;
    this.hosts = hosts;
    this.budget = budget;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    String host = Shown.lower(url.getHost());
    if (!host.equals(remote.host())) {
      throw budget.spend("sends us on to another host, " + Shown.name(host));
    }
    boolean isSame =
        url.getProtocol().equals(remote.scheme())
            && url.getPort() == (remote.uri().getPort() > 0 ? remote.uri().getPort() : -1);
    if (!isSame && !(url.getProtocol().equals("https") && url.getPort() < 0)) {
      throw budget.spend("sends us on to another port or without encryption");
    }
    try {
      hosts.check(host);
    } catch (NotGradable | Unreachable e) {
      throw budget.fail(e);
    }
    var connection = new Connection(url, proxy, budget);
    connection.setRequestProperty("Connection", "close"); // what is over must not be kept alive
    remote
        .login()
        .map(login -> login.user() + ":" + login.password())
        .map(login -> Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
        .ifPresent(login -> connection.setRequestProperty("Authorization", "Basic " + login));
    return connection;
  }

  private static final class Connection extends JDKHttpConnection {
    private final Budget budget;

    Connection(URL url, Proxy proxy, Budget budget) throws IOException {
      super(url, proxy);
      this.budget = budget;
    }

    @Override
    public int getResponseCode() throws IOException {
      int code = super.getResponseCode();
      switch (code) {
        case 401 -> // which must not be asked on the terminal
            throw budget.spend("asks for a password: it is private, or there is no such one");
        case 403 -> throw budget.spend("may not be read by us (403)");
        case 407, 408, 429 -> throw unreachable(code); // a proxy's word, or one for now
        case 404, 410 -> throw budget.spend("is not there (%d)".formatted(code));
        case 200 -> {
          if (getURL().getPath().endsWith(REFS) && !SMART.equals(getContentType())) {
            throw budget.spend(
                "is none: the server answers with "
                    + (getContentType() == null
                        ? "something else"
                        : Shown.name(getContentType().replaceFirst(";.*", ""))));
          }
        }
        default -> {
          if (code >= 500) {
            throw unreachable(code);
          } else if (code >= 400) {
            throw budget.spend("can't be read: the server answers %d".formatted(code));
          }
        }
      }
      return code;
    }

    private Unreachable unreachable(int code) {
      return budget.fail(new Unreachable(getURL().getHost(), "answers " + code));
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return budget.count(super.getInputStream());
    }

    @Override
    public void setRequestProperty(String key, String value) {
      if (!key.equalsIgnoreCase("Accept-Encoding")) {
        super.setRequestProperty(key, value);
      }
    }

    @Override
    public String getHeaderField(String name) {
      // Nothing is unpacked on the way: few bytes could become very many there.
      return name.equalsIgnoreCase("Content-Encoding") ? null : super.getHeaderField(name);
    }
  }
}
