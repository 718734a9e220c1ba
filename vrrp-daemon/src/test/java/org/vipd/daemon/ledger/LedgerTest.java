package org.vipd.daemon.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.LocalAddress.Origin;
import org.vipd.daemon.testkit.Packets;

/** What one process records, and what the next one makes of it. */
class LedgerTest extends LedgerFixture {

  @Test
  void recordsBeforeAnythingIsInstalled() throws IOException {
    recorder().prepare(List.of(install("10.0.0.8"), install("10.0.0.9")));
    assertThat(host.interfaces.has("10.0.0.8")).isFalse();
    assertThat(Files.readString(file))
        .isEqualTo(
            "vipd-ledger 1\naddress\t2\teth0\t10.0.0.8/32\naddress\t2\teth0\t10.0.0.9/32\nend 2\n");
  }

  @Test
  void writesAgainWhatSomebodyHasRemoved() throws IOException {
    RecordedAddresses recorder = recorder();
    recorder.keepRecord();
    assertThat(file).as("nothing is recorded yet").doesNotExist();
    recorder.prepare(List.of(install("10.0.0.9")));
    Files.delete(file);
    recorder.keepRecord();
    recorder.keepRecord();
    assertThat(Files.readString(file)).contains("10.0.0.9/32");
    assertThat(host.journal.messages())
        .containsExactly("warn " + file + " was removed by somebody and is written again");
  }

  @Test
  void writesWhenItCanBeWrittenAgain() throws IOException {
    file = directory.resolve("gone/ledger");
    RecordedAddresses recorder = recorder();
    recorder.prepare(List.of(install("10.0.0.9")));
    recorder.keepRecord();
    assertThat(host.journal.messages()).singleElement().asString().contains("are not recorded");
    Files.createDirectory(file.getParent());
    recorder.keepRecord();
    assertThat(Files.readString(file)).contains("10.0.0.9/32");
    assertThat(host.journal.messages().get(1))
        .isEqualTo("warn " + file + " could not be written for a while and is up to date again");
  }

  /** Another vipd bears the same mark. */
  @Test
  void tellsWhatItLeftWithALeaseFromWhatIsSomebodyElses() {
    recorder().install(List.of(install("10.0.0.8")));
    host.interfaces.putAddress(2, "10.0.0.9/32");
    host.interfaces.markAll(Origin.VIPD_LEASED);
    RecordedAddresses next = new RecordedAddresses(host.interfaces, reclaimer().start(List.of()));
    assertThat(next.isLeft(install("10.0.0.8"))).isTrue();
    assertThat(next.isLeft(install("10.0.0.9"))).isFalse();
    assertThat(host.interfaces.has("10.0.0.8")).isTrue();
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

  /** The former run had it, its lease ended, and a DHCP client got it. */
  @Test
  void leavesAnAddressThatSomebodyElseHasAddedWithALease() {
    recorder().prepare(List.of(install("10.0.0.9")));
    host.interfaces.putAddress(2, "10.0.0.9/32");
    host.interfaces.markAll(Origin.LEASED);
    RecordedAddresses next = new RecordedAddresses(host.interfaces, reclaimer().start(List.of()));
    assertThat(next.isLeft(install("10.0.0.9"))).as("may be resumed").isFalse();
    assertThat(host.interfaces.has("10.0.0.9")).isTrue();
    recorder().prepare(List.of(install("10.0.0.9")));
    assertThat(reclaim()).isTrue();
    assertThat(host.interfaces.has("10.0.0.9")).as("after a release").isTrue();
    assertThat(String.join("\n", host.journal.messages()))
        .contains("somebody else has added it; it stays")
        .doesNotContain("removing");
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
    for (int i = 0; i < 2; i++) {
      assertThat(reclaim()).as("what cannot be read may be left").isFalse();
      assertThat(Files.readString(file)).as("it is no less damaged now").isEqualTo(text);
      assertThat(host.interfaces.has("10.0.0.9")).isFalse();
      assertThat(String.join("\n", host.journal.take()))
          .contains("is damaged; what can be read of it is used")
          .contains("error " + file + " stays as it is, because it may have named more");
    }
  }

  @Test
  void recordsFurtherWhatAStartCannotRemove() {
    recorder().install(List.of(install("10.0.0.8"), install("10.0.0.9")));
    host.interfaces.markAll(Origin.VIPD);
    host.interfaces.refuse("10.0.0.9", "not permitted");
    RecordedAddresses next = new RecordedAddresses(host.interfaces, reclaimer().start(List.of()));
    next.prepare(List.of(install("10.0.0.7")));
    assertThat(ledgerFile().read().entries())
        .containsExactlyInAnyOrder(
            LedgerEntry.of(install("10.0.0.9")), LedgerEntry.of(install("10.0.0.7")));
    assertThat(host.journal.messages())
        .contains(
            "warn "
                + file
                + " keeps 1 entries of a former run: the next start or 'vipd release' tries again");
  }

  @Test
  void recordsAllFurtherWhenTheKernelDoesNotAnswerAStart() {
    recorder().install(List.of(install("10.0.0.9")));
    host.interfaces.failToList(Optional.of("no buffers"));
    RecordedAddresses next = new RecordedAddresses(host.interfaces, reclaimer().start(List.of()));
    next.prepare(List.of(install("10.0.0.7")));
    assertThat(ledgerFile().read().entries()).contains(LedgerEntry.of(install("10.0.0.9")));
  }

  @Test
  void namesADirectoryInPlaceOfTheNewFile() throws IOException {
    Path fresh = Files.createDirectory(directory.resolve("ledger.new"));
    Files.createFile(fresh.resolve("something"));
    recorder().prepare(List.of(install("10.0.0.9")));
    assertThat(host.journal.messages())
        .singleElement()
        .asString()
        .contains(": " + fresh + " is a directory with files in it: delete it; after a crash");
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

  private String complaintAbout(AddressInstall... installs) {
    file = directory.resolve("missing").resolve("ledger");
    recorder().prepare(List.of(installs));
    return host.journal.messages().get(0);
  }

  @Test
  void saysThatALeaseEndsByItselfWithoutALedger() {
    assertThat(complaintAbout(install("10.0.0.9").withLease(new Lease(3))))
        .endsWith(
            "; after a crash the next start removes only what its configuration names, and the"
                + " lease of the addresses does the rest");
  }

  @Test
  void saysHowToRemoveWhatHasNoLeaseWithoutALedger() {
    assertThat(
            complaintAbout(
                install("10.0.0.7").withLease(new Lease(3)),
                install("10.0.0.8"),
                install("10.0.0.9")))
        .endsWith(
            "; after a crash the next start removes only what its configuration names; if the daemon"
                + " dies now, what has no lease stays, and 'vipd release' does not find it: then,"
                + " and only then, ip address del 10.0.0.8/32 dev eth0, and so for 1 more");
  }
}
