package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** Which static entries are ours: what others put there stays, what we left is found again. */
class StaticOwnershipTest extends StaticScene {

  /**
   * A process that is killed before it asked for them must not leave another one's in its ledger.
   */
  @Test
  void areNotRecordedBeforeTheyAreAskedFor() {
    FakeHost host = started(ADDRESS, ROUTE, RULE);
    assertThat(host.routes.prepared()).isEmpty();
  }

  @Test
  void areNotAskedForWithoutAny() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(1);
    assertThat(effects(host)).isEmpty();
    assertThat(host.routes.listened()).isEmpty();
  }

  @Test
  void holdAnAddressThatAFormerRunHasLeft() {
    FakeHost host = new FakeHost(configuration(ADDRESS, ROUTE, RULE));
    putMarked(host);
    host.interfaces.leaveAll();
    host.start();
    host.runSeconds(1);
    assertThat(host.trace.take()).noneMatch(it -> it.startsWith("install 10.0.0.50"));
    assertThat(host.status().statics().held()).contains("address 10.0.0.50/24 dev eth0");
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isFalse();
  }

  /** Two daemons in one network namespace bear the same mark. */
  @Test
  void leaveAnAddressThatAnotherVipdHasUntilItGoes() {
    FakeHost host = new FakeHost(configuration(ADDRESS, ROUTE, RULE));
    host.interfaces.keepMarks();
    putMarked(host);
    host.start();
    host.runSeconds(20);
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("static address"))
        .containsExactly(
            "warn static address 10.0.0.50/24 on eth0 is not installed: it is there already,"
                + " another vipd on this host, or one whose ledger is lost, added it, and it is"
                + " left alone");
    host.interfaces.takeAddress(2, ADDRESS);
    host.runSeconds(1);
    assertThat(host.status().statics().held()).contains("address 10.0.0.50/24 dev eth0");
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isFalse();
  }

  @Test
  void leaveAnAddressThatAnotherProgramReplaced() {
    FakeHost host = new FakeHost(configuration(ADDRESS, ROUTE, RULE));
    host.interfaces.keepMarks();
    host.start();
    host.runSeconds(1);
    host.interfaces.putAddress(2, ADDRESS);
    host.runSeconds(1);
    assertThat(host.status().statics().held()).doesNotContain("address 10.0.0.50/24 dev eth0");
    assertThat(host.journal.messages())
        .contains(
            "warn static address 10.0.0.50/24 on eth0 is ours no more: another program has"
                + " replaced it, and it is left alone");
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
  }

  /** Before the loop has had a turn to look at it. */
  @Test
  void leaveAnAddressThatWasReplacedAMomentBeforeTheStop() {
    FakeHost host = new FakeHost(configuration(ADDRESS, ROUTE, RULE));
    host.interfaces.keepMarks();
    host.start();
    host.runSeconds(1);
    host.interfaces.putAddress(2, ADDRESS);
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
  }

  /** Before Linux 5.18 nothing bears a mark. */
  @Test
  void goAlsoWhereTheKernelKeepsNoMarks() {
    FakeHost host = new FakeHost(configuration(ADDRESS, ROUTE, RULE)).start();
    host.runSeconds(6);
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isFalse();
  }

  @Test
  void takeNoOthersOfTheirNetworkWithThem() {
    String other = "10.5.0.51/24";
    FakeHost host = started("10.5.0.50/24\n" + other, ROUTE, RULE);
    host.runSeconds(1);
    host.trace.take();
    host.reload(configuration(other, ROUTE, RULE));
    assertThat(host.trace.take())
        .containsSubsequence("promote others", "remove 10.5.0.50/24 on eth0");
    host.reload(configuration("10.5.0.52/24\n" + other, ROUTE, RULE));
    host.runSeconds(1);
    host.trace.take();
    host.reload(configuration(other, ROUTE, RULE));
    assertThat(host.trace.take())
        .contains("remove 10.5.0.52/24 on eth0")
        .doesNotContain("promote others");
    host.stop();
    assertThat(host.trace.take()).doesNotContain("promote others");
  }

  @Test
  void leaveAMarkedAddressThatAReloadNames() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.interfaces.putAddress(2, ADDRESS);
    host.interfaces.markAll(LocalAddress.Origin.VIPD);
    host.runSeconds(1);
    host.reload(configuration(ADDRESS, ROUTE, RULE));
    host.runSeconds(1);
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
  }

  @Test
  void leaveWhatWasThereBefore() {
    FakeHost host = new FakeHost(configuration(ADDRESS, ROUTE, RULE));
    host.interfaces.putAddress(2, ADDRESS);
    host.routes.put(ROUTE);
    host.routes.put(RULE);
    host.start();
    host.runSeconds(20);
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("left alone"))
        .containsExactlyInAnyOrder(
            "warn static address 10.0.0.50/24 on eth0 is not installed: it is there already,"
                + " somebody else added it, and it is left alone",
            "warn static: route "
                + ROUTE
                + " is not installed: there is one already with this table, destination and"
                + " metric, which somebody else added; it is left alone",
            "warn static: rule "
                + RULE
                + " is not installed: there is one already with this priority, selector and"
                + " table, which somebody else added; it is left alone");
    assertThat(host.status().statics().entries()).hasSize(3);
    assertThat(host.status().statics().held()).isEmpty();
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
    assertThat(host.routes.all())
        .containsExactly(ROUTE + " of an operator", RULE + " of an operator");
  }

  @Test
  void takeThePlaceOfWhatGoesAway() {
    FakeHost host = new FakeHost(configuration(ADDRESS, ROUTE, RULE));
    host.interfaces.putAddress(2, ADDRESS);
    host.start();
    host.interfaces.takeAddress(2, ADDRESS);
    host.runSeconds(6);
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
    assertThat(counter(host, "static-addresses-restored")).isZero();
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isFalse();
  }
}
