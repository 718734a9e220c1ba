package org.vipd.daemon.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.it.PeerSetting.Family;
import org.vipd.netlink.testkit.NetworkNamespace;

/**
 * vipd beside Debian's keepalived and beside FRR, in every mode that both know. The labs run side
 * by side, because they mostly wait; each test tells how one of them ended.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class PeerMatrixIT {

  private static final int AT_ONCE = 6;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final ExecutorService labs = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<PeerSetting, Future<?>> running = new LinkedHashMap<>();

  private static final PeerSetting V2 = PeerSetting.keepalived("v2", 2, Family.IPV4);
  private static final PeerSetting PASS =
      PeerSetting.keepalived("v2-pass", 2, Family.IPV4).withPassword("PASS");
  private static final PeerSetting AH =
      PeerSetting.keepalived("v2-ah", 2, Family.IPV4).withPassword("AH");
  private static final PeerSetting V2_UNICAST =
      PeerSetting.keepalived("v2-uni", 2, Family.IPV4).unicast();
  private static final PeerSetting V3 = PeerSetting.keepalived("v3", 3, Family.IPV4);
  private static final PeerSetting V3_UNICAST =
      PeerSetting.keepalived("v3-uni", 3, Family.IPV4).unicast();
  private static final PeerSetting V3_IPV6 = PeerSetting.keepalived("v3-ip6", 3, Family.IPV6);
  private static final PeerSetting FRR_V2 = PeerSetting.frr("v2", 2, Family.IPV4);
  private static final PeerSetting FRR_V3 = PeerSetting.frr("v3", 3, Family.IPV4);
  private static final PeerSetting FRR_IPV6 = PeerSetting.frr("v3-ip6", 3, Family.IPV6);

  @BeforeAll
  void startLabs() {
    NetworkNamespace.assumeAvailable();
    assumeTrue(Tshark.isInstalled(), "tshark is not installed");
    Distribution.makeArchive();
    if (KeepalivedNode.isInstalled()) {
      System.out.println("peer: " + KeepalivedNode.version());
      for (PeerSetting setting :
          new PeerSetting[] {V2, PASS, AH, V2_UNICAST, V3, V3_UNICAST, V3_IPV6}) {
        running.put(setting, labs.submit(() -> PeerScenario.play(setting)));
      }
    }
    if (FrrNode.isInstalled()) {
      System.out.println("peer: " + FrrNode.version());
      for (PeerSetting setting : new PeerSetting[] {FRR_V2, FRR_V3, FRR_IPV6}) {
        running.put(setting, labs.submit(() -> PeerScenario.play(setting)));
      }
    }
  }

  @AfterAll
  void endLabs() throws InterruptedException {
    labs.shutdown();
    if (!labs.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("labs still run after " + LONGEST);
    }
  }

  @Test
  void agreesWithKeepalivedVersion2() throws Throwable {
    outcome(V2);
  }

  @Test
  void agreesWithKeepalivedVersion2WithPassword() throws Throwable {
    outcome(PASS);
  }

  @Test
  void agreesWithKeepalivedVersion2WithAuthenticationHeader() throws Throwable {
    outcome(AH);
  }

  @Test
  void agreesWithKeepalivedVersion2Unicast() throws Throwable {
    outcome(V2_UNICAST);
  }

  @Test
  void agreesWithKeepalivedVersion3() throws Throwable {
    outcome(V3);
  }

  @Test
  void agreesWithKeepalivedVersion3Unicast() throws Throwable {
    outcome(V3_UNICAST);
  }

  @Test
  void agreesWithKeepalivedVersion3OverIpv6() throws Throwable {
    outcome(V3_IPV6);
  }

  @Test
  void agreesWithFrrVersion2() throws Throwable {
    outcome(FRR_V2);
  }

  @Test
  void agreesWithFrrVersion3() throws Throwable {
    outcome(FRR_V3);
  }

  @Test
  void agreesWithFrrVersion3OverIpv6() throws Throwable {
    outcome(FRR_IPV6);
  }

  private void outcome(PeerSetting setting) throws Throwable {
    String peer = setting.isFrr() ? "FRR vrrpd" : "keepalived";
    Future<?> lab = running.get(setting);
    if (lab == null) {
      System.out.println("SKIPPED: " + peer + " is not installed");
      assumeTrue(false, peer + " is not installed");
      return;
    }
    try {
      lab.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
