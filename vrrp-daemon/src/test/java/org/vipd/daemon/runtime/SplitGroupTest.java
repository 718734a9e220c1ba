package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.FakeLan;

/** Two hosts of which each has one of two instances, and reloads that make a group of them. */
class SplitGroupTest {

  private static final List<String> FIRST = List.of("150", "100");
  private static final List<String> SECOND = List.of("100", "150");

  private final FakeLan lan = new FakeLan();
  private final FakeHost one = lan.add(text(FIRST, ""), "10.0.0.2/24");
  private final FakeHost other = lan.add(text(SECOND, ""), "10.0.0.3/24");

  private static String text(List<String> priorities, String group) {
    return group + instance("A", 51, priorities.get(0)) + instance("B", 52, priorities.get(1));
  }

  private static String instance(String name, int vrid, String priority) {
    return "vrrp_instance %s {\ninterface eth0\nvirtual_router_id %d\npriority %s\n"
            .formatted(name, vrid, priority)
        + "virtual_ipaddress { 10.0.0.%d }\n}\n".formatted(vrid + 49);
  }

  private static String group() {
    return "vrrp_sync_group G {\ngroup {\nA\nB\n}\n}\n";
  }

  private static List<String> states(FakeHost host) {
    return host.status().instances().stream().map(it -> it.state()).toList();
  }

  private static long moves(FakeHost host) {
    return host.journal.messages().stream().filter(it -> it.contains(" -> ")).count();
  }

  private void startSplit() {
    one.start();
    other.start();
    lan.runSeconds(12);
    assertThat(states(one)).containsExactly("MASTER", "BACKUP");
    assertThat(states(other)).containsExactly("BACKUP", "MASTER");
  }

  private void expectOneHasAll(String where) {
    List<String> all = List.of("MASTER", "MASTER");
    List<String> none = List.of("BACKUP", "BACKUP");
    boolean firstHas = states(one).equals(all);
    assertThat(states(one)).as(where).isEqualTo(firstHas ? all : none);
    assertThat(states(other)).as(where).isEqualTo(firstHas ? none : all);
  }

  @Test
  void aHostThatIsReloadedAloneGivesToTheOther() {
    startSplit();
    one.reload(text(FIRST, group()));
    lan.runSeconds(3.5);
    assertThat(states(one)).containsExactly("MASTER", "BACKUP");
    lan.runSeconds(1.5);
    assertThat(states(one)).containsExactly("BACKUP", "BACKUP");
    assertThat(states(other)).as("priority 0 is answered after the skew").containsOnly("MASTER");
    long moves = moves(one) + moves(other);
    other.reload(text(SECOND, group()));
    lan.runSeconds(60);
    assertThat(moves(one) + moves(other)).as("and all stay").isEqualTo(moves);
  }

  /** Whenever the second reload comes, one host has both in the end and keeps them. */
  @Test
  void twoReloadsEndWithOneHostThatHasAll() {
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      double pause = random.nextInt(8000) / 1000.0;
      new SplitGroupTest().reloadBoth(pause);
    }
  }

  private void reloadBoth(double pause) {
    String where = "the second reload after " + pause + " s";
    startSplit();
    one.reload(text(FIRST, group()));
    lan.runSeconds(pause);
    other.reload(text(SECOND, group()));
    lan.runSeconds(12);
    expectOneHasAll(where);
    long moves = moves(one) + moves(other);
    lan.runSeconds(60);
    expectOneHasAll(where);
    assertThat(moves(one) + moves(other)).as(where).isEqualTo(moves);
    one.kill();
    other.kill();
  }
}
