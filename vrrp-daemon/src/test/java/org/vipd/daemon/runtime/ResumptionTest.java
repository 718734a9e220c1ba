package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.ledger.Ledger;
import org.vipd.daemon.ledger.LedgerFile;
import org.vipd.daemon.ledger.NetworkNamespace;
import org.vipd.daemon.ledger.Reclaim;
import org.vipd.daemon.ledger.RecordedAddresses;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeHost;

/** A process that is back before the leases end, with the ledger of the one before it. */
class ResumptionTest {

  private static final NetworkNamespace HERE = new NetworkNamespace("", "net:[1]");

  @TempDir private Path directory;
  private final FakeClock clock = new FakeClock();

  /** An instance whose VRID is that of its number, with addresses of which these are the ends. */
  static String instance(int number, String more, int... ends) {
    String addresses =
        Arrays.stream(ends)
            .mapToObj(it -> "10.0.0." + it + "/32")
            .collect(Collectors.joining("\n"));
    return """
        vrrp_instance VI_%d {
          interface eth0
          virtual_router_id %d
          priority 100
          virtual_ipaddress {
            %s
          }
          %s
        }
        """
        .formatted(number, 50 + number, addresses, more);
  }

  private static String one(int... ends) {
    return instance(1, "", ends);
  }

  private AddressPort record(FakeHost host) {
    return record(host, directory.resolve("ledger"));
  }

  /** Records into a ledger, after what the one before it left. */
  static AddressPort record(FakeHost host, Path ledgerFile) {
    LedgerFile file = new LedgerFile(ledgerFile, HERE);
    Reclaim reclaim =
        new Reclaim(file, host.interfaces, host.interfaces, host.routes, host.journal);
    Ledger ledger = reclaim.start(List.of());
    return new RecordedAddresses(host.interfaces, ledger);
  }

  /** A process ran with a text until it had all addresses. */
  private FakeHost former(String text) {
    FakeHost host = new FakeHost(text, clock, this::record).start();
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    return host;
  }

  /** The next one starts with another text, and finds addresses with these ends still there. */
  private FakeHost next(String text, int... left) {
    FakeHost host =
        new FakeHost(
            text,
            clock,
            it -> {
              Arrays.stream(left)
                  .forEach(end -> it.interfaces.putBesideUs(2, "10.0.0." + end + "/32"));
              return record(it);
            });
    host.interfaces.keepMarks();
    return host.start();
  }

  private static void assertResumed(FakeHost host) {
    assertThat(host.instance().reason()).startsWith("resumed: ");
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  private static void assertListens(FakeHost host) {
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("advertise"));
  }

  private static List<String> announced(FakeHost host) {
    return host.trace.lines().stream().filter(it -> it.startsWith("announce")).toList();
  }

