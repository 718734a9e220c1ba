package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A BFD session that is up, down and up again decides alike on Debian's keepalived and on vipd:
 * both have one with the same neighbour, and instances that track it with every kind of weight.
 *
 * <p>There is no such table for processes: the kernel tells of them in the first network namespace
 * only, and without that keepalived finds none.
 */
@Execution(ExecutionMode.CONCURRENT)
class BfdTableIT extends LabTest {

  private static final int SETTLE_MILLIS = 2_000;

  /** Long enough for a program that a busy machine lets wait for seconds. */
  private static final String INTERVALS = " min_rx 500\n min_tx 500\n multiplier 10\n";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What follows the session's name where it is tracked; what is written behind the instance. */
  private static final Map<String, String> ROWS =
      new TreeMap<>(
          Map.of(
              "plain", "",
              "plus", "weight 5",
              "minus", "weight -5",
              "plusback", "weight 5 reverse",
              "minusback", "weight -5 reverse",
              "most", "weight 253",
              "least", "weight -253",
              "zeroback", "weight 0 reverse",
              "grouped", "weight -5"));

  private static final String BEHIND = "vrrp_sync_group G {\n group {\n  grouped\n }\n}\n";

  private static String session(String name, String neighbour) {
    return "bfd_instance %s {\n neighbor_ip %s\n%s}\n".formatted(name, neighbour, INTERVALS);
  }

  /** The rows, with VRIDs from a number on. */
  private static String configuration(int firstVrid) {
    StringBuilder text = new StringBuilder("global_defs {\n script_user root\n}\n");
    // so that the dump of keepalived has its part about scripts
    text.append("vrrp_script idle {\n script /bin/true\n interval 60\n}\n");
    text.append(session("b", "10.66.0.9"));
    int vrid = firstVrid;
    for (Map.Entry<String, String> row : ROWS.entrySet()) {
      text.append(
          "vrrp_instance %s {\n interface eth0\n virtual_router_id %d\n version 3\n advert_int 1\n"
                  .formatted(row.getKey(), vrid)
              + " priority 100\n virtual_ipaddress {\n  10.66.1.%d\n }\n track_bfd {\n  b %s\n }\n track_script {\n  idle\n }\n}\n"
                  .formatted(vrid, row.getValue()));
      vrid++;
    }
    return text + BEHIND;
  }

  private static KeepalivedNode neighbour(Host host) {
    return KeepalivedNode.startWithBfd(
        host,
        session("one", "10.66.0.1")
            + session("two", "10.66.0.2")
            + "vrrp_instance any {\n interface eth0\n virtual_router_id 250\n priority 100\n"
            + " virtual_ipaddress {\n  10.66.0.250/24\n }\n track_bfd {\n  one\n  two\n }\n}\n");
  }

  private static Map<String, String> awaitAlike(
      VipdNode vipd, KeepalivedNode keepalived, String ofPlain) {
    AtomicReference<Map<String, String>> agreed = new AtomicReference<>();
    Await.until(
        "both decide alike, and 'plain' is " + ofPlain,
        PATIENCE,
        () -> {
          Await.pause(SETTLE_MILLIS);
          Map<String, String> theirs = Decisions.of(keepalived);
          agreed.set(theirs);
          return theirs.getOrDefault("plain", "").startsWith(ofPlain)
              && theirs.equals(Decisions.of(vipd));
        },
        () -> "keepalived " + Decisions.of(keepalived) + "\nvipd       " + Decisions.of(vipd));
    return agreed.get();
  }

  @Test
  void decidesAsKeepalivedDoes() {
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    Host far = lab().host("far", "10.66.0.9/24");
    final Host theirs = lab().host("theirs", "10.66.0.2/24");
    KeepalivedNode neighbour = neighbour(far);
    VipdNode vipd = VipdNode.start(host(), configuration(1));
    KeepalivedNode keepalived = KeepalivedNode.startWithBfd(theirs, configuration(101));
    Map<String, String> up = awaitAlike(vipd, keepalived, "MASTER");
    neighbour.stop();
    Map<String, String> down = awaitAlike(vipd, keepalived, "FAULT");
    neighbour(far);
    Map<String, String> again = awaitAlike(vipd, keepalived, "MASTER");
    assertThat(again).isEqualTo(up);
    TreeSet<String> moved = new TreeSet<>(ROWS.keySet());
    moved.removeIf(name -> up.get(name).equals(down.get(name)));
    // a member's own weight is not counted, by neither
    assertThat(moved).hasSize(ROWS.size() - 1).doesNotContain("grouped");
    assertThat(vipd.stop()).isZero();
  }
}
