package org.vipd.daemon.config.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowTextTest {

  /** Lines are separated by a slash. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "priority: 150/checks:/  - chk|priority: 150; checks: [chk]",
        "a:/  b: 1/  c:/    d: 2/  e: 3|a: {b: 1, c: {d: 2}, e: 3}",
        "track:/  - interface: eth1/    weight: 5/  - file: f|track: [{interface: eth1, weight: 5}, {file: f}]",
        "check:/  http:/    url: x/    status:/      - 200/      - 204/rise: 2|check: {http: {url: x, status: [200, 204]}}; rise: 2",
        "- chk|- chk",
        "      weight: 5/    rise: 2|weight: 5; rise: 2",
        "announce:/  repeat: 2/announce:/  repeat: 2|announce: {repeat: 2}",
        "priority: 150/priority: 15|priority: 150; priority: 15",
        "peers:/  - \"2001:db8::\"|peers: [\"2001:db8::\"]",
      })
  void saysTheSameOnOneLine(String lines, String text) {
    assertThat(FlowText.of(List.of(lines.split("/", -1)))).isEqualTo(text);
  }
}
