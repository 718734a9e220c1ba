package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.testkit.Configurations;

class AddressRulesTest {

  @TempDir private Path folder;

  private List<String> findings(String address) throws IOException {
    Path file = folder.resolve("a.conf");
    Files.writeString(file, Configurations.instance(100).replace("10.0.0.100", address));
    KeepalivedReader.Reading reading =
        KeepalivedReader.readWithPlaces(file, new SourceOptions("node", Map.of(), 1));
    Node node =
        new Node(
            file.toString(),
            reading.result().config().orElseThrow(),
            reading.places(),
            new FixedHost());
    return Rules.apply(List.of(node)).stream()
        .filter(problem -> problem.rule().equals("V019") || problem.rule().equals("V012"))
        .map(problem -> problem.rule() + " " + problem.text())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "224.0.0.5,multicast",
    "ff02::5,multicast",
    "0.0.0.0,placeholder",
    "0.1.2.3,placeholder",
    "::,placeholder",
    "255.255.255.255,broadcast",
    "127.0.0.1,loopback",
    "::1,loopback"
  })
  void warnsOfAddressesThatNoHostCanHave(String address, String kind) throws IOException {
    assertThat(findings(address)).singleElement().asString().startsWith("V019 ").contains(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.100", "fe80::1"})
  void saysNothingAboutOthers(String address) throws IOException {
    assertThat(findings(address)).noneMatch(it -> it.startsWith("V019"));
  }
}
