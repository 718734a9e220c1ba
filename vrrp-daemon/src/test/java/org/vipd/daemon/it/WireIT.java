package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What leaves a host, and in which order. */
@Execution(ExecutionMode.CONCURRENT)
class WireIT extends LabTest {

  /**
   * 10.66.0.1 and 224.0.0.18 as strace prints the octets of the IP header, and the first one of
   * version 3, which is a digit.
   */
  private static final String FROM_OURS_TO_THE_GROUP = "\\nB\\0\\1\\340\\0\\0\\0221";

  private static final String RIVAL = "10.66.0.2";
  private static final String ANY_FRAME = "ether[0:2] >= 0";
  private static final long SILENCE_MILLIS = 10_000;
  private static final int MAC_BYTES = 6;
  private static final int CONNECT_MILLIS = 10_000;

  private static final String BOTH_FAMILIES =
      """
      vrrp_instance four {
        interface eth0
        virtual_router_id 66
        version 3
        priority %1$d
        advert_int 1
        virtual_ipaddress {
          10.66.0.100/24
        }
      }
      vrrp_instance six {
        interface eth0
        virtual_router_id 66
        version 3
        priority %1$d
        advert_int 1
        virtual_ipaddress {
          fe80::66/64
          2001:db8:66::100/64
        }
      }
      """;

  @Test
  void advertisesThenInstallsThenAnnouncesAndResignsBeforeItRemoves() {
    ForkTrace.assumeAvailable();
    Host host = host();
    Host rival = lab().host("two", RIVAL + "/24");
    // it does not claim before it is asked to, however long the tracer takes to attach
    VipdNode vipd = VipdNode.start(host, Texts.instance(254, "version 3\n advert_int 30"));
    vipd.awaitState("BACKUP");
    Path trace = host.home().resolve("trace.txt");
    Launched tracer =
        host.start(
            "strace",
            List.of(
                ForkTrace.STRACE.toString(),
                "-f",
                "-e",
                "trace=sendmsg",
                "-o",
                trace.toString(),
                "-p",
                Long.toString(vipd.process().pid())),
            Map.of());
    tracer.awaitOutput("attached");
    try (RawSender sender = RawSender.open(rival, RIVAL)) {
      sender.send(sender.advertisement(66, 0, 3000, List.of(Texts.VIP)));
    }
    vipd.awaitState("MASTER");
    assertThat(vipd.stop()).isZero();
    tracer.awaitExit();

    List<String> calls =
        host.read("trace.txt")
            .lines()
            .filter(WireIT::isOnTheLan)
            .map(WireIT::kind)
            // a Backup asks first whether somebody has the address
            .dropWhile("AF_PACKET"::equals)
            .toList();
    assertThat(calls).startsWith("advertisement", "RTM_NEWADDR", "AF_PACKET");
    assertThat(calls).endsWith("advertisement", "RTM_DELADDR");
    assertThat(calls).filteredOn(call -> call.startsWith("RTM_")).hasSize(2);
  }

  /** The daemon rehearses, too: on other interfaces and from other addresses. */
  private static boolean isOnTheLan(String call) {
    return call.contains("if_nametoindex(\"eth0\")") || call.contains(FROM_OURS_TO_THE_GROUP);
  }

  private static String kind(String call) {
    return List.of("RTM_NEWADDR", "RTM_DELADDR", "AF_PACKET").stream()
        .filter(call::contains)
        .findFirst()
        .orElse("advertisement");
  }

  @Test
  void isSilentAsBackupAndNeverTakesItsOwnPacketsForForeignOnes() {
    Host active = hostWithBoth("one", 1);
    Host backup = hostWithBoth("two", 2);
    VipdNode first = VipdNode.start(active, String.format(Locale.ROOT, BOTH_FAMILIES, 200));
    first.awaitState("MASTER");
    VipdNode second = VipdNode.start(backup, String.format(Locale.ROOT, BOTH_FAMILIES, 100));
    second.awaitState("BACKUP");
    Predicate<Frame> fromBackup = sentBy(mac(backup));
    try (Capture capture = Capture.start(lab(), Lab.BRIDGE, ANY_FRAME)) {
      awaitQuiet(capture, fromBackup);
      int before = capture.frames().size();
      Await.pause(SILENCE_MILLIS);
      List<Frame> later = capture.frames().stream().skip(before).toList();
      assertThat(later).filteredOn(sentBy(mac(active))).hasSizeGreaterThan(10);
      assertThat(later).filteredOn(fromBackup).extracting(WireIT::hexadecimal).isEmpty();
    }
    assertThat(Counters.all(second)).doesNotContainKey("advertisement-sent");
    assertThat(Counters.rejects(second)).containsOnlyKeys("checksum-form-pseudo-header");
    assertThat(Counters.all(first))
        .containsKey("advertisement-sent")
        .doesNotContainKeys("advertisement-rcvd", "own-packets", "conflicts");
    assertThat(Counters.rejects(first)).isEmpty();
  }

