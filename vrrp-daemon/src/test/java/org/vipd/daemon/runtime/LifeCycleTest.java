package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.status.InstanceStatus;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

class LifeCycleTest {

  private static final String HOOKS =
      "notify_master /m\nnotify_backup /b\nnotify_fault /f\nnotify_stop /s\nnotify /any";
  private static final String ADVERTISE = "advertise VRID 51 priority %d 10.0.0.2 to 224.0.0.18";
  private static final List<String> ANNOUNCE =
      Collections.nCopies(5, "announce 10.0.0.100 on eth0");

  private static String advertise(int priority) {
    return ADVERTISE.formatted(priority);
  }

  private static FakeHost active(String configuration) {
    FakeHost host = new FakeHost(configuration).start();
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.trace.take();
    host.journal.take();
    return host;
  }

  @Test
  void startsAsBackupAndTakesOverInOrder() {
    FakeHost host = new FakeHost(Configurations.instance(100, HOOKS)).start();
    assertThat(host.trace.take())
        .containsExactly(
            "open eth0 ipv4 group 224.0.0.18",
            "hooks VI_1 BACKUP: /b && /any INSTANCE VI_1 BACKUP 100");
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    // master down interval of version 2: 3 s + (256 - 100) / 256 s = 3.609375 s
    host.run(3_609_374_999L);
    assertThat(host.trace.lines()).isEmpty();
    host.run(1);
    List<String> expected = new java.util.ArrayList<>();
    expected.add(advertise(100));
    expected.add("install 10.0.0.100/32 on eth0");
    expected.addAll(ANNOUNCE);
    expected.add("hooks VI_1 MASTER: /m && /any INSTANCE VI_1 MASTER 100");
    assertThat(host.trace.take()).isEqualTo(expected);
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.journal.messages())
        .containsExactly(
            "info VI_1: INIT -> BACKUP (started with priority 100)",
            "info VI_1: BACKUP -> MASTER (no advertisement from anyone for 3.609 s (Active down"
                + " interval))");
  }

  @Test
  void advertisesEverySecondAndAnnouncesOnceMoreAfterFive() {
    FakeHost host = active(Configurations.instance(100));
    host.run(10_000_000_000L);
    assertThat(host.trace.take().stream().filter(advertise(100)::equals)).hasSize(10);
    assertThat(host.trace.lines()).isEmpty();
    // with the one of the claim, and one soon after it that was early, see Cadence
    InstanceStatus status = host.instance();
    assertThat(status.counters()).containsEntry("advertisement-sent", 12L);
    assertThat(status.counters()).containsEntry("announcements-sent", 10L);
  }

  @Test
  void resignsRemovesAndRunsTheStopHookOnTermination() {
    FakeHost host = active(Configurations.instance(100, HOOKS));
    host.stop();
    assertThat(host.trace.take())
        .containsExactly(
            advertise(0),
            "remove 10.0.0.100/32 on eth0",
            "close eth0 ipv4 group 224.0.0.18",
            "hooks VI_1 STOP (final): /s && /any INSTANCE VI_1 STOP 100",
            "stop scripts");
    assertThat(host.journal.messages())
        .containsExactly(
            "info stopping: signal TERM",
            "info VI_1: MASTER -> STOP (stopped by the operator, because signal TERM)");
    assertThat(host.service.told()).containsExactly("ready: 1 instances", "stopping");
    assertThat(host.channels.openCount()).isZero();
  }

  @Test
  void stopsAsBackupWithoutAWordOnTheWire() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.trace.take();
    host.stop();
    assertThat(host.trace.take())
        .containsExactly("close eth0 ipv4 group 224.0.0.18", "stop scripts");
  }

  @Test
  void becomesActiveAtOnceAsOwner() {
    FakeHost host = new FakeHost(Configurations.instance(255)).start();
    assertThat(host.trace.lines())
        .startsWith(
            "open eth0 ipv4 group 224.0.0.18", advertise(255), "install 10.0.0.100/32 on eth0");
    assertThat(host.instance().reason()).contains("owner");
  }

  @Test
  void removesAddressesLeftOverFromAFormerRun() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.putAddress(2, "10.0.0.100/32");
    host.interfaces.markAll(LocalAddress.Origin.VIPD);
    host.start();
    assertThat(host.trace.lines())
        .startsWith("remove 10.0.0.100/32 on eth0", "open eth0 ipv4 group 224.0.0.18");
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
    assertThat(host.journal.messages())
        .contains("warn removing 10.0.0.100/32 from eth0: left over from a former run");
  }

  @Test
  void removesWhatAnotherProgramLeftAndSaysSo() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.putAddress(2, "10.0.0.100/32");
    host.start();
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
    assertThat(host.journal.messages())
        .contains(
            "warn removing 10.0.0.100/32 from eth0: it is a virtual address of this configuration"
                + " and was there before the start, without the mark of vipd; if a keepalived added"
                + " it, end that one, or it serves the address again");
  }

  @Test
  void removesALeftOverWithAnotherPrefixToo() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.putAddress(2, "10.0.0.100/24");
    host.start();
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
  }

  @Test
  void leavesTheOwnersAddressAlone() {
    FakeHost owner = new FakeHost(Configurations.instance(255));
    owner.interfaces.putAddress(2, "10.0.0.100/32");
    owner.start();
    assertThat(owner.interfaces.has("10.0.0.100")).isTrue();
    assertThat(owner.trace.lines()).noneMatch(line -> line.startsWith("remove"));
  }

  @Test
  void leavesTheOnlyAddressOfTheHostAlone() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.takeAddress(2, "10.0.0.2/24");
    host.interfaces.putAddress(2, "10.0.0.100/24");
    host.start();
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.journal.messages()).anyMatch(it -> it.contains("is the only address of eth0"));
  }

  @Test
  void takesInAPacketThatCameInTimeEvenWhenItWakesLate() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.channels.deliver(
        Packets.from("10.0.0.3"), Packets.version2(200, "10.0.0.3", NoAuthentication.INSTANCE));
    host.clock.advance(30_000_000_000L);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.instance().active().address()).isEqualTo("10.0.0.3");
  }

  @Test
  void yieldsToAHigherPriority() {
    FakeHost host = active(Configurations.instance(100, HOOKS));
    host.hear("10.0.0.3", Packets.version2(101, "10.0.0.3", NoAuthentication.INSTANCE));
    assertThat(host.trace.take())
        .containsExactly(
            "remove 10.0.0.100/32 on eth0",
            "hooks VI_1 BACKUP: /b && /any INSTANCE VI_1 BACKUP 100");
    assertThat(host.instance().active().priority()).isEqualTo(101);
    assertThat(host.instance().heldAddresses()).isEmpty();
  }

  @Test
  void answersALowerPriorityAtOnce() {
    FakeHost host = active(Configurations.instance(100));
    host.hear("10.0.0.3", Packets.version2(99, "10.0.0.3", NoAuthentication.INSTANCE));
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.trace.take().stream().filter(it -> it.startsWith("announce"))).hasSize(5);
  }

  @Test
  void goesOnWhenNothingCanBeSent() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.channels.failToSend(java.util.Optional.of("sendmsg: ENETDOWN"));
    host.announcer.fail(java.util.Optional.of("sendto: ENOBUFS"));
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().counters()).containsEntry("send-errors", 8L);
    assertThat(host.journal.messages())
        .contains("warn VI_1: advertisement not sent: sendmsg: ENETDOWN")
        .filteredOn(it -> it.contains("not sent"))
        .hasSize(1);
  }

  @Test
  void givesSignsOfLifeAtLeastAsOftenAsTheyAreAwaited() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.service.watch(700_000_000L);
    host.start();
    host.run(7_000_000_000L);
    assertThat(host.service.signsOfLife()).isGreaterThanOrEqualTo(9);
  }

  @Test
  void tellsItsStateInFull() {
    FakeHost host = active(Configurations.instance(100));
    var status = host.status();
    assertThat(status.version()).isEqualTo("1.2.3");
    assertThat(status.configuration().file())
        .isEqualTo(Path.of("test.conf").toAbsolutePath().toString());
    assertThat(status.configuration().problems()).containsExactly("a warning");
    InstanceStatus instance = status.instances().get(0);
    assertThat(instance.networkInterface()).isEqualTo("eth0");
    assertThat(instance.family()).isEqualTo("ipv4");
    assertThat(instance.vrid()).isEqualTo(51);
    assertThat(instance.effectivePriority()).isEqualTo(100);
    assertThat(instance.priorityArithmetic()).isEqualTo("100");
    assertThat(instance.addresses()).containsExactly("10.0.0.100/32");
    assertThat(instance.heldAddresses()).containsExactly("10.0.0.100/32");
    assertThat(instance.active().isThisNode()).isTrue();
    assertThat(instance.active().address()).isEqualTo("10.0.0.2");
    assertThat(instance.secondsInState()).isEqualTo(0.391);
    assertThat(instance.waitingFor()).isEmpty();
  }
}
