package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.vipd.daemon.config.keepalived.Loading.instance;
import static org.vipd.daemon.config.keepalived.Loading.load;
import static org.vipd.daemon.config.keepalived.Loading.model;
import static org.vipd.daemon.config.keepalived.Loading.only;
import static org.vipd.daemon.config.keepalived.Loading.problems;
import static org.vipd.daemon.config.keepalived.Loading.problemsOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.track.InterfaceDelay;

/** Mistakes that change what a file means are told of where they stand. */
class SilentMistakesTest {

  @Test
  void saysThatKeepalivedHasOnlyTheFirstGroupOfAName() {
    String empty = "vrrp_sync_group G {\n}\n";
    String group = "vrrp_sync_group G {\ngroup {\nVI_1\n}\n}\n";
    assertThat(problems(empty + group + instance()))
        .anyMatch(
            it ->
                it.startsWith(
                    "k.conf:3:1: warning: vrrp_sync_group G is defined twice; this one is used,"
                        + " where keepalived has only the first one, which is left out"));
    assertThat(problems(group + instance())).noneMatch(it -> it.contains("defined twice"));
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "garp_extra_if 86401|5:15: warning: garp_extra_if must be a number of seconds from 0 to 86400",
        "garp_extra_if|5:1: warning: garp_extra_if must be a number of seconds",
        "timer_expired_backup 255|5:22: warning: timer_expired_backup must be a whole number from 1 to 254",
        "track_interface { \"eth 1\" }|5:19: error: 'eth 1' cannot be the name of a network interface",
        "notify_master \"/bin/true\" \"\"|5:27: warning: a value of notify_master in vrrp_instance is empty",
        "use_vmac vrrp.7 netlink_notify_msg|5:17: warning: netlink_notify_msg after use_vmac is left out",
        "virtual_rules {~from~}|6:1: error: from needs a value",
        "virtual_routes {~bogus~}|6:1: warning: 'bogus' cannot begin a route; write the destination first; the route is left out",
        "virtual_ipaddress_excluded {~10.0.0.9 preferred_lft x~}|6:24: warning: preferred_lft must be forever or a number",
        "virtual_ipaddress_excluded {~10.0.0.9 peer foo~}|6:15: warning: peer must be an address of the family of 10.0.0.9, found 'foo'",
        "virtual_ipaddress_excluded {~10.0.0.9 track_group t~}|6:10: warning: track_group is for static addresses only",
        "virtual_routes {~10.1.0.0/16 dev eth0 track_group t~}|6:22: warning: track_group is for static routes only; the route is left out, as in keepalived",
        "virtual_rules {~from 10.1.0.0/16 table 5 track_group t~}|6:26: warning: track_group is for static rules only; the rule is left out, as in keepalived",
        "track_interface {~'eth1'~}|6:1: warning: 'eth1' is taken as eth1; keepalived would look for an interface with the quotes in its name",
        "virtual_routes {~10.1.0.0/16 dev 'eth1'~}|6:17: warning: 'eth1' is taken as eth1",
        "virtual_ipaddress_excluded {~10.0.0.9 dev 'eth1'~}|6:14: warning: 'eth1' is taken as eth1",
        "notify_master /bin/a\\#b|5:21: warning: \\# is taken as '#'; keepalived would start a comment here",
        "notify_master awk {print}|5:19: warning: braces are part of the command; keepalived would end it before them",
      })
  void ofAnInstance(String lines, String message) {
    assertThat(problemsOf(lines.split("~", -1))).anyMatch(it -> it.startsWith("k.conf:" + message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vrrp_garp_extra_if all|2:1: warning: vrrp_garp_extra_if must be",
        "vrrp_rx_bufs_policy FOO|2:21: warning: vrrp_rx_bufs_policy must be MTU, ADVERT or a number of bytes, found 'FOO'",
        "max_auto_priority 100|2:19: warning: max_auto_priority must be a whole number from -1 to 99",
        "umask 999|2:7: warning: umask must be an octal number",
        "include_check +foo|2:15: warning: include_check knows no '+foo'",
        "dynamic_interfaces foo|2:20: warning: dynamic_interfaces must be alone or with allow_if_changes",
        "smtp_connect_timeout 0|2:22: warning: smtp_connect_timeout must be more than 0, found 0; 1 is used",
        "smtp_server \"mail host\" 25|2:13: warning: the mail server must be a name or an address",
        "smtp_server localhost 0|2:23: warning: port of the mail server must be 1..65535",
        "notify_fifo_script /bin/true|2:1: warning: notify_fifo_script has no notify_fifo to read and is left out",
      })
  void ofTheWholeDaemon(String line, String message) {
    assertThat(problems("global_defs {\n" + line + "\n}\n" + instance()))
        .anyMatch(it -> it.startsWith("k.conf:" + message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "track_group tg { group { VI_1 X } }|1:31: warning: track_group tg lists X, which is no instance",
        "track_group tg { }|1:1: warning: track_group tg has no members",
        "static_ipaddress {~10.0.0.7/24 dev eth0 track_group nope~}|2:34: warning: track_group 'nope' is not defined",
        "static_routes {~10.1.0.0/16 dev eth0 track_group nope~}|2:34: warning: track_group 'nope' is not defined",
        "interface_up_down_delays {~eth0 4~eth0 1~}|2:1: warning: the delays of eth0 are given again in line 3; what that says counts, as in keepalived",
        "linkbeat_interfaces {~eth0 FOO~}|2:6: warning: 'FOO' is no way to poll a link and is ignored",
        "vrrp_sync_group a\u001bb { group { VI_1 } }|1:17: error: the name of a vrrp_sync_group has characters that cannot be seen: a\\x1bb",
        "vrrp_sync_group \"\" { group { VI_1 } }|1:17: error: the name of this vrrp_sync_group is empty",
        "track_file f {~file \"\"~}|2:6: warning: a value of file in track_file is empty",
        "static_routes {~10.1.0.0/16 dev eth0 table \"\"~}|2:28: warning: a value in static_routes is empty",
      })
  void ofABlockAtTheTop(String lines, String message) {
    assertThat(problems(lines.replace('~', '\n') + "\n" + instance()))
        .anyMatch(it -> it.startsWith("k.conf:" + message));
  }

  @Test
  void saysNothingOfWhatIsRight() {
    String text =
        """
        track_group tg { group { VI_1 } }
        static_ipaddress {
          10.0.0.7/24 dev eth0 no_track track_group tg
        }
        global_defs {
          umask IRUSR|IWUSR
          max_auto_priority
          dynamic_interfaces allow_if_changes
          include_check +match -read
          smtp_connect_timeout 1
        }
        """
            + instance();
    assertThat(problems(text)).noneMatch(it -> it.contains(": warning: ") || it.contains("error"));
  }

  @Test
  void takesAnInterfaceInSingleQuotesForTheOneThatIsMeant() {
    DaemonConfig config = model(instance().replace("eth0", "'eth0'"));
    assertThat(config.instances().get(0).key().interfaceName()).isEqualTo("eth0");
    assertThat(problems(instance().replace("eth0", "\"eth0\""))).isEmpty();
  }

  @Test
  void keepsSingleQuotesInAPassword() {
    String block = "authentication {\nauth_type PASS\nauth_pass %s\n}";
    assertThat(only(block.formatted("'abc'")).authentication())
        .isEqualTo(new AuthenticationConfig.Password("'abc'"));
    assertThat(problemsOf(block.formatted("'abc'")))
        .containsExactly(
            "k.conf:7:11: warning: the quotes are part of the password, as in keepalived: only double"
                + " quotes are not; if they are not meant, delete them on all nodes together");
    assertThat(problemsOf(block.formatted("\"'abc'\""))).isEmpty();
  }

  @Test
  void takesBracesOfACommandForWordsOfIt() {
    assertThat(only("notify_master awk {{print}} x").hooks().toString())
        .contains("[awk, {{print}}, x]");
    assertThat(problemsOf("notify_master \"awk {print}\"")).isEmpty();
    assertThat(load(instance("notify_master {print}")).problems()).isNotEmpty();
  }

  @Test
  void usesTheLastDelayOfAnInterface() {
    String text = "interface_up_down_delays {\neth0 4\neth0 1\neth1 4\n}\n" + instance();
    assertThat(model(text).trackers().delays())
        .extracting(InterfaceDelay::name, it -> it.down().toSeconds())
        .containsExactly(tuple("eth0", 1L), tuple("eth1", 4L));
  }

  @Test
  void leavesOutEntriesOfAnInstanceWithATrackGroup() {
    assertThat(
            only("virtual_routes {\n10.1.0.0/16 dev eth0 track_group t\n10.2.0.0/16 dev eth0\n}")
                .extras()
                .virtualRoutes())
        .singleElement()
        .asString()
        .contains("10.2.0.0");
  }

  @Test
  void leavesOutWhatCanNeverBeInstalled() {
    DaemonConfig config =
        model(
            "static_routes {\nbogus\n10.1.0.0/16 dev eth0\n}\nstatic_rules {\nfrom 10.0.0.9 priority 9\n"
                + "from 10.0.0.9 table 5\n}\n"
                + instance());
    assertThat(config.network().routes()).hasSize(1);
    assertThat(config.network().rules())
        .singleElement()
        .matches(it -> it.words().contains("16384"));
  }

  @Test
  void saysWhereAZeroByteIs() throws IOException {
    Path file = folder.resolve("k.conf");
    Files.writeString(file, "! é\nvrrp_instance V {\n  é\0\n}\n");
    assertThat(KeepalivedReader.read(file).problems())
        .extracting(ConfigProblem::toString)
        .singleElement()
        .asString()
        .startsWith(file + ":3:4: error: zero byte at offset 27: this is a binary file");
    Files.write(file, "vrrp_instance V".getBytes(StandardCharsets.UTF_16));
    assertThat(KeepalivedReader.read(file).problems())
        .extracting(ConfigProblem::toString)
        .singleElement()
        .asString()
        .startsWith(file + ":1:1: error: the file is in UTF-16");
  }

  @Test
  void findsAKeyFileBesideTheFileThatNamesIt() throws IOException {
    Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef");
    Path file = folder.resolve("k.conf");
    String block = "version 3\nauth_hmac {\nkey 1 file:%s\nactive_key 1\n}";
    Files.writeString(file, instance(block.formatted("key")));
    assertThat(KeepalivedReader.read(file).config()).isPresent();
    Files.writeString(file, instance(block.formatted("none")));
    assertThat(KeepalivedReader.read(file).problems())
        .extracting(ConfigProblem::toString)
        .anyMatch(
            it ->
                it.contains("key file " + folder.resolve("none") + " cannot be read")
                    && it.endsWith("in the folder of the file that names it"));
  }
}
