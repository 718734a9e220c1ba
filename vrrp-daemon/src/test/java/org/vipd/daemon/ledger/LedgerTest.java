package org.vipd.daemon.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.LocalAddress.Origin;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

/** What one process records, and what the next one makes of it. */
class LedgerTest {

  @TempDir private Path directory;

  private final FakeHost host = new FakeHost(Configurations.instance(100));
  private NetworkNamespace here = NetworkNamespace.UNKNOWN;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("ledger");
  }

  private static AddressInstall install(String address) {
    return new AddressInstall(
        2,
        "eth0",
        new VirtualAddressConfig(
            Packets.address(address), 32, Optional.empty(), AddressOptions.NONE, true));
  }

  private RecordedAddresses recorder() {
    return new RecordedAddresses(host.interfaces, new Ledger(ledgerFile(), host.journal));
  }

  private LedgerFile ledgerFile() {
    return new LedgerFile(file, here);
  }

  private Reclaim reclaimer() {
    return new Reclaim(ledgerFile(), host.interfaces, host.interfaces, host.routes, host.journal);
  }

  private boolean reclaim() {
    return reclaimer().release(false);
  }

  @Test
  void recordsBeforeAnythingIsInstalled() throws IOException {
    recorder().prepare(List.of(install("10.0.0.8"), install("10.0.0.9")));
    assertThat(host.interfaces.has("10.0.0.8")).isFalse();
    assertThat(Files.readString(file))
        .isEqualTo(
            "vipd-ledger 1\naddress\t2\teth0\t10.0.0.8/32\naddress\t2\teth0\t10.0.0.9/32\nend 2\n");
  }

  @Test
  void removesWhatItRecordedAndInstalled() {
    RecordedAddresses recorder = recorder();
    recorder.install(List.of(install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    assertThat(reclaim()).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isFalse();
    assertThat(host.interfaces.has("10.0.0.2")).isTrue();
    assertThat(String.join("\n", host.journal.messages()))
        .contains("removing 10.0.0.9/32 on eth0: left over");
    assertThat(ledgerFile().read().entries()).isEmpty();
  }

  @Test
  void leavesAnAddressThatSomebodyElseHasAdded() {
    recorder().prepare(List.of(install("10.0.0.9")));
    host.interfaces.putAddress(2, "10.0.0.9/32");
    assertThat(reclaim()).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isTrue();
    assertThat(String.join("\n", host.journal.messages()))
        .contains("somebody else has added it; it stays");
  }

  @Test
  void leavesWhatIsMarkedAndNotRecorded() {
    recorder().prepare(List.of(install("10.0.0.9")));
    host.interfaces.putAddress(2, "10.0.0.8/32");
    host.interfaces.markAll(Origin.VIPD);
    assertThat(reclaim()).isTrue();
    assertThat(host.interfaces.has("10.0.0.8")).isTrue();
  }

  @Test
  void leavesToTheirLeaseWhatMayBeResumed() {
    recorder().install(List.of(install("10.0.0.8"), install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD_LEASED);
    Reclaim reclaim = reclaimer();
    assertThat(reclaim.release(true)).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isTrue();
    assertThat(reclaim.release(false)).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isFalse();
  }

  @Test
  void leavesStaticAddressesThatTheNextRunWantsAsWell() {
    recorder().install(List.of(install("10.0.0.8"), install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    VirtualAddressConfig wanted =
        new VirtualAddressConfig(
            Packets.address("10.0.0.8"), 32, Optional.of("eth0"), AddressOptions.NONE, true);
    Reclaim reclaim = reclaimer();
    RecordedAddresses next = new RecordedAddresses(host.interfaces, reclaim.start(List.of(wanted)));
    assertThat(next.isLeft(new AddressInstall(2, "eth0", wanted))).isTrue();
    assertThat(next.isLeft(install("10.0.0.9"))).isFalse();
    assertThat(host.interfaces.has("10.0.0.8")).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isFalse();
  }

  @Test
  void leavesAnInterfaceThatTookTheNumber() {
    recorder().install(List.of(install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    host.interfaces.putLink(2, "eth7", true);
    assertThat(reclaim()).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isTrue();
  }

  private static RouteInstall route(String text) {
    return new RouteInstall(text.contains("dev") ? 2 : 0, VirtualRoute.parse(text).orElseThrow());
  }

  private RecordedRoutes routeRecorder() {
    return new RecordedRoutes(host.routes, new Ledger(ledgerFile(), host.journal));
  }

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
  void hasNothingToDoWithoutAFile() {
    assertThat(reclaim()).isTrue();
    assertThat(String.join("\n", host.journal.messages())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "something else",
        "vipd-ledger x\naddress\t2\teth0\t10.0.0.9/32\nend 1\n",
        "vipd-ledger 0\naddress\t2\teth0\t10.0.0.9/32\nend 1\n",
        "\u0000\u0000\u0000"
      })
  void ignoresAFileThatIsNotItsOwnAndSaysSo(String text) throws IOException {
    recorder().install(List.of(install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    Files.writeString(file, text);
    assertThat(reclaim()).isFalse();
    assertThat(host.interfaces.has("10.0.0.9")).isTrue();
    assertThat(String.join("\n", host.journal.messages())).contains(file.toString(), "is ignored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vipd-ledger 1\naddress\t2\teth0\t10.0.0.9/32\n",
        "vipd-ledger 1\naddress\t2\teth0\t10.0.0.9/32\naddr",
        "vipd-ledger 1\naddress\t2\teth0\t10.0.0.9/32\naddress\tx\teth0\t10.0.0.8/32\nend 2\n",
        "vipd-ledger 1\naddress\t2\teth0\t10.0.0.9/32\naddress\t2\teth0\t10.0.0.8/x\nend 2\n",
        "vipd-ledger 1\naddress\t2\teth0\t/\naddress\t2\teth0\t10.0.0.9/32\n"
      })
  void usesWhatCanBeReadOfADamagedFile(String text) throws IOException {
    recorder().install(List.of(install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    Files.writeString(file, text);
    assertThat(reclaim()).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isFalse();
    assertThat(String.join("\n", host.journal.messages()))
        .contains("is damaged; what can be read of it is used");
  }

  private static NetworkNamespace namespace(String boot, int number) {
    return new NetworkNamespace(boot, "net:[" + number + "]");
  }

  @Test
  void recordsWhereItIsWhereOlderVersionsDoNotRead() throws IOException {
    here = namespace("0a-1b", 4711);
    recorder().prepare(List.of(install("10.0.0.9")));
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            vipd-ledger 1
            address\t2\teth0\t10.0.0.9/32
            end 1
            namespace\t0a-1b\tnet:[4711]
            """);
    assertThat(ledgerFile().read().origin()).isEqualTo(here);
    assertThat(ledgerFile().read().complaint()).isEmpty();
  }

  @Test
  void releasesNothingInAnotherNamespaceAndSaysWhere() throws IOException {
    here = namespace("0a", 4711);
    recorder().install(List.of(install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    String before = Files.readString(file);
    here = namespace("0a", 4712);
    assertThat(reclaim()).isFalse();
    assertThat(host.interfaces.has("10.0.0.9")).isTrue();
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(host.journal.messages())
        .containsExactly(
            "error nothing is released: "
                + file
                + " is of network namespace net:[4711], and this is net:[4712]; run it there:"
                + " nsenter --net=/proc/PID/ns/net vipd release --runtime-dir "
                + directory
                + ", with a process of it that 'lsns -t net' shows; when there is none, delete"
                + " the file");
    here = namespace("0a", 4711);
    assertThat(reclaim()).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isFalse();
  }

  @Test
  void emptiesALedgerOfBeforeTheLastStartOfTheMachine() throws IOException {
    here = namespace("0a", 4711);
    recorder().install(List.of(install("10.0.0.9")));
    here = namespace("0b", 4712);
    assertThat(reclaim()).isTrue();
    assertThat(String.join("\n", host.journal.messages()))
        .contains("net:[4711] before the last start of this machine", "nothing of it is left");
    assertThat(ledgerFile().read().entries()).isEmpty();
  }

  @Test
  void looksAtTheSameNumberAfterAStartOfTheMachine() {
    here = namespace("0a", 4711);
    recorder().install(List.of(install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    here = namespace("0b", 4711);
    assertThat(reclaim()).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).isFalse();
  }

  @Test
  void startsInAnotherNamespaceWithOneLine() throws IOException {
    here = namespace("0a", 4711);
    recorder().install(List.of(install("10.0.0.9")));
    routeRecorder().install(List.of(route("10.1.0.0/16 dev eth0")));
    Files.writeString(
        file, Files.readString(file).replace("end 1", "link\tmacvlan\tvrrp.51\nend 2"));
    host.interfaces.markAll(Origin.VIPD);
    here = namespace("0a", 4712);
    Ledger ledger = reclaimer().start(List.of());
    assertThat(host.interfaces.has("10.0.0.9")).isTrue();
    assertThat(host.routes.all()).hasSize(1);
    assertThat(host.journal.messages())
        .filteredOn(it -> !it.contains("newer vipd"))
        .containsExactly(
            "info "
                + file
                + " is of network namespace net:[4711], and this is net:[4712]: its 2 entries are"
                + " forgotten, because nothing of them can be here");
    new RecordedAddresses(host.interfaces, ledger).prepare(List.of(install("10.0.0.8")));
    assertThat(Files.readString(file))
        .contains("10.0.0.8", "net:[4712]")
        .doesNotContain("10.1.0.0", "macvlan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vipd-ledger 1", "vipd-ledger 3", "vipd-ledger 4", "vipd-ledger 17"})
  void keepsWhatANewerVersionRecordedAndDoesTheRest(String head) throws IOException {
    recorder().install(List.of(install("10.0.0.8"), install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    String link = "link\tmacvlan\tvrrp.51";
    String sysctl = "sysctl\tnet.ipv4.ip_forward\t0";
    Files.writeString(
        file, String.join("\n", head, link, "address\t2\teth0\t10.0.0.9/32", sysctl, "end 3", ""));
    assertThat(reclaim()).isFalse();
    assertThat(host.interfaces.has("10.0.0.9")).isFalse();
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("newer"))
        .containsExactly(
            "warn "
                + file
                + " was written by a newer vipd: this version does not know 2 of its records"
                + " (link, sysctl); they stay in it, and 'vipd release' of that version removes"
                + " what they name");
    assertThat(Files.readString(file))
        .isEqualTo(String.join("\n", head.replace('3', '1'), link, sysctl, "end 2", ""));
    Ledger next = reclaimer().start(List.of());
    new RecordedAddresses(host.interfaces, next).prepare(List.of(install("10.0.0.7")));
    assertThat(Files.readString(file)).contains("10.0.0.7/32", link, sysctl, "end 3");
    assertThat(String.join("\n", host.journal.messages())).doesNotContain("damaged");
  }

  @Test
  void keepsNeitherEndNorPlaceOfADamagedFileOfANewerVersion() throws IOException {
    Files.writeString(file, "vipd-ledger 5\nlink\tx\nend 7\nnamespace\t0a\tnet:[4711]\n");
    assertThat(reclaim()).isFalse();
    assertThat(ledgerFile().read().foreign().lines()).containsExactly("link\tx");
    assertThat(ledgerFile().read().origin()).isEqualTo(namespace("0a", 4711));
    assertThat(String.join("\n", host.journal.messages())).contains("is damaged", "newer vipd");
  }

  @Test
  void keepsAFormOfARecordThatOnlyANewerVersionKnows() throws IOException {
    String newer = "address\teth0\t10.0.0.9/32\tpeer";
    Files.writeString(file, "vipd-ledger 5\n" + newer + "\nend 1\n");
    assertThat(reclaim()).isFalse();
    assertThat(Files.readString(file)).contains("vipd-ledger 5", newer);
    assertThat(String.join("\n", host.journal.messages())).contains("newer vipd");
  }

  @Test
  void followsNoLinkThatSomebodyPutThere() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
    Files.createSymbolicLink(file, elsewhere);
    assertThat(reclaim()).isFalse();
    assertThat(String.join("\n", host.journal.messages()))
        .contains("is not a regular file and is ignored");
    recorder().prepare(List.of(install("10.0.0.9")));
    assertThat(Files.readString(elsewhere)).isEqualTo("precious");
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void goesOnWithoutALedgerAndSaysItOnce() {
    file = directory.resolve("missing").resolve("ledger");
    RecordedAddresses recorder = recorder();
    recorder.install(List.of(install("10.0.0.8")));
    recorder.install(List.of(install("10.0.0.9")));
    assertThat(host.interfaces.has("10.0.0.9")).isTrue();
    assertThat(String.join("\n", host.journal.messages()))
        .containsOnlyOnce("addresses are not recorded");
  }
}
