package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code vipd run --takeover}: what the next process goes on with, and what it cannot. */
@Execution(ExecutionMode.CONCURRENT)
class TakeoverIT extends LabTest {

  private static boolean resigns(VrrpPacket packet) {
    return packet.source().equals("10.66.0.1") && !packet.claims();
  }

  /** Others claim in 0.3 s, long before the lease of 3 s ends. */
  @Test
  void givesUpWhatOthersWouldClaimBeforeItsLeaseEnds() {
    Host one = host();
    Host two = lab().host("two", "10.66.0.2/24");
    List<AddressMonitor> monitors = AddressMonitor.together(lab(), List.of(one, two));
    String settings = "state BACKUP\n nopreempt\n version 3\n advert_int 0.1";
    try (LanObserver lan = new LanObserver(lab(), "takeover at 0.1 s")) {
      VipdNode vipd = VipdNode.start(one, Texts.instance(150, settings));
      vipd.awaitState("MASTER");
      VipdNode backup = VipdNode.start(two, Texts.instance(100, settings));
      backup.awaitState("BACKUP");
      Launched old = vipd.takeOver();
      assertThat(old.awaitExit()).as(vipd.log()).isZero();
      backup.awaitState("MASTER");
      vipd.awaitState("BACKUP");
      assertThat(monitors.get(0).holdings(Texts.VIP)).hasSize(1);
      assertThat(one.hasAddress(Texts.VIP)).isFalse();
      vipd.awaitLog("is longer than the 0.3 s that others wait");
      assertThat(lan.packets()).filteredOn(TakeoverIT::resigns).hasSize(1);
    }
    long together =
        Holding.longestTogether(
            monitors.get(0).holdings(Texts.VIP),
            monitors.get(1).holdings(Texts.VIP),
            Holding.between(0, Long.MAX_VALUE));
    System.out.printf(Locale.ROOT, "takeover at 0.1 s: two holders %.3f s%n", together / 1e9);
  }
}
