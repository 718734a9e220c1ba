package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * vipd and a peer on one LAN, through everything that can happen to either: both roles, loss by
 * SIGKILL and by SIGTERM, preemption and a changed priority, each in both directions.
 */
final class PeerScenario {

  /** The scenario preempts four times; a busy machine lets two packets cross. */
  private static final long MOST_CROSSINGS = 2 * 4;

  private static final int VIPD = 1;
  private static final int PEER = 2;
  private static final int LOW = 100;
  private static final int MIDDLE = 150;
  private static final int HIGH = 200;
  private static final int HIGHEST = 250;

  /** Counters that say how version 3 packets were checked, not that something is wrong. */
  private static final Set<String> FORMS =
      Set.of("checksum-form-message", "checksum-form-pseudo-header");

  private final PeerSetting setting;
  private final Host vipdHost;
  private final LanObserver lan;
  private final Peer peer;
  private final List<String> vipdSources;
  private final List<String> peerSources;
  private VipdNode vipd;

  private PeerScenario(PeerSetting setting, Lab lab) {
    this.setting = setting;
    this.vipdHost = lab.host("vipd", setting.nodeAddress(VIPD));
    Host peerHost = lab.host("peer", setting.nodeAddress(PEER));
    this.lan = new LanObserver(lab, setting.title());
    this.peer = startPeer(peerHost);
    this.vipdSources = NodeSources.of(vipdHost, setting.virtualAddresses());
    this.peerSources = NodeSources.of(peerHost, setting.virtualAddresses());
    this.vipd = VipdNode.start(vipdHost, setting.configuration(VIPD, PEER, LOW));
  }

  /** Plays all of it in a lab of its own. */
  static void play(PeerSetting setting) {
    try (Lab lab = Lab.create(setting.title())) {
      PeerScenario scenario = new PeerScenario(setting, lab);
      try {
        scenario.peerIsActive();
        scenario.vipdIsActive();
        scenario.judge();
      } catch (AssertionError e) {
        throw new AssertionError(
            setting.title()
                + ": "
                + e.getMessage()
                + "\n--- vipd:\n"
                + scenario.vipd.log()
                + "\n--- peer:\n"
                + scenario.peer.log(),
            e);
      }
    }
  }

  private Peer startPeer(Host host) {
    if (setting.isFrr()) {
      return new FrrPeer(FrrNode.start(host, setting.frrSettings(MIDDLE)));
    }
    return KeepalivedPeer.start(
        host, priority -> setting.configuration(PEER, VIPD, priority), MIDDLE);
  }

  private void peerIsActive() {
    awaitPeer(0, "both started");
    vipd.awaitState("BACKUP");
    // who has heard nobody looks for strangers before it claims, and finds what a dead peer leaves
    vipd.awaitAdvertisement();
    noneRejected();
    int mark = lan.mark();
    peer.kill();
    awaitVipd(mark, "peer killed");
    mark = lan.mark();
    peer.restart();
    awaitPeer(mark, "peer preempts");
    noneRejected();
    mark = lan.mark();
    peer.stop();
    awaitVipd(mark, "peer stopped by SIGTERM");
    mark = lan.mark();
    peer.restart();
    awaitPeer(mark, "peer preempts again");
  }

  private void vipdIsActive() {
    int mark = lan.mark();
    vipd.reload(setting.configuration(VIPD, PEER, HIGH));
    awaitVipd(mark, "priority of vipd raised to " + HIGH);
    noneRejected();
    mark = lan.mark();
    vipd.process().kill();
    awaitPeer(mark, "vipd killed");
    mark = lan.mark();
    vipd.restart();
    awaitVipd(mark, "vipd preempts");
    noneRejected();
    mark = lan.mark();
    assertThat(vipd.stop()).isZero();
    awaitPeer(mark, "vipd stopped by SIGTERM");
    mark = lan.mark();
    vipd.restart();
    awaitVipd(mark, "vipd preempts again");
    mark = lan.mark();
    peer.changePriority(HIGHEST);
    awaitPeer(mark, "priority of the peer raised to " + HIGHEST);
    vipd.awaitState("BACKUP");
  }

  private void awaitVipd(int mark, String event) {
    lan.awaitSole(mark, event, "vipd", vipdSources);
    for (String address : setting.virtualAddresses()) {
      Await.until("vipd has " + address, () -> vipdHost.hasAddress(address));
    }
  }

  private void awaitPeer(int mark, String event) {
    lan.awaitSole(mark, event, peer.name(), peerSources);
    if (vipd.process().isAlive()) {
      for (String address : setting.virtualAddresses()) {
        Await.until("vipd gave up " + address, () -> !vipdHost.hasAddress(address));
      }
    }
  }

  private void noneRejected() {
    Map<String, Long> rejects = new TreeMap<>(Counters.rejects(vipd));
    rejects.keySet().removeAll(FORMS);
    List<String> peerRejects = new ArrayList<>(peer.rejects());
    if (setting.isNumbered()) {
      // Both are Active for a moment when one preempts; packets that cross have the same number.
      rejects.computeIfPresent(
          "auth-failures", (name, count) -> count <= MOST_CROSSINGS ? null : count);
      peerRejects.removeIf(it -> it.matches(" *Failure: [1-" + MOST_CROSSINGS + "]"));
    }
    assertThat(rejects).as("what vipd counted against packets").isEmpty();
    assertThat(peerRejects).as("what the peer has against packets").isEmpty();
  }

  private void judge() {
    noneRejected();
    assertThat(lan.complaints(vipdSources)).as("what tshark says of our packets").isEmpty();
    List<Integer> hopLimits = new ArrayList<>();
    for (VrrpPacket packet : lan.packets()) {
      hopLimits.add(packet.hopLimit());
    }
    assertThat(hopLimits).containsOnly(255);
  }
}
