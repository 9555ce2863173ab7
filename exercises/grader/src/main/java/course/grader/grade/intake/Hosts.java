package course.grader.grade.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Which hosts a roster may make us talk to: its lines come from students. Immutable.
 *
 * @param allowed those that the instructor has named, in lower case
 */
record Hosts(Set<String> allowed) {
  /**
   * Lets a repository pass.
   *
   * @throws NotGradable if it is on a machine, or reached in a way, that nobody has allowed
   * @throws Unreachable if there is no such host
   */
  void check(Remote remote) throws NotGradable, Unreachable {
    boolean isOpen = remote.scheme().equals("file") || remote.scheme().equals("http");
    if (isOpen && !allowed.contains(remote.host())) {
      throw new NotGradable(
          "%s: is not read, only https and ssh, or with --allow-host %s"
              .formatted(remote.scheme(), remote.host()));
    } else if (!remote.scheme().equals("file")) {
      check(remote.host());
    }
  }

  /**
   * Lets a host pass, right before we connect.
   *
   * @throws NotGradable if it is on this machine or a private network
   * @throws Unreachable if there is no such host
   */
  void check(String host) throws NotGradable, Unreachable {
    if (allowed.contains(host)) {
      return;
    }
    try {
      String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      for (InetAddress address : InetAddress.getAllByName(plain)) {
        if (isPrivate(address)) {
          throw new NotGradable(
              "%s is on this machine or a private network: not without --allow-host %s"
                  .formatted(host, host));
        }
      }
    } catch (UnknownHostException e) {
      throw new Unreachable(host, "is not known", e);
    }
  }

  static boolean isPrivate(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet6Address) {
      boolean isUnique = (first & 0xfe) == 0xfc; // RFC 4193
      // NAT64, 6to4, Teredo, and IPv4 in disguise lead to IPv4 addresses of any kind.
      boolean isOther =
          first == 0 || (first == 0x20 && (second == 0x02 || (second == 0x01 && bytes[2] == 0)));
      return isUnique || isOther;
    }
    return first == 0
        || first >= 240
        || (first == 100 && (second & 0xc0) == 64) // RFC 6598
        || (first == 192 && second == 0 && bytes[2] == 0)
        || (first == 198 && (second & 0xfe) == 18); // RFC 2544
  }
}
