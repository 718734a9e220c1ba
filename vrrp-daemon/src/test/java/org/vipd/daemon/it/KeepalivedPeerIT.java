package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.netlink.testkit.NetworkNamespace;

/** Debian's keepalived and vipd keep one address together, with a password. */
@Execution(ExecutionMode.CONCURRENT)
class KeepalivedPeerIT {

  private static final String OURS = "10.77.0.1";
  private static final String THEIRS = "10.77.0.2";
  private static final String VIP = "10.77.0.100";
  private static final String KEEPALIVED_IS_BACKUP = "Entering BACKUP STATE";
  private static final String KEEPALIVED_IS_MASTER = "Entering MASTER STATE";

  private Lab lab;
  private Host ours;
  private Host theirs;
  private Capture capture;

  @BeforeEach
  void build() {
    NetworkNamespace.assumeAvailable();
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    assumeTrue(Tshark.isInstalled(), "tshark is not installed");
    Distribution.makeArchive();
    lab = Lab.create("peer");
    ours = lab.host("ours", OURS + "/24");
    theirs = lab.host("theirs", THEIRS + "/24");
    capture = lab.capture();
  }

  @AfterEach
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  private static String configuration(int priority) {
    return String.format(
        Locale.ROOT,
        """
        vrrp_instance shared {
          state BACKUP
          interface eth0
          virtual_router_id 77
          priority %d
          advert_int 1
          authentication {
            auth_type PASS
            auth_pass sharedpw
          }
          virtual_ipaddress {
            %s/24
          }
        }
        """,
        priority,
        VIP);
  }

  @Test
  void followsAndReplacesKeepalived() {
    KeepalivedNode keepalived = KeepalivedNode.start(theirs, configuration(150));
    awaitHolder(theirs);
    VipdNode vipd = VipdNode.start(ours, configuration(100));
    vipd.awaitState("BACKUP");
    vipd.awaitAdvertisement();

    keepalived.killAll();
    awaitHolder(ours);
    vipd.awaitState("MASTER");
    keepalived.restart();
    vipd.awaitState("BACKUP");
    awaitHolder(theirs);
    assertThat(ours.hasAddress(VIP)).as("preempted by keepalived").isFalse();

    checkNoRejects(keepalived, vipd);
    keepalived.stop();
    awaitHolder(ours);
    vipd.awaitState("MASTER");
    assertThat(vipd.counter("priority-zero-pkts-rcvd")).isPositive();
    keepalived.restart();
    vipd.awaitState("BACKUP");
    awaitHolder(theirs);

    checkNoRejects(keepalived, vipd);
    checkPackets();
  }

  @Test
  void leadsAndReturnsToKeepalived() {
    VipdNode vipd = VipdNode.start(ours, configuration(150));
    vipd.awaitState("MASTER");
    KeepalivedNode keepalived = KeepalivedNode.start(theirs, configuration(100));
    keepalived.process().awaitOutput(KEEPALIVED_IS_BACKUP);

    vipd.process().kill();
    awaitHolder(theirs);
    keepalived.process().awaitOutput(KEEPALIVED_IS_MASTER);
    vipd.restart();
    vipd.awaitState("MASTER");
    awaitGone(theirs);

    checkNoRejects(keepalived, vipd);
    assertThat(vipd.stop()).isZero();
    awaitHolder(theirs);
    assertThat(ours.hasAddress(VIP)).as("removed on SIGTERM").isFalse();
    vipd.restart();
    vipd.awaitState("MASTER");
    awaitGone(theirs);

    checkNoRejects(keepalived, vipd);
    checkPackets();
  }

  private static void awaitHolder(Host host) {
    Await.until(host.namespace().name() + " has " + VIP, () -> host.hasAddress(VIP));
  }

  private static void awaitGone(Host host) {
    Await.until(host.namespace().name() + " has no " + VIP, () -> !host.hasAddress(VIP));
  }

  private static void checkNoRejects(KeepalivedNode keepalived, VipdNode vipd) {
    assertThat(Counters.rejects(vipd)).as("what vipd rejected").isEmpty();
    assertThat(KeepalivedStatistics.rejects(keepalived)).as("what keepalived rejected").isEmpty();
  }

  private void checkPackets() {
    capture.stop();
    String ours = "vrrp && " + Tshark.from(List.of(OURS));
    assertThat(Tshark.count(capture.file(), ours)).isGreaterThan(3);
    assertThat(Tshark.faults(capture.file(), ours)).isEmpty();
    assertThat(Tshark.count(capture.file(), "arp && _ws.malformed")).isZero();
    assertThat(capture.count(frame -> frame.isAnnouncementOf(VIP))).isPositive();
  }
}
