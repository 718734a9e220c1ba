package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

class HeldAddressesTest {

  private static final String VIP = "10.0.0.100";

  @Test
  void givesUpWhenTheKernelRefusesEveryAddressAndTriesAgainLater() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.interfaces.refuse(VIP, "EPERM; the daemon needs CAP_NET_ADMIN");
    host.runSeconds(5);

    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().heldAddresses()).isEmpty();
    assertThat(host.instance().waitingFor())
        .singleElement()
        .asString()
        .contains("none of the virtual addresses can be installed");
    assertThat(host.journal.messages())
        .contains("error VI_1: 10.0.0.100/32: EPERM; the daemon needs CAP_NET_ADMIN");
    assertThat(host.trace.lines()).anyMatch(line -> line.contains("priority 0 "));

    assertThat(host.trace.lines()).noneMatch(line -> line.startsWith("announce"));

    host.interfaces.permit(VIP);
    host.runSeconds(70);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().heldAddresses()).containsExactly("10.0.0.100/32");
  }

  @Test
  void asksAgainForASingleAddressThatWasRefused() {
    FakeHost host =
        new FakeHost(Configurations.instance(100, "virtual_ipaddress { 10.0.0.101 }")).start();
    host.interfaces.refuse("10.0.0.101", "EINVAL");
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().heldAddresses()).containsExactly("10.0.0.100/32");

    host.interfaces.permit("10.0.0.101");
    host.runSeconds(6);
    assertThat(host.instance().heldAddresses())
        .containsExactlyInAnyOrder("10.0.0.100/32", "10.0.0.101/32");
  }

  @Test
  void putsBackAnAddressThatAnotherProgramRemoves() {
    FakeHost host = active();
    host.interfaces.takeAddress(2, VIP + "/32");
    host.run(50_000_000L);

    assertThat(host.interfaces.has(VIP)).isTrue();
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 1L);
    assertThat(host.journal.messages())
        .contains("warn VI_1: 10.0.0.100/32 was removed by another program and is put back");
  }

  /** The kernel's report of what a refresh adds is not heard. */
  @Test
  void putsBackWhatIsRemovedASecondTimeAfterARefreshPutItBack() {
    FakeHost host = active();
    takeAwayShortlyBeforeARefresh(host);
    int refreshes = host.interfaces.refreshes();
    host.run(50_000_000L);
    assertThat(host.interfaces.refreshes()).isGreaterThan(refreshes);
    assertThat(host.interfaces.has(VIP)).isTrue();
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 1L);
    String restored = "warn VI_1: 10.0.0.100/32 was removed by another program and is put back";
    assertThat(host.journal.messages()).containsOnlyOnce(restored);
    host.interfaces.takeAddress(2, VIP + "/32");
    host.run(50_000_000L);
    assertThat(host.interfaces.has(VIP)).isTrue();
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 2L);
  }

  @Test
  void saysThatAnotherProgramRemovedWhatIsThereAgain() {
    FakeHost host = active();
    host.interfaces.takeAddress(2, VIP + "/32");
    host.interfaces.putAddress(2, VIP + "/32");
    host.run(50_000_000L);
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 1L);
    assertThat(host.journal.messages())
        .containsOnlyOnce(
            "warn VI_1: 10.0.0.100/32 was removed by another program and is put back");
  }

  /** The report of what vipd removed itself comes when it holds the address again. */
  @Test
  void blamesNobodyForWhatItRemovedItself() {
    FakeHost host = new FakeHost(Configurations.instance(254)).start();
    host.runSeconds(4);
    host.hear("10.0.0.3", Packets.version2(255, "10.0.0.3", NoAuthentication.INSTANCE));
    assertThat(host.interfaces.has(VIP)).isFalse();
    // with this priority it waits 8 ms, and is not asked what became of the address for 20
    host.hear("10.0.0.3", Packets.version2(0, "10.0.0.3", NoAuthentication.INSTANCE));
    host.run(50_000_000L);
    assertThat(host.interfaces.has(VIP)).isTrue();
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.journal.messages()).noneMatch(it -> it.contains("another program"));
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 0L);
  }

  /** The kernel removes IPv6 addresses itself then: what is removed once more is not reported. */
  @Test
  void waitsForNoReportOfWhatWentWithTheLink() {
    FakeHost host = active();
    host.interfaces.takeAddress(2, VIP + "/32");
    host.interfaces.putLink(2, "eth0", false);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.interfaces.putLink(2, "eth0", true);
    host.runSeconds(6);
    saysThatItIsRemovedAndPutBack(host);
  }

  @Test
  void waitsForNoReportOfWhatWentWithTheInterface() {
    FakeHost host = active();
    host.interfaces.removeLink(2);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.interfaces.putLink(2, "eth0", true);
    host.interfaces.putAddress(2, "10.0.0.2/24");
    host.runSeconds(6);
    saysThatItIsRemovedAndPutBack(host);
  }

  /** The kernel took it with the link; twenty milliseconds later it is there by the next claim. */
  @Test
  void blamesNobodyForWhatWentWithALinkThatIsBackAtOnce() {
    FakeHost host = new FakeHost(Configurations.instance(255)).start();
    host.runSeconds(2);
    host.interfaces.putLink(2, "eth0", false);
    host.interfaces.takeAddress(2, VIP + "/32");
    host.run(5_000_000L);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.interfaces.putLink(2, "eth0", true);
    host.runSeconds(1);

    assertThat(host.interfaces.has(VIP)).isTrue();
    assertThat(host.journal.messages()).noneMatch(it -> it.contains("another program"));
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 0L);
  }

  /** The loop has not heard that a refresh put it back, and hears that it is removed. */
  @Test
  void hearsOfItsRemovalOfWhatARefreshPutBack() {
    FakeHost host = active();
    takeAwayShortlyBeforeARefresh(host);
    host.run(15_000_000L);
    assertThat(host.interfaces.has(VIP)).isTrue();
    host.hear("10.0.0.3", Packets.version2(255, "10.0.0.3", NoAuthentication.INSTANCE));
    assertThat(host.interfaces.has(VIP)).isFalse();
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 0L);
    host.runSeconds(6);
    saysThatItIsRemovedAndPutBack(host);
  }

  /** A refresh comes on the whole second, and sooner than what is removed is put back. */
  private static void takeAwayShortlyBeforeARefresh(FakeHost host) {
    long phase = host.clock.nanos() % 1_000_000_000L;
    host.run(990_000_000L - phase);
    host.interfaces.takeAddress(2, VIP + "/32");
  }

  private static void saysThatItIsRemovedAndPutBack(FakeHost host) {
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.journal.messages()).noneMatch(it -> it.contains("another program"));
    host.interfaces.takeAddress(2, VIP + "/32");
    host.interfaces.putAddress(2, VIP + "/32");
    host.run(50_000_000L);
    assertThat(host.journal.messages())
        .containsOnlyOnce(
            "warn VI_1: 10.0.0.100/32 was removed by another program and is put back");
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 1L);
  }

  @Test
  void keepsServingWhatAnotherInstanceOfThisDaemonGivesUp() {
    FakeHost host = new FakeHost(Configurations.twoWithOneAddress()).start();
    host.runSeconds(4);
    for (int i = 0; i < 7; i++) {
      host.hear("10.0.0.3", Packets.version2(200, "10.0.0.3", NoAuthentication.INSTANCE));
      host.runSeconds(1);
      assertThat(host.interfaces.has(VIP)).isTrue();
      host.hear("10.0.0.3", Packets.version2(0, "10.0.0.3", NoAuthentication.INSTANCE));
      host.runSeconds(2);
    }
    assertThat(host.status().instances()).allMatch(it -> it.state().equals("MASTER"));
    assertThat(host.journal.messages())
        .contains(
            "warn VI_2: 10.0.0.100/32 went with another instance of this daemon that has it, too,"
                + " and is put back; write an address in one instance only")
        .noneMatch(it -> it.contains("another program"));
  }

  /** Each time connections broke: whoever put it back. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void yieldsWhenAnotherProgramKeepsRemovingTheAddress(boolean isPutBackByIt) {
    FakeHost host = active();
    for (int i = 0; i < 6; i++) {
      assertThat(host.instance().state()).isEqualTo("MASTER");
      host.interfaces.takeAddress(2, VIP + "/32");
      if (isPutBackByIt) {
        host.interfaces.putAddress(2, VIP + "/32");
      }
      host.run(50_000_000L);
    }

    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason()).contains("another program keeps removing 10.0.0.100/32");
    assertThat(host.interfaces.has(VIP)).isFalse();
  }

  /** As {@code ip address flush} does: that is one interference, not one for each address. */
  @Test
  void putsBackAllThatIsRemovedInOneMoment() {
    List<String> all = IntStream.rangeClosed(101, 108).mapToObj(i -> "10.0.0." + i).toList();
    FakeHost host =
        new FakeHost(
            Configurations.instance(100)
                .replace("{ " + VIP + " }", "{ " + String.join("\n", all) + " }"));
    host.start();
    host.runSeconds(6);
    assertThat(all).allMatch(host.interfaces::has);
    for (int flush = 0; flush < 5; flush++) {
      all.forEach(it -> host.interfaces.takeAddress(2, it + "/32"));
      host.run(50_000_000L);
      assertThat(all).allMatch(host.interfaces::has);
    }
    assertThat(host.instance().state()).isEqualTo("MASTER");
    all.forEach(it -> host.interfaces.takeAddress(2, it + "/32"));
    host.run(50_000_000L);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  /** The kernel reports a flush of a thousand IPv6 addresses over many turns. */
  @Test
  void countsOnceWhatIsRemovedWithinASecond() {
    List<String> all = IntStream.rangeClosed(101, 120).mapToObj(i -> "10.0.0." + i).toList();
    FakeHost host =
        new FakeHost(
            Configurations.instance(100)
                .replace("{ " + VIP + " }", "{ " + String.join("\n", all) + " }"));
    host.start();
    host.runSeconds(6);
    for (String address : all) {
      host.interfaces.takeAddress(2, address + "/32");
      host.run(25_000_000L);
    }
    assertThat(all).allMatch(host.interfaces::has);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 20L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vipd_lease off"})
  void holdsNoMoreWhatWasRemovedAndIsRefused(String lease) {
    String other = "10.0.0.101";
    FakeHost host =
        new FakeHost(Configurations.instance(100, "virtual_ipaddress { 10.0.0.101 }", lease))
            .start();
    host.runSeconds(5);
    assertThat(host.instance().heldAddresses()).hasSize(2);
    host.interfaces.refuse(other, "EACCES; IPv6 may be disabled there");
    host.interfaces.takeAddress(2, other + "/32");
    host.runSeconds(12);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().heldAddresses()).containsExactly(VIP + "/32");
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("EACCES"))
        .hasSizeBetween(1, 2)
        .allMatch(it -> it.startsWith("error VI_1: 10.0.0.101/32: EACCES"));
    host.interfaces.permit(other);
    host.runSeconds(6);
    assertThat(host.interfaces.has(other)).isTrue();
    assertThat(host.instance().heldAddresses()).hasSize(2);
  }

  @Test
  void putsBackAnAddressOfAnOwnerToo() {
    FakeHost host = new FakeHost(Configurations.instance(255)).start();
    host.runSeconds(1);
    host.interfaces.takeAddress(2, VIP + "/32");
    host.run(50_000_000L);

    assertThat(host.interfaces.has(VIP)).isTrue();
    assertThat(host.instance().counters()).containsEntry("addresses-restored", 1L);
  }

  @Test
  void triesLessAndLessOftenWhenTheKernelKeepsRefusing() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.interfaces.refuse(VIP, "EPERM");
    host.runSeconds(3600);

    // each attempt takes the address from a healthy node for a moment: after 1, 2, 4, ... minutes
    assertThat(host.instance().counters().get("master-transitions")).isBetween(5L, 7L);
    assertThat(host.instance().waitingFor())
        .singleElement()
        .asString()
        .contains("attempt in 32 min");
  }

  @Test
  void triesAtOnceAfterAChangeOfTheConfiguration() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.interfaces.refuse(VIP, "EPERM");
    host.runSeconds(400);
    host.interfaces.permit(VIP);
    host.reload(Configurations.instance(101));
    host.runSeconds(5);

    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void asksForNothingWhenTheInterfaceGoesWithTheAddress() {
    FakeHost host = active();
    host.trace.take();
    host.interfaces.takeAddress(2, VIP + "/32");
    host.settle();
    host.interfaces.putLink(2, "eth0", false);
    host.run(50_000_000L);

    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.trace.lines()).noneMatch(line -> line.startsWith("install"));
  }

  @Test
  void putsBackWhatWentWhileEventsWereLost() {
    FakeHost host = active();
    host.interfaces.loseReports(true);
    host.interfaces.takeAddress(2, VIP + "/32");
    host.interfaces.loseReports(false);
    host.interfaces.askToResynchronize();
    host.run(50_000_000L);

    assertThat(host.interfaces.has(VIP)).isTrue();
  }

  @Test
  void leavesTheHostsOwnAddressToAnOwner() {
    FakeHost host = new FakeHost(Configurations.instance(255));
    host.interfaces.putAddress(2, VIP + "/32");
    host.start();
    host.runSeconds(2);
    assertThat(host.instance().state()).isEqualTo("MASTER");

    host.stop();
    assertThat(host.interfaces.has(VIP)).isTrue();
  }

  private static FakeHost active() {
    return FakeHost.active(Configurations.instance(100));
  }

  @Test
  void announcesAgainWhenTheInterfaceHasAnotherHardwareAddress() {
    FakeHost host = new FakeHost(Configurations.instance(255)).start();
    host.runSeconds(10);
    host.trace.take();
    host.interfaces.changeMac(2, 0x02AA_BBCC_DD01L);
    host.settle();
    assertThat(host.trace.take().stream().filter("announce 10.0.0.100 on eth0"::equals)).hasSize(5);
    host.interfaces.putTentativeAddress(2, "10.0.0.77/24");
    host.settle();
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("announce"));
  }

  @Test
  void announcesNothingForAnotherHardwareAddressWhileBackup() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.interfaces.changeMac(2, 0x02AA_BBCC_DD01L);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("announce"));
  }
}
