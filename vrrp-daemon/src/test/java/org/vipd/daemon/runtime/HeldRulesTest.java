package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** Rules that go with the addresses of an Active, beside routes ({@link HeldRoutesTest}). */
class HeldRulesTest {

  private static final String ROUTE = "0.0.0.0/0 via 10.0.0.1 dev eth0 table 1";
  private static final String RULE = "from 10.0.0.100/32 table 1 priority 100";
  private static final String OTHER = "from all iif eth0 table 1 priority 101";

  private static String configuration(String route, String... rules) {
    return withPriority(100, route, rules);
  }

  private static String withPriority(int priority, String route, String... rules) {
    String listed = String.join("\n", rules);
    return Configurations.instance(
        priority, "virtual_rules {", listed, "}", "virtual_routes {", route, "}");
  }

  private static FakeHost active(String... rules) {
    return FakeHost.active(configuration(ROUTE, rules));
  }

  private static List<String> effects(FakeHost host) {
    return host.trace.take().stream()
        .filter(line -> line.startsWith("install") || line.startsWith("remove"))
        .toList();
  }

  @Test
  void areInstalledWithTheRoutesTheyLookAtAndBehindThem() {
    FakeHost host = active(RULE, OTHER);
    assertThat(effects(host))
        .startsWith(
            "install 10.0.0.100/32 on eth0",
            "install route " + ROUTE + ", rule " + RULE + ", rule " + OTHER);
    assertThat(host.instance().rules()).containsExactly(RULE, OTHER);
    assertThat(host.instance().heldRules()).containsExactly(RULE, OTHER);
    assertThat(host.instance().heldRoutes()).containsExactly(ROUTE);
  }

  @Test
  void areRemovedBeforeRoutesAndAddresses() {
    FakeHost host = active(RULE, OTHER);
    host.trace.take();
    host.stop();
    assertThat(effects(host))
        .containsExactly(
            "remove rule " + OTHER + ", rule " + RULE + ", route " + ROUTE,
            "remove 10.0.0.100/32 on eth0");
    assertThat(host.routes.all()).isEmpty();
  }

  @Test
  void areNotInstalledOnABackup() {
    FakeHost host = new FakeHost(configuration(ROUTE, RULE)).start();
    host.runSeconds(2);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.routes.all()).isEmpty();
    assertThat(host.instance().rules()).containsExactly(RULE);
    assertThat(host.instance().heldRules()).isEmpty();
  }

  /** Another program's rules may have the same priority. */
  @Test
  void areNotMeantByTheLossOfARuleWithAnotherTable() {
    FakeHost host = active(RULE, OTHER);
    host.trace.take();
    host.routes.take("from all table 2 priority 100");
    host.runSeconds(0.05);
    assertThat(effects(host)).isEmpty();
    host.routes.take(RULE);
    host.runSeconds(0.05);
    assertThat(effects(host)).containsExactly("install rule " + RULE);
  }

  @Test
  void arePutBackWithin50MillisecondsAndOnlyWhatWasRemoved() {
    FakeHost host = active(RULE, OTHER);
    host.routes.take(RULE);
    host.trace.take();
    host.runSeconds(0.05);
    assertThat(effects(host)).containsExactly("install rule " + RULE);
    assertThat(host.routes.all()).contains(RULE);
    assertThat(host.instance().counters()).containsEntry("routes-restored", 1L);
    assertThat(host.journal.messages())
        .contains("warn VI_1: rule " + RULE + " was gone and is put back");
  }

  @Test
  void makeTheInstanceGiveUpWhenAnotherProgramKeepsRemovingOne() {
    FakeHost host = active(RULE);
    for (int i = 0; i < 6; i++) {
      host.routes.take(RULE);
      host.runSeconds(0.05);
    }
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason()).contains("another program keeps removing rule " + RULE);
    assertThat(host.routes.all()).isEmpty();
  }

  @Test
  void areNotPutBackWithoutTracking() {
    FakeHost host = active(RULE + " no_track");
    host.routes.take(RULE);
    host.runSeconds(6);
    assertThat(host.routes.all()).containsExactly(ROUTE);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** The kernel adds the first and says of the second that it is there. */
  @Test
  void areAskedForOnceWhenTheyAreNamedTwice() {
    FakeHost host = active(RULE, OTHER, RULE);
    assertThat(effects(host))
        .contains("install route " + ROUTE + ", rule " + RULE + ", rule " + OTHER);
    assertThat(host.instance().heldRules()).containsExactly(RULE, OTHER);
    assertThat(String.join("\n", host.journal.messages())).doesNotContain("left alone");
    host.stop();
    assertThat(host.routes.all()).isEmpty();
  }

  @Test
  void areLeftAloneWhenSomebodyElseHasOne() {
    FakeHost host = new FakeHost(configuration(ROUTE, RULE));
    host.routes.put(RULE);
    host.start();
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().heldRules()).isEmpty();
    host.stop();
    assertThat(host.routes.all()).containsExactly(RULE + " of an operator");
    assertThat(String.join("\n", host.journal.messages()))
        .contains(
            "rule "
                + RULE
                + " is not installed: there is one already with this priority, selector and table");
  }

  /** Else their loss would be noticed seconds later, and a takeover would wait for the ledger. */
  @Test
  void arePreparedWhenAReloadBringsTheFirst() {
    for (int priority : new int[] {100, 1}) {
      FakeHost host = new FakeHost(Configurations.instance(priority)).start();
      host.runSeconds(priority == 100 ? 4 : 1);
      assertThat(host.routes.prepared()).isEmpty();
      host.reload(withPriority(priority, ROUTE, RULE));
      assertThat(host.routes.prepared()).containsExactly(ROUTE, RULE);
    }
  }

  @Test
  void changeAloneOnAReload() {
    FakeHost host = active(RULE);
    host.trace.take();
    assertThat(host.plan(configuration(ROUTE, OTHER)).toString())
        .contains("removes rule " + RULE, "installs rule " + OTHER);
    host.reload(configuration(ROUTE, OTHER));
    assertThat(effects(host))
        .startsWith("remove rule " + RULE)
        .noneMatch(it -> it.contains("10.0.0.100/32 on"));
    assertThat(host.routes.all()).containsExactly(ROUTE, OTHER);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }
}
