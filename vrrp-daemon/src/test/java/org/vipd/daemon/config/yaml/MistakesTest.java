package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.ConfigProblem;

/** Each mistake is told once, where it is, with what to do. */
class MistakesTest {

  private static final String VIP = "vips:/  api:/    vrid: 7/    interface: eth0/";
  private static final String ADDRESSES = "    addresses: [10.0.0.100/24]/";

  /** What stands in a vip beside its addresses; lines are separated by a slash. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "    version: 2/    authentication: {type: password, secret: {file: /no}}|error: secret: secret file /no cannot be read",
        "    version: 2/    authentication: {type: password, secret: {environment: NOPE}}|error: secret is to come from the variable NOPE, which is not set",
        "    version: 2/    authentication: {type: password}|error: authentication has no secret; add secret:",
        "    checks: [c]/checks:/  c: {command: ''}|error: command is empty; write the command",
        "    checks: [c]/checks:/  c: {command: [a, b]}|error: command must be a command line, or keys of a command, found a list; write one text with blanks between the words, and quotes where a word has some",
        "    peers: ['2001:db8::1']|error: peer 2001:db8::1 is of the other family; write one of the family of the virtual addresses, or delete it",
        "    options: {vrrp-strict: true}|error: unknown key 'vrrp-strict' in options; it is the key strict of vip",
        "    preempt: false/    priority: 255|error: preempt: false cannot work together with priority 255, which owns the addresses; delete priority, or preempt",
        "    preempt: false/    preempt-delay: 5s|error: preempt-delay has no effect with preempt: false; delete it",
        "    strict: true/    preempt-delay: 5s|error: preempt-delay has no effect with strict: true; delete it",
        "groups:/  g: {members: [api, api]}|error: group g lists api twice; delete one",
        "groups:/  g: {members: []}|warning: group g has no members, so it does nothing; list vips under members, or delete it",
      })
  void isToldOnce(String text, String message) {
    List<String> said = problems((VIP + ADDRESSES + text).replace("{file: /no}", "{file: ~no}"));
    assertThat(said).singleElement().asString().contains(message);
  }

  @Test
  void namesTheNodesWhereOneIsMissing() {
    String text = "nodes:/  - {name: lb1, addresses: [10.0.0.1]}/  - 10.0.0.2/" + VIP + ADDRESSES;
    YamlOptions options = FixedSurroundings.FIRST.options().as("lb3");
    assertThat(problems(text, options))
        .contains(
            "vipd.yaml:1:1: error: no entry of nodes is called lb3; they are lb1, 10.0.0.2; add it,"
                + " or give its entry the name lb3");
  }

  @Test
  void warnsOfACommandOfSeveralLines() {
    String vip = VIP + ADDRESSES + "    notify:/      master: |/        ";
    assertThat(problems(vip + "\\bin\\echo a/        \\bin\\echo b/"))
        .singleElement()
        .asString()
        .contains("warning: master has several lines, which are the words of one command");
    assertThat(problems(vip + "\\bin\\sh -c 'echo a/          echo b'/")).isEmpty();
  }

  @Test
  void saysThatValuesAreNestedTooDeep() {
    assertThat(problems("vips: " + "[".repeat(40) + "]".repeat(40)))
        .singleElement()
        .asString()
        .contains("values are nested more than 32 deep; no key is so deep: is there a bracket");
  }

  private static List<String> problems(String text) {
    return problems(text, FixedSurroundings.FIRST.options());
  }

  private static List<String> problems(String text, YamlOptions options) {
    String lines = text.replace('/', '\n').replace("\n24", "/24").replace('~', '/');
    return YamlReader.parse(Path.of("vipd.yaml"), lines.replace('\\', '/'), options)
        .result()
        .problems()
        .stream()
        .map(ConfigProblem::toString)
        .toList();
  }
}
