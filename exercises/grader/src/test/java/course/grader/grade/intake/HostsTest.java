package course.grader.grade.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a line of a roster, which a student may have written, can make us talk to, and how. */
class HostsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.254",
        "192.0.0.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2001:0:7f00:1::",
        "2002:7f00:1::",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "ff02::1"
      })
  void an_address_of_this_machine_or_a_private_network_is_private(String address) throws Exception {
    assertThat(Hosts.isPrivate(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "2001:200::1",
        "2606:4700::1111",
        "2a00::1",
        "2003::1"
      })
  void an_address_next_to_such_is_not(String address) throws Exception {
    assertThat(Hosts.isPrivate(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void a_host_is_allowed_in_letters_of_any_case() throws Exception {
    var options =
        new IntakeOptions(
            Optional.empty(), Optional.empty(), Set.of("GitLab.Example.edu"), Limits.USUAL);
    new Hosts(options.allowedHosts()).check(Remote.parse("http://gitlab.example.EDU/a.git"));
  }

  @Test
  void ssh_takes_nothing_of_an_address_for_an_option_and_asks_nobody() throws Exception {
    var uri = new URIish("ssh://-oProxyCommand=calc@example.org:2222/work.git");
    assertThat(SshProgram.command(uri, "git-upload-pack '/work.git'"))
        .containsSequence("-o", "BatchMode=yes")
        .endsWith(
            "-p", "2222", "--", "-oProxyCommand=calc@example.org", "git-upload-pack '/work.git'");
  }

  @Test
  void ssh_is_given_an_address_of_IPv6_without_its_brackets() throws Exception {
    var uri = new URIish("ssh://git@[2606:4700::1111]/work.git");
    assertThat(SshProgram.command(uri, "git-upload-pack")).contains("git@2606:4700::1111");
  }
}
