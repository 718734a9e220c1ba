package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.status.EventRecord;
import org.vipd.daemon.status.Explanation;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.daemon.testkit.Repository;
import org.vipd.protocol.wire.NoAuthentication;

/** Produces each branch of "My VIP does not move" in docs/operations.md. */
class DoesNotMoveTest {

  private static final Pattern BRANCH = Pattern.compile("^\\| `([^`]+)` \\|");

  /** What only the command line says; MainTest and NotificationIT have them. */
  private static final List<String> OF_THE_COMMAND_LINE =
      List.of("no daemon answers", "no instance");

  private static FakeHost host(String ofCheck, String ofInstance) {
    String check = "vrrp_script chk {\n script /bin/chk\n interval 1\n" + ofCheck + "\n}\n";
    String instance =
        """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          virtual_ipaddress { 10.0.0.100 }
          track_script { chk }
        """;
    return new FakeHost(check + instance + ofInstance + "\n}\n").start();
  }

  private static FakeHost weighted(String ofInstance) {
    return host("weight -2", ofInstance);
  }

  private static FakeHost checked(FakeHost host, CheckOutcome.Kind kind, int code) {
    host.check("chk", new CheckOutcome(kind, code, "/bin/chk does not exist", Duration.ZERO));
    return host;
  }

  private static FakeHost heard(FakeHost host, int priority) {
    host.hear("10.0.0.3", Packets.version2(priority, "10.0.0.3", NoAuthentication.INSTANCE));
    return host;
  }

  private static FakeHost without(String what) {
    FakeHost host = weighted("");
    switch (what) {
      case "link" -> host.interfaces.removeLink(2);
      case "port" -> host.interfaces.enslave(2, "bridge");
      case "carrier" -> host.interfaces.putLink(2, "eth0", false);
      default -> host.interfaces.takeAddress(2, "10.0.0.2/24");
    }
    host.settle();
    return host;
  }

  private static FakeHost ipv6(String line) {
    return new FakeHost(Configurations.instance(100, line).replace("10.0.0.100", "fe80::64"))
        .start();
  }

  private static FakeHost refused() {
    FakeHost host = weighted("");
    host.interfaces.refuse("10.0.0.100", "EPERM");
    host.runSeconds(5);
    return host;
  }

  private static FakeHost keptFromItsAddress() {
    FakeHost host = weighted("");
    host.runSeconds(5);
    for (int i = 0; i < 6; i++) {
      host.interfaces.takeAddress(2, "10.0.0.100/32");
      host.run(50_000_000L);
    }
    return host;
  }

  private static FakeHost withoutSocket() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.channels.failToOpen(Optional.of("ENOBUFS"));
    return host.start();
  }

  private static FakeHost tracking(boolean isRead) {
    FakeHost host =
        new FakeHost(
                "track_file load {\n file /run/load\n weight 1\n}\n"
                    + Configurations.instance(100).strip().replaceFirst("}$", "")
                    + " track_file {\n load weight 0\n }\n}\n")
            .start();
    if (isRead) {
      host.track(TrackKind.FILE, "load", new TrackerReading(5, "/run/load holds 5"));
    }
    return host;
  }

  private static FakeHost grouped() {
    String groupAndOther =
        """
        vrrp_sync_group G {
          group {
            VI_1
            VI_2
          }
        }
        vrrp_instance VI_2 {
          interface eth7
          virtual_router_id 52
          virtual_ipaddress { 10.0.0.101 }
        }
        """;
    return new FakeHost(Configurations.instance(100) + groupAndOther).start();
  }

  private static FakeHost besideAnotherDaemon() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.interfaces.putBesideUs(2, "10.0.0.100/32");
    host.runSeconds(5);
    return host;
  }

  private static FakeHost besideAStranger() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.neighbours.give("10.0.0.100", 0x0200_0000_0099L);
    host.start().runSeconds(5);
    return host;
  }

  private static Map<String, Supplier<FakeHost>> branches() {
    Map<String, Supplier<FakeHost>> branches = new LinkedHashMap<>();
    branches.put("which does not exist", () -> without("link"));
    branches.put("which is down or has no carrier", () -> without("carrier"));
    branches.put("which is a port of a", () -> without("port"));
    branches.put("waiting for an IPv4 address", () -> without("address"));
    branches.put("waiting for a link-local IPv6 address", () -> ipv6(""));
    branches.put(
        "waiting for an IPv6 address like those of the peers",
        () -> ipv6("unicast_peer { 2001:db8::3 }"));
    branches.put("which no interface has", () -> weighted("unicast_src_ip 10.0.0.77"));
    branches.put("waiting for a socket", DoesNotMoveTest::withoutSocket);
    branches.put("cannot be run", () -> checked(host("", ""), CheckOutcome.Kind.UNRUNNABLE, 0));
    branches.put("fails (", () -> checked(host("", ""), CheckOutcome.Kind.EXITED, 1));
    branches.put(
        "succeeds, and is reversed",
        () -> checked(host("weight 0 reverse", ""), CheckOutcome.Kind.EXITED, 0));
    branches.put("waiting for the first result", () -> host("", ""));
    branches.put("waiting for the first reading", () -> tracking(false));
    branches.put("of group", DoesNotMoveTest::grouped);
    branches.put("by another host, MAC", DoesNotMoveTest::besideAStranger);
    branches.put("has a lease that is not of this daemon", DoesNotMoveTest::besideAnotherDaemon);
    branches.put("none of the virtual addresses can be installed", DoesNotMoveTest::refused);
    branches.put("another program keeps removing", DoesNotMoveTest::keptFromItsAddress);
    branches.put("it runs again when this ends", () -> tracking(true));
    branches.put("because of nopreempt", () -> heard(weighted("nopreempt"), 50));
    branches.put("lower than ours", () -> heard(weighted("preempt_delay 100"), 50));
    branches.put("on the same side of", () -> heard(weighted(""), 200));
    branches.put("with and without it", () -> weighted("priority 1"));
    branches.put("lower priority than ours", () -> heard(weighted(""), 100));
    branches.put("when nobody is heard", () -> weighted(""));
    branches.put(
        "it gives the addresses up when",
        () -> {
          FakeHost host = weighted("");
          host.runSeconds(5);
          return host;
        });
    return branches;
  }

  private static String answer(FakeHost host) {
    Explanation explanation = host.instance().explanation();
    List<String> lines = new ArrayList<>();
    explanation.causes().stream().map(EventRecord.CauseRecord::text).forEach(lines::add);
    lines.addAll(explanation.changes());
    lines.addAll(explanation.powerless());
    return String.join("\n", lines);
  }

  @Test
  void everyBranchOfThePageIsProduced() throws IOException {
    List<String> written = new ArrayList<>();
    String page = Files.readString(Repository.root().resolve("docs/operations.md"));
    for (String line : page.split("## My VIP does not move\n", 2)[1].split("\n", -1)) {
      Matcher matcher = BRANCH.matcher(line);
      if (matcher.find()) {
        written.add(matcher.group(1));
      }
    }
    assertThat(written).containsAll(OF_THE_COMMAND_LINE);
    written.removeAll(OF_THE_COMMAND_LINE);
    assertThat(written).containsExactlyElementsOf(branches().keySet());
    branches()
        .forEach(
            (words, host) -> {
              String answer = answer(host.get());
              assertThat(written.stream().filter(answer::contains).findFirst())
                  .as("the first line that fits: %s", answer)
                  .contains(words);
            });
  }
}