  /** IGMP, MLD, neighbour discovery and the questions before a first claim come to an end. */
  private static void awaitQuiet(Capture capture, Predicate<Frame> sender) {
    int[] seen = {-1};
    Await.until(
        "the start is over",
        () -> {
          int before = seen[0];
          seen[0] = (int) capture.count(sender);
          Await.pause(5_000);
          return before == seen[0];
        });
  }

  @Test
  void announcesIpv6AddressesThatCanBeUsedAtOnce() {
    assumeTrue(Tshark.isInstalled(), "tshark is not installed");
    Host host = hostWithBoth("one", 1);
    Host client = hostWithBoth("two", 2);
    NodeSources.of(client, List.of());
    Capture capture = Capture.start(lab(), Lab.BRIDGE, "icmp6 or ip6 proto 112");
    VipdNode vipd = VipdNode.start(host, String.format(Locale.ROOT, BOTH_FAMILIES, 200));
    Await.until("the address is there", () -> host.hasAddress("2001:db8:66::100"));
    assertThat(host.run("ip", "-6", "address", "show", "dev", Lab.INTERFACE))
        .contains("2001:db8:66::100/64", "fe80::66/64")
        .doesNotContain("tentative", "dadfailed");
    assertThat(refuses(client, "2001:db8:66::100")).isTrue();
    assertThat(groups(host)).contains("ff02::1:ff00:100", "ff02::1:ff00:66");
    assertThat(vipd.stop()).isZero();
    assertThat(groups(host)).doesNotContain("ff02::1:ff00:100", "ff02::1:ff00:66");
    capture.stop();
    String filter = "icmpv6.type == 136 && icmpv6.nd.na.target_address == 2001:db8:66::100";
    List<String> announcements =
        Tshark.fields(
            capture.file(),
            filter + " && ipv6.dst == ff02::1",
            "icmpv6.nd.na.flag.r",
            "icmpv6.nd.na.flag.s",
            "icmpv6.nd.na.flag.o",
            "ipv6.hlim",
            "icmpv6.opt.linkaddr");
    assertThat(announcements).isNotEmpty().containsOnly("1 0 1 255 " + mac(host));
    assertThat(Tshark.faults(capture.file(), "ipv6 && eth.src == " + mac(host))).isEmpty();
  }

  /** Whether an address answers a connection to a port where nobody listens, at the first try. */
  private static boolean refuses(Host client, String address) {
    return client
        .namespace()
        .call(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, 9), CONNECT_MILLIS);
                return false;
              } catch (ConnectException e) {
                return true;
              }
            });
  }

  private static String groups(Host host) {
    return host.run("ip", "-6", "maddress", "show", "dev", Lab.INTERFACE);
  }

  private Host hostWithBoth(String name, int number) {
    Host host = lab().host(name, "10.66.0." + number + "/24");
    host.run("sysctl", "-q", "-w", "net.ipv6.conf.eth0.router_solicitations=0");
    host.run(
        "ip", "address", "add", "2001:db8:66::" + number + "/64", "dev", Lab.INTERFACE, "nodad");
    return host;
  }

  private static String hexadecimal(Frame frame) {
    return HexFormat.of().formatHex(frame.bytes());
  }

  private static String mac(Host host) {
    return host.run("cat", "/sys/class/net/" + Lab.INTERFACE + "/address").strip();
  }

  private static Predicate<Frame> sentBy(String mac) {
    return frame -> {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < MAC_BYTES; i++) {
        text.append(i == 0 ? "" : ":")
            .append(String.format(Locale.ROOT, "%02x", frame.bytes()[MAC_BYTES + i]));
      }
      return mac.contentEquals(text);
    };
  }
}
