package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ReadOptions;

/** How {@code vipd check} ends, and what it says of files as a whole. */
class CheckCommandTest extends CheckScene {

  @Test
  void saysNothingAboutAGoodFile() throws IOException {
    assertThat(check(file("a.conf", GOOD))).isZero();
    assertThat(check("--strict", file("a.conf", GOOD))).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void endsWithOneForWarningsOnlyWhenStrict() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\nbogus"));
    assertThat(check(file)).isZero();
    assertThat(check("--strict", file)).isEqualTo(1);
    String noted = file("b.conf", GOOD.replace("interface eth0", "interface eth0\ndebug 1"));
    assertThat(check("--strict", noted)).isZero();
  }

  @Test
  void endsWithTwoWhenOneFileCannotBeUsed() throws IOException {
    String bad = file("a.conf", GOOD.replace("router_id 7", "router_id 700"));
    assertThat(check(bad)).isEqualTo(2);
    assertThat(check(file("b.conf", GOOD), bad)).isEqualTo(2);
    assertThat(check(folder.resolve("none.conf").toString())).isEqualTo(2);
    assertThat(out.toString()).contains("a.conf:3:21: error: virtual_router_id must be a whole");
  }

  @Test
  void appliesTheRulesToWhatIsUnderstood() throws IOException {
    String two = GOOD.replace("router_id 7", "router_id 51") + GOOD.replace("VI_1", "VI_2");
    String bad = file("a.conf", two.replace("router_id 7", "router_id 7\n priority 300"));
    assertThat(check(bad)).isEqualTo(2);
    assertThat(out.toString())
        .contains("a.conf:10:11: error: priority must be a whole number")
        .contains("a.conf:3:3: note: virtual_router_id 51 is that of every sample")
        .contains("[V010]");
    String yaml =
        file("a.yaml", "vips:\n  a:\n    vrid: 51\n    bogus: 1\n    addresses: [10.0.0.9]\n");
    assertThat(check(yaml)).isEqualTo(2);
    assertThat(out.toString()).contains("a.yaml:3:5: note: vrid 51 is that of every sample");
  }

  @Test
  void judgesALineOnlyWhenItsErrorIsMended() throws IOException {
    String text =
        """
        vips:
          a:
            vrid: 7
            interface: eth0
            addresses: [10.0.0.9/24]
            announce: {refresh: %s}
        """;
    assertThat(check(file("a.yaml", text.formatted("60")))).isEqualTo(2);
    assertThat(out.toString()).contains("refresh needs a unit").doesNotContain("[V028]");
    assertThat(check(file("a.yaml", text.formatted("0s")))).isZero();
    assertThat(out.toString()).contains("[V028]");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.100/24,ipv6", "fe80::7/64,ipv4"})
  void judgesAddressesOfAnotherFamilyThanSaid(String address, String family) throws IOException {
    String text = "vips:\n  a: {interface: lo, vrid: 7, addresses: ['%s'], family: %s}\n";
    assertThat(check(file("a.yaml", text.formatted(address, family)))).isEqualTo(2);
    assertThat(out.toString())
        .contains("a has addresses of another family than it says")
        .doesNotContain("unexpected");
  }

  @Test
  void appliesNoRulesToWhatCannotBeUnderstood() throws IOException {
    String text = GOOD.replace("router_id 7", "router_id 51");
    String open = file("a.conf", text.substring(0, text.lastIndexOf('}')));
    assertThat(check(open)).isEqualTo(2);
    assertThat(check(file("b.conf", text + "includem none.conf\n"))).isEqualTo(2);
    assertThat(check(file("a.yaml", "vips:\n  a: {vrid: 51\n"))).isEqualTo(2);
    assertThat(out.toString()).contains("is not closed").doesNotContain("[V");
  }

  @Test
  void doesNotCallACheckUnusedWhenItsInstanceCouldNotBeRead() throws IOException {
    String script = "vrrp_script chk {\n script /bin/true\n}\n";
    String tracking = "router_id 700\n track_script { chk }";
    assertThat(check(file("a.conf", script + GOOD.replace("router_id 7", tracking)))).isEqualTo(2);
    assertThat(out.toString()).contains("virtual_router_id must be").doesNotContain("[V034]");
    assertThat(check(file("b.conf", script + GOOD))).isZero();
    assertThat(out.toString()).contains("[V034]");
  }

  @Test
  void saysOfOneFileWhatTheDaemonWouldSay() throws IOException {
    String text = "vips:\n  a:\n    vrid: 7\n    addresses: ['2001:db8:9:9::9/64']\n";
    Path file = Path.of(file("a.yaml", text));
    List<String> errors =
        ConfigurationFile.read(file, ReadOptions.ofHost()).result().problems().stream()
            .filter(ConfigProblem::isError)
            .map(it -> it.place() + ": error: " + it.text())
            .toList();
    assertThat(check(file.toString())).isEqualTo(errors.isEmpty() ? 0 : 2);
    assertThat(out.toString().lines().filter(it -> it.contains(": error: ")))
        .containsExactlyElementsOf(errors);
  }

  @Test
  void obeysConditionsForTheNodeThatIsNamed() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\n@one bogus"));
    check("-i", "two", file);
    assertThat(out.toString()).isEmpty();
    check("-i", "one", file);
    assertThat(out.toString()).contains("'bogus'");
  }

  @Test
  void refusesAFormatThatDoesNotExist() throws IOException {
    assertThat(check("--format", "xml", file("a.conf", GOOD))).isNotZero();
    assertThat(err.toString()).contains("--format must be one of", "found 'xml'");
  }

  @Test
  void refusesTwoFormsOfOutput() throws IOException {
    assertThat(check("--effective", "--format", "json", file("a.conf", GOOD))).isNotZero();
    assertThat(err.toString())
        .contains("--effective prints a vipd.yaml and --format json something else");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  @Timeout(60)
  void refusesAtOnceWhatIsNoFileOfUsualSize() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (String file : List.of("/dev/zero", pipe.toString(), large("a.conf"), large("a.yaml"))) {
      assertThat(check(file)).as(file).isEqualTo(2);
    }
    assertThat(out.toString().lines())
        .containsExactly(
            "/dev/zero: error: is a pipe, socket or device, not a regular file",
            "    hint: name a regular file",
            pipe + ": error: is a pipe, socket or device, not a regular file",
            "    hint: name a regular file",
            folder + "/a.conf: error: is larger than 4 MiB",
            "    hint: is it the right file?",
            folder + "/a.yaml: error: is larger than 4 MiB",
            "    hint: is it the right file?");
  }

  private String large(String name) throws IOException {
    Path file = folder.resolve(name);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    return file.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vips\n", "[]\n", "vips {\n}\n"})
  void refusesABrokenVipdYaml(String text) throws IOException {
    assertThat(check(file("a.yaml", text))).isEqualTo(2);
  }

  @Test
  void saysThatAFileIsOfNeitherLanguage() throws IOException {
    assertThat(check(file("a.conf", "[Unit]\nAfter=network.target\n"))).isZero();
    assertThat(out.toString())
        .contains(
            "a.conf: warning: has no keyword of keepalived.conf at its top, so there is nothing to"
                + " do\n    hint: is it the right file?");
  }
}
