package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        "    version: 2/    authentication:/      type: password/      secret: top #sec|9:19: warning: secret ends before this #: what follows is a comment; put all of it in quotes",
        "    checks: [c]/checks:/  c: {command: ''}|error: command is empty; write the command",
        "    checks: [c]/checks:/  c: {command: [a, b]}|error: command must be a command line, or keys of a command, found a list; write one text with blanks between the words, and quotes where a word has some",
        "    peers: ['2001:db8::1']|error: peer 2001:db8::1 is of the other family; write one of the family of the virtual addresses, or delete it",
        "    options: {vrrp-strict: true}|error: unknown key 'vrrp-strict' in options; it is the key strict of vip",
        "    preempt: false/    priority: 255|error: preempt: false cannot work together with priority 255, which owns the addresses; delete priority, or preempt",
        "    preempt: false/    preempt-delay: 5s|error: preempt-delay has no effect with preempt: false; delete it",
        "    strict: true/    preempt-delay: 5s|error: preempt-delay has no effect with strict: true; delete it",
        "groups:/  g: {members: [api, api]}|error: group g lists api twice; delete one",
        "    checks: [c]/checks:/  c: ~bin|error: checks.c must be keys such as command, found '/bin'",
        "    checks: [c]/checks:/  c: {command: x, interval: 9}|8:29: error: interval needs a unit, found '9'; write 9s, or 9ms",
        "    checks: [c]/checks:/  - c: x|error: checks must be names with keys under each, found a list; write each as its name, a colon and its keys, no -",
        "    track: [{file: f}]/files:/  f: x|error: files.f must be keys such as path, found 'x'",
        "    track: [{process: p}]/processes:/  p: x|error: processes.p must be keys such as command, found 'x'",
        "    track: [{bfd: b}]/bfd:/  b:|error: bfd.b must be keys such as neighbour, found nothing",
        "  other: 5/groups:/  g: {members: [api, other]}|error: vips.other must be keys such as addresses, found '5'",
        "    authentication: {type: hmac, keys: [{id: 300, secret: x}], active-key: 3}|error: id must be a whole number from 1 to 255, found '300'",
        "    authentication: {type: hmac, keys: [{id: 3, secret: x}], active-key: 3}|6:57: error: ",
        "    notify: {master: \"x 'y\"}|6:22: error: master has a ' that is not closed; close it, or write \\' for the character itself",
        "    notify: {master: {command: 'x \"y'}}|6:32: error: master has a \" that is not closed; close it",
        "    track: [{file: f}]/files:/  f: {path: ''}|8:13: error: path is empty; write it, or delete the line",
        "mail: {recipients: []}|6:20: warning: recipients is empty, so nobody is told by mail; list the addresses, or delete mail",
        "mail: {recipients: [' ']}|6:21: error: each of recipients is empty; write it, or delete the line",
        "mail: {server: '10.0.0.1 0'}|6:16: error: server must be a host and perhaps a port 1..65535, found '10.0.0.1 0'; write: server: HOST PORT",
        "    source: [2001:db8::]|6:13: error: source must be an IP address, found a list",
        "    peers: [2001:db8::]|6:13: error: each of peers must be an IP address, found keys; put the address in quotes: '2001:db8::'",
        "    version:  2|6:14: error: version must be a whole number from 2 to 3, found '\\xa02'; the character U+00A0 in it is no blank, it only looks so: delete it",
        "    versio : 2|6:5: error: unknown key 'versio\\xa0' in vips.api; the character U+00A0 in it is no blank, it only looks so: delete it",
        "    authentication: hunter2|6:21: error: authentication must be keys such as type, found something else",
        "    authentication: {type: hmac, active-key: 1, keys: [hunter2]}|6:56: error: each of keys must be keys such as id, found something else",
        "    peers: 10.0.0.2, 10.0.0.3|6:12: error: peers must be a list; each is an IP address, found '10.0.0.2, 10.0.0.3'; write peers: [10.0.0.2, 10.0.0.3]",
        "    peers: [lb2.example.com]|found 'lb2.example.com'; write its address: names are not looked up",
        "    peers: [10.0.0.2~24]|found '10.0.0.2/24'; write 10.0.0.2",
        "    priority: 50,|found '50,'; write 50",
        "    priority: +50|found '+50'; write 50",
        "    auth_pass: x|6:5: error: unknown key 'auth_pass' in vips.api; write authentication: {type: password, secret: ...}",
        "    Priority: 50|6:5: error: unknown key 'Priority' in vips.api; did you mean priority?",
        "    version: 2/    authentication: {type: password, pass: x}|error: unknown key 'pass' in authentication; did you mean secret?",
        "    version: {{ version }}|6:14: error: this is a template that was not filled in: nothing else in it is looked at; let its program",
        "groups:/  g: {members: []}|warning: group g has no members, so it does nothing; list vips under members, or delete it",
      })
  void isToldOnce(String text, String message) {
    List<String> said = problems((VIP + ADDRESSES + text).replace("{file: /no}", "{file: ~no}"));
    assertThat(said).singleElement().asString().contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"top # a comment", "'top #sec'", "top#sec", "\"top\" #sec", "top"})
  void saysNothingOfSecretsThatAreWhole(String secret) {
    String text = VIP + ADDRESSES + "    version: 2/    authentication:/      type: password/";
    assertThat(problems(text + "      secret: " + secret)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{command: \"docker inspect -f '{{.State.Running}}' web\"}",
        "{command: 'docker inspect -f \"{{.State.Running}}\" web'}",
        "{command: \"docker inspect -f \\\"{{.State.Running}}\\\" web\"}",
        "\n    command: docker inspect -f {{.State.Running}} web",
        "{command: \"sh -c 'echo <%x%> {%y%}'\"}",
      })
  void seesNoTemplateInACommand(String check) {
    String vip = (VIP + ADDRESSES + "    checks: [web]/checks:/  web: ").replace('/', '\n');
    String text = vip.replace("\n24", "/24") + check;
    YamlOptions options = FixedSurroundings.FIRST.options();
    assertThat(YamlReader.parse(Path.of("vipd.yaml"), text, options).result().problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: {{ version }}|14",
        "version: <%= @version %>|14",
        "{% if x %}|5",
        "source: {{ address }}0|13",
        "{# a comment of Jinja #}|1"
      })
  void seesATemplate(String line, int column) {
    assertThat(problems(VIP + ADDRESSES + "    " + line))
        .singleElement()
        .asString()
        .contains("6:" + column + ": error: this is a template that was not filled in");
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

  /** What makes a text no YAML begins before the place at which a parser stumbles. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "    source: \"10.0.0.1/    version: 3/|6:13: error: not valid YAML: the quote that opens here is not closed on its line; add the closing \" where the text ends",
        "    source: '10.0.0.1/    version: 3/|6:13: error: not valid YAML: the quote that opens here is not closed on its line; add the closing ' where the text ends",
        "    source: \"10.0.0.1/    version: \"3\"/|6:13: error: not valid YAML: the quote that opens here is not closed on its line; add the closing \" where the text ends",
        "    version: 3/|6:4: error: not valid YAML: U+00A0 is no blank, it only looks so; write a blank instead",
        "    version: 3/    preempt: false/|6:13: error: not valid YAML: U+00A0 is no blank, it only looks so; write a blank instead",
        " /    preempt: false/|6:1: error: not valid YAML: U+00A0 is no blank, it only looks so; write a blank instead",
        "    peers: [10.0.0.2/    preempt: false/|7:12: error: not valid YAML: while parsing a flow sequence: expected ',' or ']', but got :; close the bracket that opens in line 6",
        "    version:3/    preempt: false/|6:12: error: not valid YAML: a colon without a blank behind it makes no key; write a blank behind the colon",
        "    version = 3/    preempt: false/|6:12: error: not valid YAML: a line without a colon is no key; write a colon and a blank instead of the =",
        "    version: 3/      preempt: false/|7:7: error: not valid YAML: indented more than line 6, which has a value; indent the lines of one block alike: either this one less, or line 6 more",
        "\tversion: 3/|6:1: error: not valid YAML: a tab stands where only blanks may; write blanks instead",
        "    peers: [::1]/|6:13: error: not valid YAML: while parsing a flow node: expected the node content, but found ':'; put the value in quotes: it begins with a colon",
        "    source: @x/|6:13: error: not valid YAML: a value cannot begin with '@'; put the value in quotes",
        "    source: x\u0001/|6:14: error: the character U+0001 is not allowed; delete it",
        "<<<<<<< HEAD/    version: 3/|6:1: error: not valid YAML: a mark of a conflict of versions; resolve the conflict",
        "    notify: {master: echo a: b}/|6:28: error: not valid YAML: while parsing a flow mapping: expected ',' or '}', but got :; put a value with ': ' in quotes, or close the bracket before it",
        "    source: 2001:db8::/|6:22: error: not valid YAML: mapping values are not allowed here; put the address in quotes: a colon at its end makes a key of it",
        "    # a b/    source: x: y/|7:14: error: not valid YAML: mapping values are not allowed here; a blank belongs behind",
      })
  void isToldWhereItBegins(String text, String message) {
    assertThat(problems(VIP + ADDRESSES + text))
        .singleElement()
        .asString()
        .startsWith("vipd.yaml:" + message);
  }

  @Test
  void saysNothingOfNamesThatMayStandInAFileThatIsMissing() {
    String text = "include: [none.yaml]/" + VIP + ADDRESSES + "    checks: [c]/";
    assertThat(problems(text)).singleElement().asString().contains("none.yaml matches no file");
    assertThat(problems(VIP + ADDRESSES + "    checks: [c]/checks:/  d: {command: x}/"))
        .singleElement()
        .asString()
        .endsWith("6:14: error: check 'c' is not defined; did you mean d?");
  }

  @Test
  void keepsACommandWhoseWordsAreWrittenBesideAnOpenQuote() {
    String words = "    notify: {master: {command: \"x 'y\", words: [x, \"'y\", '']}}/";
    assertThat(problems(VIP + ADDRESSES + words)).isEmpty();
  }

  @Test
  void pointsAtTheSecondOfTwoAddresses() {
    assertThat(problems(VIP + "    addresses: [10.0.0.100, {address: 10.0.0.100}]/"))
        .singleElement()
        .asString()
        .endsWith("5:29: error: api has 10.0.0.100 twice; delete one")
        .startsWith("vipd.yaml:5:29: ");
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
