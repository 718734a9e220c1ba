package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.text.SourceOptions;

/** What one mistake leads to is told once, where it is and with what to do. */
class OneMistakeTest {

  private static final String TEMPLATE =
      "error: this is a template that was not filled in: nothing else in it is looked at; let its"
          + " program (Ansible, Salt, Puppet, Helm, ...) make the file, and use that";

  @TempDir private Path folder;

  /** Lines are separated by a tilde. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "priority $NONE|k.conf:5:10: error: priority must be a whole number from 1 to 255, found '$NONE'; $NONE is not defined above: a definition is a line: $NAME=value; or is this a template that was not filled in?",
        "virtual_ipaddress_excluded {~ ${VIP}~ }|k.conf:6:1: warning: '${VIP}' is not an IP address and is skipped; ${VIP} is not defined above: a definition is a line: $NAME=value; or is this a template that was not filled in?",
        "priority 100 advert_int 1|k.conf:5:14: warning: 'advert_int' after priority is ignored; write on a line of its own: advert_int 1",
        "preempt_delay 5 debug $X|k.conf:5:17: warning: 'debug' after preempt_delay is ignored; write on a line of its own: debug $X",
      })
  void isToldOnce(String lines, String message) {
    List<String> said = Loading.problemsOf(lines.split("~ ", -1));
    assertThat(said.stream().filter(it -> !it.contains("$X is not defined")))
        .containsExactly(message);
  }

  @Test
  void saysOnlyThatASettingNeedsALineOfItsOwn() {
    String text = Loading.instance().replace("interface eth0\n", "interface eth0");
    assertThat(Loading.problems(text))
        .containsExactly(
            "k.conf:2:19: error: vrrp_instance VI_1 has no virtual_router_id on a line of its own;"
                + " write each setting on a line of its own");
  }

  @Test
  void doesNotSayThatAddressesAreMissingWhichAreWrong() {
    String text = Loading.instance().replace("10.0.0.100", "10.0.0.300");
    assertThat(Loading.problems(text))
        .containsExactly(
            "k.conf:4:23: warning: '10.0.0.300' is not an IP address and is skipped; write a literal"
                + " address, no name");
    assertThat(Loading.problems(Loading.instance().replace("10.0.0.100", "")))
        .containsExactly(
            "k.conf:4:3: warning: vrrp_instance VI_1 has no virtual_ipaddress, so it protects"
                + " nothing; add at least one address");
    assertThat(Loading.load(text.replace("51", "51\nversion 3")).config()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interface {{ interface }}",
        "interface {{ .Interface }}",
        "{% if a != b %}",
        "priority <%= @priority %>",
        "{# a comment of Jinja #}"
      })
  void takesNothingFromATemplate(String line) {
    int column = line.indexOf(line.contains("<") ? '<' : '{') + 1;
    String text = Loading.instance(line, "prioritty {{ prio }}", "{% endif %}", "foo");
    assertThat(Loading.problems(text)).containsExactly("k.conf:5:" + column + ": " + TEMPLATE);
  }

  @Test
  void seesNoTemplateInQuotesAndComments() {
    assertThat(
            Loading.problemsOf(
                "# {{ comment }}", "notify_master \"/bin/echo {{x}} {%y%}\"", "priority 90 # {%"))
        .isEmpty();
    assertThat(Loading.problemsOf("priority \"{{ prio }}\""))
        .singleElement()
        .asString()
        .endsWith("found '{{ prio }}'; is this a template that was not filled in?");
  }

  /** Lines are separated by a tilde. keepalived runs such commands. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "notify_master \"/bin/echo '{{.State.Running}}' web\"",
        "notify_master '/bin/echo {{.State.Running}} web'",
        "notify_master \"/bin/echo \\\"{{.State.Running}}\\\" web\"",
        "notify_master '/bin/sh -c \"echo {%x%}\"'",
        "$COMMAND=/bin/echo '{{.State.Running}}' web~notify_master \"$COMMAND\"",
        "@another {{ x }}",
        "@^another notify_master '/bin/echo {{x}}'"
      })
  void seesNoTemplateInACommandOrALineOfAnotherNode(String lines) {
    LoadResult result = Loading.load(Loading.instance(lines.split("~")));
    assertThat(result.problems()).noneMatch(ConfigProblem::isTemplate);
    assertThat(result.config()).isPresent();
  }

  @Test
  void seesATemplateInADefinitionAndBehindACondition() {
    assertThat(Loading.problems(Loading.instance("$PRIORITY={{ prio }}")))
        .containsExactly("k.conf:5:11: " + TEMPLATE);
    assertThat(Loading.problems(Loading.instance("@^another priority {{ prio }}")))
        .anyMatch(it -> it.equals("k.conf:5:20: " + TEMPLATE));
  }

  /** What is missing in a file that was cut may be written and be elsewhere. */
  @Test
  void saysOfAFileThatWasCutOnlyThat() {
    String text = Loading.instance().substring(0, Loading.instance().indexOf("  virtual_ip"));
    assertThat(Loading.problems(text))
        .containsExactly("k.conf:1:1: error: block vrrp_instance is not closed; add the missing }");
    assertThat(Loading.problems(text + "}\n")).anyMatch(it -> it.contains("no virtual_ipaddress"));
  }

