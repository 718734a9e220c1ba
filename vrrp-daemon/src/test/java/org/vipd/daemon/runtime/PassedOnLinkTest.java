package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/**
 * The name of an interface goes to another one while the loop looks away: it was renamed, deleted
 * and created again, or a bridge took its name.
 */
class PassedOnLinkTest {

  private static final String VIP = "10.0.0.100";
  private static final int FORMER = 2;
  private static final int HEIR = 3;

  private static void rename(FakeHost host) {
    host.interfaces.putLink(FORMER, "port0", true);
    appear(host);
  }

  private static void replace(FakeHost host) {
    host.interfaces.removeLink(FORMER);
    appear(host);
  }

  private static void appear(FakeHost host) {
    host.interfaces.putLink(HEIR, "eth0", true);
    host.interfaces.putAddress(HEIR, "10.0.0.2/24");
  }

  private static List<Integer> holders(FakeHost host) throws PortException {
    return holders(host, VIP);
  }

  private static List<Integer> holders(FakeHost host, String address) throws PortException {
    return host.interfaces.addresses().stream()
        .filter(it -> it.address().toString().equals(address))
        .map(LocalAddress::interfaceIndex)
        .toList();
  }

  @Test
  void anActiveTakesNothingAlongWhenItsInterfaceIsRenamed() throws PortException {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(10);
    assertThat(holders(host)).containsExactly(FORMER);
    rename(host);
    host.settle();

    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(holders(host)).isEmpty();
    assertThat(host.journal.messages())
        .anyMatch(
            it ->
                it.contains(
                    "MASTER -> FAULT (interface eth0 is another one now, number 3 instead of 2"));
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(holders(host)).containsExactly(HEIR);
  }

  @Test
  void anActiveBeginsAnewWhenItsInterfaceIsCreatedAgain() throws PortException {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(10);
    replace(host);
    host.settle();

    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(holders(host)).containsExactly(HEIR);
  }

  /** The silence of one network proves nothing about another. */
  @Test
  void aBackupListensForAWholeIntervalOnTheOtherLink() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(3);
    rename(host);
    host.runSeconds(3);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.runSeconds(1);

    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** As after lost reports: what counts is what is there. */
  @Test
  void isFoundAfterLostReports() throws PortException {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(10);
    host.interfaces.loseReports(true);
    rename(host);
    host.interfaces.loseReports(false);
    host.interfaces.askToResynchronize();
    host.settle();

    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(holders(host)).isEmpty();
  }

  @Test
  void anAddressOnAnotherInterfaceIsNoLessOfTheRouter() throws PortException {
    String elsewhere = "10.0.1.100";
    FakeHost host =
        new FakeHost(
            Configurations.instance(100, "virtual_ipaddress { " + elsewhere + " dev eth1 }"));
    host.interfaces.putLink(7, "eth1", true);
    host.start();
    host.runSeconds(10);
    assertThat(holders(host, elsewhere)).containsExactly(7);
    host.interfaces.putLink(7, "old1", true);
    host.interfaces.putLink(8, "eth1", true);
    host.settle();

    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(holders(host, elsewhere)).isEmpty();
    host.runSeconds(4);
    assertThat(holders(host, elsewhere)).containsExactly(8);
  }
}
