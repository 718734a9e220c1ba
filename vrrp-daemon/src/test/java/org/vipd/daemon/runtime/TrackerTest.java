package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.status.InstanceStatus;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** Interfaces, files and processes and what they do to an instance. */
class TrackerTest {

  private static FakeHost host(String before, String... lines) {
    return new FakeHost(before + Configurations.instance(100, lines));
  }

  @Test
  void isInFaultWhileATrackedInterfaceIsDown() {
    FakeHost host = host("", "track_interface { eth1 }").start();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason()).isEqualTo("interface eth1: does not exist");
    host.interfaces.putLink(3, "eth1", true);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.interfaces.putLink(3, "eth1", false);
    host.settle();
    assertThat(host.instance().reason()).isEqualTo("interface eth1: down or without carrier");
  }

  @Test
  void addsTheWeightOfAnInterfaceWhileItIsUp() {
    FakeHost host = host("", "track_interface { eth1 weight 20 }").start();
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
    host.interfaces.putLink(3, "eth1", true);
    host.settle();
    assertThat(host.instance().priorityArithmetic()).isEqualTo("120 = 100 + 20 interface eth1");
  }

  @Test
  void ignoresTheStateOfItsOwnInterfaceWhenAsked() {
    FakeHost host = host("", "dont_track_primary").start();
    host.interfaces.putLink(2, "eth0", false);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    FakeHost other = host("").start();
    other.interfaces.putLink(2, "eth0", false);
    other.settle();
    assertThat(other.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void letsAChangeOfAnInterfaceCountOnlyAfterItsDelay() {
    FakeHost host = host("interface_up_down_delays {\neth0 2 1\n}\n").start();
    host.interfaces.putLink(2, "eth0", false);
    host.runSeconds(1.9);
    assertThat(host.instance().state()).isNotEqualTo("FAULT");
    host.interfaces.putLink(2, "eth0", true);
    host.runSeconds(0.05);
    host.interfaces.putLink(2, "eth0", false);
    host.runSeconds(1.9);
    assertThat(host.instance().state()).isNotEqualTo("FAULT");
    host.runSeconds(0.2);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.interfaces.putLink(2, "eth0", true);
    host.runSeconds(0.9);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.runSeconds(0.2);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void multipliesTheNumberInAFileWithItsWeight() {
    String tracker = "track_file f {\nfile /x\nweight 2\n}\n";
    FakeHost host = host(tracker, "track_file { f }").start();
    assertThat(host.watched().files()).hasSize(1);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.track(TrackKind.FILE, "f", new TrackerReading(10, "/x holds 10"));
    assertThat(host.instance().priorityArithmetic()).isEqualTo("120 = 100 + 20 file f");
    host.track(TrackKind.FILE, "f", new TrackerReading(-127, "/x holds -127"));
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason()).isEqualTo("file f: /x holds -127");
    // a fault adds nothing
    assertThat(host.instance().priorityArithmetic()).isEqualTo("100");
    host.track(TrackKind.FILE, "f", new TrackerReading(-126, "/x holds -126"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.instance().effectivePriority()).isEqualTo(1);
    host.track(TrackKind.FILE, "f", new TrackerReading(1_000_000, "/x holds 1000000"));
    assertThat(host.instance().effectivePriority()).isEqualTo(254);
  }

  @Test
  void waitsForTheFirstReadingOfAnUnweightedTracker() {
    String tracker = "vrrp_track_process p {\nprocess haproxy\n}\n";
    FakeHost host = host(tracker, "track_process { p }").start();
    assertThat(host.instance().state()).isEqualTo("INIT");
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for the first reading of process p");
    host.track(TrackKind.PROCESS, "p", TrackerReading.of(true, "1 runs"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.track(TrackKind.PROCESS, "p", TrackerReading.of(false, "0 run"));
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void followsABfdSession() {
    String session = "bfd_instance b {\nneighbor_ip 10.0.0.9\n}\n";
    FakeHost host = host(session, "track_bfd { b }").start();
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for the first reading of bfd b");
    host.track(TrackKind.BFD, "b", TrackerReading.of(true, "10.0.0.9 is up"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.track(TrackKind.BFD, "b", TrackerReading.of(false, "10.0.0.9 is down: because"));
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason()).isEqualTo("bfd b: 10.0.0.9 is down: because");
  }

  @Test
  void countsTheWeightOfABfdSession() {
    String session = "bfd_instance b {\nneighbor_ip 10.0.0.9\nweight -20\n}\n";
    FakeHost host = host(session, "track_bfd { b }").start();
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
    host.track(TrackKind.BFD, "b", TrackerReading.of(false, "10.0.0.9 is down: because"));
    assertThat(host.instance().effectivePriority()).isEqualTo(80);
    host.reload(session + Configurations.instance(100, "track_bfd { b weight 7 }"));
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
    host.track(TrackKind.BFD, "b", TrackerReading.of(true, "10.0.0.9 is up"));
    assertThat(host.instance().effectivePriority()).isEqualTo(107);
  }

  @Test
  void turnsTheMeaningOfAReversedTrackerRound() {
    String tracker = "vrrp_track_process p {\nprocess haproxy\n}\n";
    FakeHost host = host(tracker, "track_process { p weight 0 reverse }").start();
    host.track(TrackKind.PROCESS, "p", TrackerReading.of(true, "1 runs"));
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.track(TrackKind.PROCESS, "p", TrackerReading.of(false, "0 run"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    FakeHost weighted = host(tracker, "track_process { p weight 10 reverse }").start();
    weighted.track(TrackKind.PROCESS, "p", TrackerReading.of(true, "1 runs"));
    assertThat(weighted.instance().effectivePriority()).isEqualTo(90);
  }

  @Test
  void watchesOnlyWhatIsTrackedAndForgetsWhatIsGone() {
    String trackers = "track_file f {\nfile /x\n}\ntrack_file g {\nfile /y\n}\n";
    FakeHost host = host(trackers, "track_file { f weight 1 }").start();
    assertThat(host.watched().files()).extracting("name").containsExactly("f");
    host.track(TrackKind.FILE, "f", new TrackerReading(5, "5"));
    assertThat(host.instance().effectivePriority()).isEqualTo(105);
    host.reload(trackers + Configurations.instance(100, "track_file { f weight 2 }"));
    assertThat(host.instance().effectivePriority()).isEqualTo(110);
    host.reload(Configurations.instance(100));
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
    assertThat(host.watched().files()).isEmpty();
  }

  @Test
  void showsEachTrackerWithItsReadingAndSinceWhen() {
    String tracker = "vrrp_track_process p {\nprocess haproxy\nweight -30\n}\n";
    FakeHost host =
        host(tracker, "track_process { p }", "track_interface { eth1 weight 5 }").start();
    assertThat(host.instance().trackers())
        .anyMatch(
            it -> it.name().equals("p") && it.state().equals("pending") && it.since().isEmpty());
    host.track(TrackKind.PROCESS, "p", TrackerReading.of(false, "0 run"));
    String since = tracker(host).since();
    assertThat(tracker(host).state()).isEqualTo("bad");
    assertThat(tracker(host).contribution()).isEqualTo(-30);
    assertThat(tracker(host).reading()).isEqualTo("0 run");
    host.runSeconds(5);
    host.track(TrackKind.PROCESS, "p", TrackerReading.of(false, "0 run"));
    assertThat(tracker(host).since()).isEqualTo(since).isNotEmpty();
    host.track(TrackKind.PROCESS, "p", TrackerReading.of(true, "1 runs"));
    assertThat(tracker(host).since()).isGreaterThan(since);
    assertThat(tracker(host).contribution()).isZero();
  }

  private static InstanceStatus.TrackerStatus tracker(FakeHost host) {
    return host.instance().trackers().stream()
        .filter(it -> it.name().equals("p"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNumberThatIsWeighedIsBadOnlyWhenItMeansFault() {
    FakeHost host =
        host("track_file load {\n file /run/load\n weight 2\n}\n", "track_file { load }").start();
    host.track(TrackKind.FILE, "load", new TrackerReading(3, "/run/load holds 3"));
    assertThat(host.instance().trackers().get(0).state()).isEqualTo("good");
    assertThat(host.instance().trackers().get(0).contribution()).isEqualTo(6);
    host.track(TrackKind.FILE, "load", new TrackerReading(-200, "/run/load holds -200"));
    assertThat(host.instance().trackers().get(0).state()).isEqualTo("bad");
  }
}
