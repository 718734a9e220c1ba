package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.probe.Probe;

/** Values of rare keys are checked where they stand, and files found beside the one that names. */
class SilentMistakesTest {

  private static final String VIP =
      "vips: {a: {vrid: 7, interface: eth0, addresses: [10.0.0.9]%s}}\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{preferred-lifetime: x}|error: preferred-lifetime must be",
        "{peer: foo}|error: peer must be an IP address",
        "{peer: '2001:db8::1'}|error: peer 2001:db8::1 is of another family than 10.0.0.9",
        "{track-group: t}|error: track-group is for addresses under static only",
        "{preferred-lifetime: 0}|warning: preferred-lifetime of an address is accepted, not yet effective",
        "{peer: 10.0.0.8}|warning: peer of an address is accepted, not yet effective",
        "{flags: [home]}|warning: flags of an address is accepted, not yet effective",
        "{track: false}|warning: track of an address is accepted, not yet effective",
        "{macvlan: true}|warning: macvlan of an address is accepted, not yet effective",
      })
  void ofAnAddress(String keys, String message) {
    String text =
        VIP.formatted("")
            .replace("[10.0.0.9]", "[" + keys.replace("{", "{address: 10.0.0.9, ") + "]");
    assertThat(problems(text))
        .last()
        .asString()
        .matches("vipd.yaml:1:[0-9]{2}: .*")
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", routes: [{words: bogus}]|error: 'bogus' cannot begin a route; write the destination first",
        ", rules: [{words: from 10.0.0.100, table: 5}]|error: a rule has no priority; write priority and a number",
        ", routes: [{words: 10.1.0.0/16 via 10.0.0.1, track-group: t}]|error: track-group is for entries under static only",
        ", rules: [{words: from}]|error: from needs a value; write it behind",
        ", options: {garp-extra-if: [86401]}|error: garp-extra-if must be a number of seconds",
        ", options: {timer-expired-backup: [255]}|error: timer-expired-backup must be a whole number",
      })
  void ofAVirtualRouter(String keys, String message) {
    assertThat(problems(VIP.formatted(keys)))
        .filteredOn(it -> it.contains("error"))
        .singleElement()
        .asString()
        .contains(message)
        .doesNotContain("is not installed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "static: {addresses: [{address: 10.0.0.7, device: eth0, track-group: t}]}|error: track group 't' is not defined",
        "static: {routes: [{words: 10.1.0.0/16 via 10.0.0.1, track-group: t}]}|error: track group 't' is not defined",
        "interface-delays: [{interface: eth0, down: 4s}, {interface: eth0, down: 1s}]|error: the delays of eth0 are given twice",
        "track-groups: {t: {members: []}}|warning: track group t has no members",
        "polled-links: [{interface: eth0, method: FOO}]|error: method must be one of MII, ETHTOOL, IOCTL",
      })
  void ofTheWholeFile(String line, String message) {
    assertThat(problems(VIP.formatted("") + line)).anyMatch(it -> it.contains(message));
  }

  @Test
  void saysNothingOfAStaticAddressThatIsTied() {
    assertThat(
            problems(
                VIP.formatted("")
                    + "static: {addresses: [{address: 10.0.0.7, device: eth0, track: false, track-group: t}]}\n"
                    + "track-groups: {t: {members: [a]}}"))
        .isEmpty();
  }

  @Test
  void findsFilesBesideTheOneThatNamesThem() throws IOException {
    Path secret = Files.writeString(folder.resolve("sec"), "abcdefgh");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    String text =
        VIP.formatted(
                ", version: 2, authentication: {type: password, secret: {file: %s}}, checks: [c]")
            + "checks: {c: {http: {url: 'https://127.0.0.1/', ca: ca.pem, certificate: /c.pem}}}\n"
            + "mail: {recipients: [a], server: h, password-file: pw}\n";
    LoadResult read = read(text.formatted("sec"));
    assertThat(read.problems()).isEmpty();
    Probe.Http http =
        (Probe.Http) read.config().orElseThrow().checks().get(0).probe().orElseThrow();
    assertThat(http.tls().authority()).isEqualTo(Optional.of(folder.resolve("ca.pem").toString()));
    assertThat(http.tls().certificate()).isEqualTo(Optional.of("/c.pem"));
    assertThat(read.config().orElseThrow().global().settings().word("smtp_password_file"))
        .isEqualTo(Optional.of(folder.resolve("pw").toString()));
    assertThat(read(text.formatted("none")).problems())
        .singleElement()
        .asString()
        .contains(
            "error: secret: secret file "
                + folder.resolve("none")
                + " cannot be read: it does not exist; a relative path begins in the folder");
  }

  private LoadResult read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("vipd.yaml"), text);
    return YamlReader.read(file, FixedSurroundings.FIRST.options()).result();
  }

  private static List<String> problems(String text) {
    return YamlReader.parse(Path.of("vipd.yaml"), text, FixedSurroundings.FIRST.options())
        .result()
        .problems()
        .stream()
        .map(ConfigProblem::toString)
        .toList();
  }
}
