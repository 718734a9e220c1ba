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

/** keepalived, FRR and vipd are one virtual router; each is lost in turn while it is Active. */
@Execution(ExecutionMode.CONCURRENT)
class ThreeWayIT {

  private static final String VIP = "10.78.0.100";
  private static final int VRID = 78;
  private static final int INTERVAL_MILLIS = 500;
  private static final List<String> VIPD = List.of("10.78.0.1");
  private static final List<String> KEEPALIVED = List.of("10.78.0.2");
  private static final List<String> FRR = List.of("10.78.0.3");

  /** From the issue; the protocol's own time is 1.9 s at most with these settings. */
  private static final double LONGEST_SECONDS = 4;

  /** A node that woke up late listens once more before it claims. */
  private static final double LONGEST_SECONDS_WHEN_LATE = 8;

  private Lab lab;
  private LanObserver lan;
  private VipdNode vipd;
  private KeepalivedPeer keepalived;
  private FrrNode frr;

  @BeforeEach
  void startLan() {
    NetworkNamespace.assumeAvailable();
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    assumeTrue(FrrNode.isInstalled(), "FRR vrrpd is not installed");
    assumeTrue(Tshark.isInstalled(), "tshark is not installed");
    Distribution.makeArchive();
    lab = Lab.create("three");
    lan = new LanObserver(lab, "three on a LAN");
    Host vipdHost = lab.host("vipd", "10.78.0.1/24");
    Host keepalivedHost = lab.host("ka", "10.78.0.2/24");
    Host frrHost = lab.host("frr", "10.78.0.3/24");
    frr = FrrNode.start(frrHost, new FrrNode.Settings(3, VRID, 150, INTERVAL_MILLIS, List.of(VIP)));
    keepalived = KeepalivedPeer.start(keepalivedHost, ThreeWayIT::configuration, 100);
    vipd = VipdNode.start(vipdHost, configuration(200));
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
        vrrp_instance three {
          state BACKUP
          interface eth0
          virtual_router_id %d
          version 3
          priority %d
          advert_int 0.5
          virtual_ipaddress {
            %s/24
          }
        }
        """,
        VRID,
        priority,
        VIP);
  }

  /** Longer only when vipd says that this machine was too busy to wake it in time. */
  private double longestSeconds() {
    return vipd.log().contains("woke up ") ? LONGEST_SECONDS_WHEN_LATE : LONGEST_SECONDS;
  }

  @Test
  void survivesTheLossOfEachInTurn() {
    lan.awaitSole(0, "all started", "vipd", VIPD);

    int mark = lan.mark();
    vipd.process().kill();
    assertThat(lan.awaitSole(mark, "vipd killed", "FRR", FRR)).isLessThan(longestSeconds());

    mark = lan.mark();
    frr.kill();
    assertThat(lan.awaitSole(mark, "FRR killed", "keepalived", KEEPALIVED))
        .isLessThan(longestSeconds());

    mark = lan.mark();
    vipd.restart();
    lan.awaitSole(mark, "vipd back", "vipd", VIPD);
    frr.restart();
    mark = lan.mark();
    keepalived.changePriority(250);
    lan.awaitSole(mark, "keepalived raised to 250", "keepalived", KEEPALIVED);

    mark = lan.mark();
    keepalived.kill();
    assertThat(lan.awaitSole(mark, "keepalived killed", "vipd", VIPD)).isLessThan(longestSeconds());
    vipd.awaitState("MASTER");
    assertThat(vipd.host().hasAddress(VIP)).isTrue();

    assertThat(frr.complaints()).isEmpty();
    assertThat(lan.complaints(VIPD)).isEmpty();
  }
}