  @Test
  void goesOnWithWhatItHadAndAddsWhatIsNew() {
    former(one(100, 101));
    FakeHost host = next(one(100, 101, 102), 100, 101);
    assertResumed(host);
    assertThat(host.interfaces.has("10.0.0.102")).isTrue();
    assertThat(announced(host)).anyMatch(it -> it.contains("10.0.0.102"));
    host.runSeconds(10);
    assertResumed(host);
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("remove"));
  }

  @Test
  void goesOnWithoutWhatIsNoLongerConfigured() {
    former(one(100, 101));
    FakeHost host = next(one(100), 100, 101);
    assertResumed(host);
    assertThat(host.interfaces.has("10.0.0.101")).as("at once, whatever its lease").isFalse();
    assertThat(host.journal.messages())
        .contains("warn removing 10.0.0.101/32 from eth0: left over from a former run");
    host.runSeconds(4);
    assertThat(host.interfaces.refreshed()).containsExactly("10.0.0.100/32");
  }

  /** What the check said to the process before it was good a moment ago. */
  @Test
  void goesOnBeforeItsChecksHaveAnswered() {
    former(one(100, 101));
    String check = "vrrp_script chk {\n script /bin/true\n interval 2\n}\n";
    FakeHost host = next(check + instance(1, "track_script {\n chk\n}", 100), 100, 101);
    assertResumed(host);
    assertThat(host.interfaces.has("10.0.0.101")).isFalse();
    host.check("chk", new CheckOutcome(CheckOutcome.Kind.EXITED, 1, "", Duration.ofMillis(9)));
    host.runSeconds(1);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  /** The interface comes a moment later: until then nobody knows whether it resumes. */
  @Test
  void removesNothingBeforeAllHaveDecided() {
    former(one(100, 101));
    FakeHost host =
        new FakeHost(
            one(100),
            clock,
            it -> {
              it.interfaces.putBesideUs(2, "10.0.0.100/32");
              it.interfaces.putBesideUs(2, "10.0.0.101/32");
              it.interfaces.putLink(2, "eth0", false);
              return record(it);
            });
    host.interfaces.keepMarks();
    host.start();
    assertThat(host.interfaces.has("10.0.0.101")).isTrue();
    host.interfaces.putLink(2, "eth0", true);
    host.runSeconds(2);
    assertThat(host.interfaces.has("10.0.0.101")).isFalse();
  }

  /** Another vipd of this host has it. */
  @Test
  void leavesWhatHasALeaseAndIsNotRecorded() {
    former(one(100));
    FakeHost host = next(one(100), 100, 105);
    assertResumed(host);
    host.runSeconds(4);
    assertThat(host.interfaces.has("10.0.0.105")).isTrue();
  }

  @Test
  void goesOnWhenOneIsReplacedByAnother() {
    former(one(100, 101));
    assertResumed(next(one(101, 102), 100, 101));
  }

  @Test
  void listensWhenOneThatItHadIsGone() {
    former(one(100, 101));
    assertListens(next(one(100, 101, 102), 100));
  }

  /** What is there may be the rest of a removal. */
  @Test
  void listensWhenOneIsGoneThatIsNoLongerConfigured() {
    former(one(100, 101));
    assertListens(next(one(100), 100));
  }

  @Test
  void listensWhenNoneOfThoseThatItHadIsConfigured() {
    former(one(100));
    assertListens(next(one(102), 100));
  }

  @Test
  void listensWhenNothingIsLeft() {
    former(one(100));
    assertListens(next(one(100, 102)));
  }

  /** Another vipd, or the host's own. */
  @Test
  void listensWhenSomebodyElseHasWhatIsNew() {
    former(one(100));
    assertThat(next(one(100, 102), 100, 102).instance().reason()).doesNotStartWith("resumed");
  }

  /** An address that another router had says nothing of this one. */
  @Test
  void listensWhenOnlyAnAddressOfAnotherRouterIsThere() {
    former(one(100) + instance(2, "", 102));
    FakeHost host = next(one(102) + instance(2, "", 103), 100, 102);
    assertListens(host);
  }

  @Test
  void listensAsAnotherRouterWithTheSameAddress() {
    former(one(100));
    assertListens(next(one(100).replace("router_id 51", "router_id 52"), 100));
    assertListens(next(instance(1, "version 3", 100), 100));
  }

  @Test
  void goesOnWithAnAddressThatWasThatOfAnotherRouterAsLongAsThatHadIt() {
    former(one(100) + instance(2, "", 102, 103));
    FakeHost host = next(one(100, 102) + instance(2, "", 103), 100, 102, 103);
    assertResumed(host);
    assertThat(host.instance("VI_2").reason()).startsWith("resumed: ");
    host.runSeconds(4);
    assertResumed(host);
  }

  /** Another node may have it now. */
  @Test
  void listensWhenAnAddressThatWasThatOfAnotherRouterIsGone() {
    former(one(100) + instance(2, "", 102));
    assertListens(next(one(100, 102), 100));
  }

  @Test
  void keepsWhatAReloadChangedInTheRecord() throws IOException {
    FakeHost host = former(one(100, 101));
    host.reload(one(100, 102));
    String text = Files.readString(directory.resolve("ledger"));
    assertThat(text)
        .contains("router\teth0/ipv4/51/v2\t2\teth0\t10.0.0.102/32")
        .doesNotContain("router\teth0/ipv4/51/v2\t2\teth0\t10.0.0.101/32");
    assertResumed(next(one(100, 102, 103), 100, 102));
  }

  /** A version before this one did not record which address is of which router. */
  @Test
  void readsALedgerWithoutRoutersStrictly() throws IOException {
    former(one(100, 101));
    Path ledger = directory.resolve("ledger");
    String old =
        Files.readAllLines(ledger).stream()
            .filter(it -> !it.startsWith("router"))
            .collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(ledger, old);
    assertListens(next(one(100, 101, 102), 100, 101));
    Files.writeString(ledger, old);
    assertResumed(next(one(100, 101), 100, 101));
  }

  @Test
  void readsADamagedLedgerStrictly() throws IOException {
    former(one(100, 101));
    Path ledger = directory.resolve("ledger");
    Files.writeString(ledger, Files.readString(ledger).replace("end 2", "nonsense\nend 3"));
    assertListens(next(one(100, 101, 102), 100, 101));
  }
}
