package org.vipd.daemon.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.port.LocalAddress.Origin;

/**
 * A ledger of another network namespace, of an earlier start of the machine, or of a newer version.
 */
class LedgerOriginTest extends LedgerFixture {

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
}
