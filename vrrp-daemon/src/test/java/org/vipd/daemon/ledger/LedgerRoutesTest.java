package org.vipd.daemon.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.port.RouteInstall;

/** Routes and rules in the ledger. */
class LedgerRoutesTest extends LedgerFixture {

  @Test
  void recordsRoutesInAFormatThatOldVersionsRefuse() throws IOException {
    Ledger ledger = new Ledger(ledgerFile(), host.journal);
    new RecordedAddresses(host.interfaces, ledger).prepare(List.of(install("10.0.0.8")));
    new RecordedRoutes(host.routes, ledger)
        .prepare(List.of(route("10.1.0.0/16 via 10.0.0.1 dev eth0"), route("10.2.0.0/16")));
    assertThat(host.routes.all()).isEmpty();
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            vipd-ledger 2
            address\t2\teth0\t10.0.0.8/32
            route\t2\t10.1.0.0/16 via 10.0.0.1 dev eth0
            route\t0\t10.2.0.0/16
            end 3
            """);
    assertThat(ledgerFile().read().routes()).hasSize(2);
    assertThat(ledgerFile().read().complaint()).isEmpty();
  }

  @Test
  void recordsNothingOfWhatIsOnlyListenedFor() {
    RecordedRoutes recorder = routeRecorder();
    recorder.listen(List.of(route("10.1.0.0/16 dev eth0")));
    assertThat(host.routes.listened()).hasSize(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void removesRoutesItRecordedAndNoOthers() {
    String ours = "10.1.0.0/16 via 10.0.0.1 dev eth0";
    String absent = "10.2.0.0/16 via 10.0.0.1 dev eth0 src 10.0.0.8 table 7 metric 5";
    routeRecorder().install(List.of(route(ours), route(absent)));
    host.routes.drop(absent);
    host.routes.put("10.3.0.0/16");
    Reclaim reclaim = reclaimer();
    // routes have no lease, so they go with the others that may stay
    assertThat(reclaim.release(true)).isTrue();
    assertThat(host.routes.all()).containsExactly("10.3.0.0/16 of an operator");
    assertThat(host.journal.messages())
        .containsExactly("warn removed route " + ours + ": left over from a former run");
    assertThat(reclaim.release(false)).isTrue();
    assertThat(ledgerFile().read().routes()).isEmpty();
  }

  private List<String> recorded() {
    return ledgerFile().read().routes().stream().map(RouteEntry::text).toList();
  }

  @Test
  void withdrawsWhatWasThereOrIsRefusedAndKeepsTheRest() {
    String ours = "10.1.0.0/16 via 10.0.0.1 dev eth0";
    String others = "10.2.0.0/16 via 10.0.0.1 dev eth0";
    String refused = "10.3.0.0/16 via 10.9.0.1 dev eth0";
    host.routes.put(others);
    host.routes.refuse(refused, "ENETUNREACH");
    RecordedRoutes recorder = routeRecorder();
    List<RouteInstall> all = List.of(route(ours), route(others), route(refused));
    recorder.prepare(all);
    assertThat(recorded()).containsExactly(ours, others, refused);
    recorder.install(all);
    assertThat(recorded()).containsExactly(ours);
    // asked for again, ours is there as well
    recorder.install(all);
    recorder.prepare(all);
    assertThat(recorded()).containsExactly(ours);
    host.routes.permit(refused);
    assertThat(reclaim()).isTrue();
    assertThat(host.routes.all()).containsExactly(others + " of an operator");
  }

  @Test
  void recordsWhatIsAddedInTheEnd() {
    String text = "10.2.0.0/16 via 10.0.0.1 dev eth0";
    host.routes.put(text);
    RecordedRoutes recorder = routeRecorder();
    recorder.install(List.of(route(text)));
    assertThat(recorded()).isEmpty();
    host.routes.drop(text);
    recorder.install(List.of(route(text)));
    assertThat(recorded()).containsExactly(text);
    assertThat(reclaim()).isTrue();
    assertThat(host.routes.all()).isEmpty();
  }

  private static VirtualRoute untracked(String text) {
    VirtualRoute it = VirtualRoute.parse(text).orElseThrow();
    return new VirtualRoute(
        it.kind(),
        it.destination(),
        it.prefixLength(),
        it.gateway(),
        it.device(),
        it.source(),
        it.table(),
        it.options(),
        false);
  }

  @Test
  void keepsTheRouteThatAnotherRouterAdded() {
    String text = "10.2.0.0/16 via 10.0.0.1 dev eth0";
    RouteInstall untracked = new RouteInstall(2, untracked(text));
    RecordedRoutes recorder = routeRecorder();
    recorder.install(List.of(route(text)));
    recorder.install(List.of(untracked));
    assertThat(recorded()).containsExactly(text);
    // given up by the one, then somebody else's
    recorder.remove(List.of(route(text)));
    host.routes.put(text);
    recorder.install(List.of(untracked));
    assertThat(recorded()).isEmpty();
  }

  @Test
  void asksForTheVerdictAgainWhenWhatWasAddedIsRefused() {
    String text = "10.2.0.0/16 via 10.0.0.1 dev eth0";
    RecordedRoutes recorder = routeRecorder();
    recorder.install(List.of(route(text)));
    host.routes.refuse(text, "ENETDOWN");
    recorder.install(List.of(route(text)));
    assertThat(recorded()).containsExactly(text);
    host.routes.permit(text);
    host.routes.drop(text);
    host.routes.put(text);
    recorder.install(List.of(route(text)));
    assertThat(recorded()).isEmpty();
  }

  /** A takeover does not wait for a file. */
  @Test
  void writesNothingAtAPromotionWhereNothingExisted() throws IOException {
    List<RouteInstall> all = List.of(route("10.1.0.0/16 dev eth0"), route("10.2.0.0/16 dev eth0"));
    RecordedRoutes recorder = routeRecorder();
    recorder.prepare(all);
    Files.delete(file);
    recorder.install(all);
    recorder.remove(all);
    recorder.install(all);
    assertThat(file).doesNotExist();
  }

  @Test
  void removesRulesOfTheLedgerBeforeTheirRoutes() {
    String rule = "from 10.0.0.100/32 table 1 priority 100";
    RouteInstall wanted = new RouteInstall(0, VirtualRule.parse(rule).orElseThrow());
    RouteInstall other =
        new RouteInstall(0, VirtualRule.parse("from all table 2 priority 7").orElseThrow());
    routeRecorder().install(List.of(route("10.1.0.0/16 dev eth0"), wanted, other));
    host.routes.drop("from all table 2 priority 7");
    assertThat(ledgerFile().read().routes()).hasSize(3);
    host.trace.take();
    assertThat(reclaim()).isTrue();
    assertThat(host.trace.take())
        .containsExactly(
            "remove rule from all table 2 priority 7, rule "
                + rule
                + ", route 10.1.0.0/16 dev eth0");
    assertThat(host.routes.all()).isEmpty();
    assertThat(host.journal.messages())
        .contains("warn removed rule " + rule + ": left over from a former run")
        .noneMatch(it -> it.contains("table 2"));
  }

  @Test
  void leavesTheRouteOfAnInterfaceThatTookTheNumber() {
    routeRecorder().install(List.of(route("10.1.0.0/16 dev eth0")));
    host.interfaces.putLink(2, "eth7", true);
    assertThat(reclaim()).isTrue();
    assertThat(host.routes.all()).hasSize(1);
  }

  @Test
  void keepsTheLedgerWhenARouteCannotBeRemoved() {
    routeRecorder().install(List.of(route("10.1.0.0/16 dev eth0")));
    host.routes.refuse("10.1.0.0/16 dev eth0", "EPERM");
    assertThat(reclaim()).isFalse();
    assertThat(ledgerFile().read().routes()).hasSize(1);
  }

  @Test
  void recordsFurtherWhatAStartCannotRemove() {
    RouteInstall stuck = route("10.9.0.0/16 via 10.0.0.1");
    routeRecorder().install(List.of(stuck));
    host.routes.refuse(stuck.text(), "not permitted");
    Ledger next = reclaimer().start(List.of());
    new RecordedRoutes(host.routes, next).prepare(List.of(route("10.8.0.0/16 via 10.0.0.1")));
    assertThat(ledgerFile().read().routes()).hasSize(2).contains(RouteEntry.of(stuck));
  }
}
