package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.testkit.Repository;

/** Two daemons with the same vipd.yaml: who is who, failover, reload, and a broken edit. */
@Execution(ExecutionMode.CONCURRENT)
class NativeConfigurationIT extends LabTest {

  private static final String MORE = "10.66.0.101";

  /** The file of both nodes. */
  private static final String CLUSTER =
      """
      nodes:
        - {name: lb1, addresses: [10.66.0.1]}
        - {name: lb2, addresses: [10.66.0.2]}
      vips:
        VI_1:
          vrid: 66
          interface: auto
          addresses:
            - 10.66.0.100/24
          checks: [works]
      checks:
        works: {file: /proc/self/stat}
      """;

  private static final String LONGER =
      CLUSTER.replace("    checks: [", "      - " + MORE + "/24\n    checks: [");

  private static final Pattern DURATION = Pattern.compile("[0-9]+\\.[0-9]+ s");

  /** What a line says besides when this machine was too busy to wake the daemon in time. */
  private static final String LATE = " since this host woke up T s late";

  @Test
  void serveAsTheFileSaysAndFollowItWhenItChanges() throws IOException {
    Capture capture = lab().capture();
    VipdNode first = VipdNode.start(host(), "vipd.yaml", CLUSTER);
    first.awaitState("MASTER");
    VipdNode second = VipdNode.start(lab().host("two", "10.66.0.2/24"), "vipd.yaml", CLUSTER);
    second.awaitState("BACKUP");
    assertThat(priority(first)).isEqualTo(200);
    assertThat(priority(second)).isEqualTo(190);
    assertThat(configuration(first).get("hash")).isEqualTo(configuration(second).get("hash"));
    second.awaitAdvertisement();
    first.process().kill();
    second.awaitState("MASTER");
    holdsAlone(second, first);
    reloadsAnEdit(second);
    keepsTheOldOneAfterABrokenEdit(second);
    first.replaceConfiguration(LONGER);
    first.restart();
    first.awaitState("MASTER");
    second.awaitState("BACKUP");
    holdsAlone(first, second);
    assertThat(first.host().hasAddress(MORE)).isTrue();
    assertThat(first.stop()).isZero();
    second.awaitState("MASTER");
    capture.stop();
    assertThat(capture.count(it -> it.isAdvertisementTo("10.66.0.2"))).isPositive();
    assertThat(capture.count(it -> it.isAdvertisementTo("224.0.0.18"))).isZero();
    saysWhatThePageSays(first, second);
  }

  private static void holdsAlone(VipdNode holder, VipdNode other) {
    Await.until(
        "one node has the address",
        Await.GENEROUS,
        () -> holder.host().hasAddress(Texts.VIP) && !other.host().hasAddress(Texts.VIP),
        holder::log);
  }

  private static void reloadsAnEdit(VipdNode node) {
    String since = node.instance().orElseThrow().get("since").getAsString();
    node.replaceConfiguration(LONGER);
    Launched reload = node.command("reload-good", "reload");
    assertThat(reload.awaitExit()).as(reload.output()).isZero();
    Await.until(
        "the new address is there",
        Await.GENEROUS,
        () -> node.host().hasAddress(MORE) && node.host().hasAddress(Texts.VIP),
        node::log);
    assertThat(node.state()).isEqualTo("MASTER");
    assertThat(node.instance().orElseThrow().get("since").getAsString()).isEqualTo(since);
    assertThat(configuration(node).get("generation").getAsInt()).isEqualTo(2);
  }

  private static void keepsTheOldOneAfterABrokenEdit(VipdNode node) {
    node.replaceConfiguration(LONGER.replace("vrid: 66", "vrid: 660").replace("auto", "eth0:1"));
    Launched reload = node.command("reload-bad", "reload");
    assertThat(reload.awaitExit()).as(reload.output()).isEqualTo(2);
    assertThat(reload.output())
        .contains("vipd.yaml:6:11: error: vrid must be a whole number from 1 to 255, found '660'")
        .contains("vipd.yaml:7:16: error: interface must be the name of a network interface");
    assertThat(configuration(node).get("generation").getAsInt()).isEqualTo(2);
    assertThat(configuration(node).get("lastReload").getAsString()).contains("vipd.yaml:6:11");
    assertThat(node.state()).isEqualTo("MASTER");
    assertThat(node.host().hasAddress(Texts.VIP)).isTrue();
    assertThat(node.host().hasAddress(MORE)).isTrue();
    node.replaceConfiguration(LONGER);
  }

  /** The lines of the log that docs/migrating-from-keepalived.md shows. */
  private static void saysWhatThePageSays(VipdNode first, VipdNode second) throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/migrating-from-keepalived.md"));
    Matcher part = Pattern.compile("<!-- log -->\n(.*?)<!-- end -->", Pattern.DOTALL).matcher(page);
    assertThat(part.find()).isTrue();
    List<String> shown = new ArrayList<>();
    for (String row : part.group(1).lines().skip(2).toList()) {
      String[] parts = row.split("`", -1);
      shown.add(parts[parts.length - 2]);
    }
    assertThat(shown).hasSizeGreaterThan(4);
    Await.until(
        "the log has what the page shows",
        Await.GENEROUS,
        () -> missing(shown, first.log() + second.log()).isEmpty(),
        () -> {
          String log = first.log() + second.log();
          return "not in the log: " + missing(shown, log) + "\n" + log;
        });
  }

  private static List<String> missing(List<String> shown, String log) {
    String said = DURATION.matcher(log).replaceAll("T s").replace(LATE, "");
    return shown.stream()
        .filter(it -> !said.contains(DURATION.matcher(it).replaceAll("T s")))
        .toList();
  }

  private static int priority(VipdNode node) {
    return node.instance().orElseThrow().get("effectivePriority").getAsInt();
  }

  private static JsonObject configuration(VipdNode node) {
    return node.status().orElseThrow().getAsJsonObject("configuration");
  }
}