  @Test
  void saysOfAnotherFileOnlyThat() {
    assertThat(Loading.problems("[vrrp]\ninterface=eth0\nupstream x {\n server y;\n}\n"))
        .singleElement()
        .asString()
        .contains("has no keyword of keepalived.conf at its top");
    assertThat(Loading.problems("vrrp_instnce VI_1 {\n}\nfoo\n"))
        .filteredOn(it -> it.contains(":1:1: "))
        .singleElement()
        .asString()
        .endsWith("did you mean vrrp_instance?");
  }

  @Test
  void saysOfAMisspeltInstanceOnlyThat() {
    assertThat(Loading.problems(Loading.instance().replace("vrrp_instance", "vrrp_instnace")))
        .containsExactly(
            "k.conf:1:1: warning: unknown block 'vrrp_instnace' at the top of the file is ignored;"
                + " did you mean vrrp_instance?");
    assertThat(Loading.problems("interface eth0\n"))
        .anyMatch(it -> it.contains("defines no vrrp_instance, so no address moves"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authentication auth_type PASS auth_pass hunter2",
        "authentication \"hunter2\"",
        "auth_hmac key 1 hunter2",
        "auth_hmac {~ key hunter2~ active_key 1~}",
        "auth_hmac {~ key hunter2 1~ active_key 1~}",
        "webhook hooks.example.org/hunter2"
      })
  void showsNoSecretThatIsWrittenWrong(String lines) {
    assertThat(Loading.problems(Loading.instance(lines.split("~"))))
        .isNotEmpty()
        .noneMatch(it -> it.contains("hunter2"));
  }

  @Test
  void refusesAMisspeltInterfaceOnlyWhereThereIsNoOther() {
    assertThat(Loading.problemsOf("interfce eth1"))
        .containsExactly(
            "k.conf:5:1: warning: unknown keyword 'interfce' in vrrp_instance is ignored; did you"
                + " mean interface?");
    assertThat(Loading.load(Loading.instance().replace("interface", "interfce")).config())
        .isEmpty();
  }

  @Test
  void readsLinesThatEndAsOnOldMacs() throws IOException {
    Path file = folder.resolve("k.conf");
    Files.writeString(file, Loading.instance("priority 300").replace('\n', '\r'));
    LoadResult result = KeepalivedReader.read(file, SourceOptions.ofHost());
    assertThat(result.problems().stream().map(ConfigProblem::toString))
        .containsExactly(
            file
                + ":1:21: warning: lines end with a CR alone, as on old Mac OS; they are read as"
                + " lines, which keepalived would not do; save the file with the line ends of Unix",
            file + ":5:10: error: priority must be a whole number from 1 to 255, found '300'");
  }
}
