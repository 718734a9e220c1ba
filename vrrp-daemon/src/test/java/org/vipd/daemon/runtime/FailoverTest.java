package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.FakeLan;

/** Two whole daemons on one wire and one virtual clock. */
class FailoverTest {

  private final FakeLan lan = new FakeLan();

  private FakeHost high(String... lines) {
    return lan.add(Configurations.instance(150, lines), "10.0.0.2/24");
  }

  private FakeHost low(String... lines) {
    return lan.add(Configurations.instance(100, lines), "10.0.0.3/24");
  }

  private static void expectHolder(FakeHost holder, FakeHost other) {
    assertThat(holder.instance().state()).isEqualTo("MASTER");
    assertThat(other.instance().state()).isEqualTo("BACKUP");
    assertThat(holder.interfaces.has("10.0.0.100")).isTrue();
    assertThat(other.interfaces.has("10.0.0.100")).isFalse();
  }

  @Test
  void electsTheHigherPriority() {
    FakeHost high = high().start();
    FakeHost low = low().start();
    lan.runSeconds(10);
    expectHolder(high, low);
    assertThat(low.instance().active().priority()).isEqualTo(150);
    assertThat(low.instance().active().address()).isEqualTo("10.0.0.2");
    assertThat(low.instance().counters()).containsEntry("master-transitions", 0L);
  }

  @Test
  void electsTheHighestOfThreeThatStartTogether() {
    FakeHost first = lan.add(Configurations.instance(254), "10.0.0.2/24").start();
    FakeHost second = lan.add(Configurations.instance(253), "10.0.0.3/24").start();
    FakeHost third = lan.add(Configurations.instance(100), "10.0.0.4/24").start();
    lan.runSeconds(10);
    assertThat(first.instance().state()).isEqualTo("MASTER");
    for (FakeHost other : List.of(second, third)) {
      assertThat(other.instance().state()).isEqualTo("BACKUP");
      assertThat(other.instance().counters()).containsEntry("master-transitions", 0L);
    }
  }

  @Test
  void electsTheHigherAddressAmongEquals() {
    FakeHost first = lan.add(Configurations.instance(100), "10.0.0.2/24").start();
    FakeHost second = low().start();
    lan.cut(first);
    lan.runSeconds(10);
    lan.heal(first);
    lan.runSeconds(3);
    expectHolder(second, first);
    assertThat(first.instance().reason())
        .isEqualTo("10.0.0.3 has our priority 100 and a higher address");
  }

  @Test
  void takesOverAfterTheMasterDownIntervalWhenTheActiveFallsSilent() {
    FakeHost high = high().start();
    FakeHost low = low().start();
    lan.runSeconds(10);
    high.kill();
    long killed = lan.nanos();
    lan.runSeconds(2.0);
    assertThat(low.instance().state()).isEqualTo("BACKUP");
    lan.runSeconds(1.7);
    assertThat(low.instance().state()).isEqualTo("MASTER");
    assertThat(low.instance().reason()).startsWith("no advertisement from 10.0.0.2 for 3.609 s");
    assertThat(lan.nanos() - killed).isEqualTo(3_700_000_000L);
  }

  @Test
  void takesOverAfterTheSkewTimeWhenTheActiveResigns() {
    FakeHost high = high().start();
    FakeHost low = low().start();
    lan.runSeconds(10);
    high.stop();
    lan.runSeconds(0.609);
    assertThat(low.instance().state()).isEqualTo("BACKUP");
    lan.runSeconds(0.001);
    assertThat(low.instance().state()).isEqualTo("MASTER");
    assertThat(low.instance().reason()).isEqualTo("10.0.0.2 resigned (priority 0)");
    assertThat(high.interfaces.has("10.0.0.100")).isFalse();
  }

  @Test
  void preemptsALowerActive() {
    FakeHost low = low().start();
    lan.runSeconds(5);
    FakeHost high = high().start();
    lan.runSeconds(5);
    expectHolder(high, low);
    assertThat(high.instance().reason())
        .isEqualTo("took over from 10.0.0.3: its priority 100 is lower than ours 150");
  }

  @Test
  void leavesALowerActiveAloneWithNopreempt() {
    FakeHost low = low().start();
    lan.runSeconds(5);
    FakeHost high = high("nopreempt").start();
    lan.runSeconds(60);
    expectHolder(low, high);
  }

  @Test
  void waitsThePreemptDelay() {
    FakeHost low = low().start();
    lan.runSeconds(5);
    FakeHost high = high("preempt_delay 20").start();
    lan.runSeconds(20);
    expectHolder(low, high);
    lan.runSeconds(6);
    expectHolder(high, low);
  }

  @Test
  void hasOneHolderAgainAfterAPartitionHeals() {
    FakeHost high = high().start();
    FakeHost low = low().start();
    lan.runSeconds(10);
    lan.cut(high);
    lan.runSeconds(10);
    assertThat(high.instance().state()).isEqualTo("MASTER");
    assertThat(low.instance().state()).isEqualTo("MASTER");
    lan.heal(high);
    lan.runSeconds(1.1);
    expectHolder(high, low);
    assertThat(high.instance().counters()).containsEntry("released-master", 0L);
  }

  @Test
  void followsAPriorityThatAReloadLowers() {
    FakeHost high = high().start();
    FakeHost low = low().start();
    lan.runSeconds(10);
    high.reload(Configurations.instance(50));
    lan.runSeconds(5);
    expectHolder(low, high);
  }

  @Test
  void movesOverUnicastAsOverMulticast() {
    FakeHost high = high("unicast_peer { 10.0.0.3 }").start();
    FakeHost low = low("unicast_peer { 10.0.0.2 }").start();
    lan.runSeconds(10);
    expectHolder(high, low);
    high.kill();
    lan.runSeconds(4);
    assertThat(low.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void speaksPasswordsAndVersionThreeAlike() {
    String password = "authentication {\n auth_type PASS\n auth_pass secret\n}";
    FakeHost high = high(password).start();
    FakeHost low = low(password).start();
    lan.runSeconds(10);
    expectHolder(high, low);
    high.stop();
    low.stop();
    FakeHost newHigh = high("version 3", "advert_int 0.1").start();
    FakeHost newLow = low("version 3", "advert_int 0.1").start();
    lan.runSeconds(1);
    expectHolder(newHigh, newLow);
    newHigh.kill();
    lan.runSeconds(0.37);
    assertThat(newLow.instance().state()).isEqualTo("MASTER");
  }
}
