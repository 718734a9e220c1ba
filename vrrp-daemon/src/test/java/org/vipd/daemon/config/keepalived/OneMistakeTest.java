package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        "unicast_peerz 10.0.0.2~10.0.0.3~10.0.0.4|k.conf:5:1: warning: unknown keyword 'unicast_peerz' in vrrp_instance is ignored, and so are the values below it; did you mean unicast_peer?",
        "authentication { auth_type PASS auth_pass x }|k.conf:5:33: warning: authentication has no auth_pass on a line of its own, so it is ignored, as in keepalived; write each setting on a line of its own",
        "auth_type PASS~auth_pass secret|k.conf:5:1: warning: auth_type and auth_pass (line 6) do not stand in a block authentication and are ignored, so nothing is authenticated; write authentication { on a line above them and } on one below",
        "auth_pass secret~priority 7~auth_type PASS~authentication {~auth_type PASS~auth_pass x~}|k.conf:5:1: warning: auth_pass and auth_type (line 7) do not stand in a block authentication and are ignored; move them into the block, or delete them",
        "auth_pass secret|k.conf:5:1: warning: unknown keyword 'auth_pass' in vrrp_instance is ignored; it belongs into the block authentication",
        "authentication {~auth_type PASS~auth_pass }}~}|k.conf:7:11: error: the password begins with a brace, which begins or ends a block outside quotes; put the password in double quotes",
        "notify_master awk {{print}}|k.conf:5:19: warning: braces are part of the command; keepalived would end it before them; put the whole command in double quotes",
        "virtual_ipaddress_excluded {~10.0.0.9 preferred_lft x~}|k.conf:6:24: warning: preferred_lft must be forever or a number from 0 to 4294967295, found 'x'; it is ignored, as in keepalived; write seconds, or forever",
        "authentication {~auth_type PASS~auth_pass~}|k.conf:7:1: error: auth_pass needs a password; write it behind, or delete the line",
        "}~vrrp_script c {~scrpt /bin/true|k.conf:7:1: warning: unknown keyword 'scrpt' in vrrp_script is ignored, so the block is left out, as in keepalived; did you mean script?",
        "}~track_file c {~fil /bin/true|k.conf:7:1: warning: unknown keyword 'fil' in track_file is ignored, so the block is left out, as in keepalived; did you mean file?",
        "}~vrrp_track_process c {~proces x|k.conf:7:1: warning: unknown keyword 'proces' in vrrp_track_process is ignored, so the block is left out, as in keepalived; did you mean process?",
        "}~vrrp_sync_group c {~grup {~VI_1~}|k.conf:7:1: warning: unknown block 'grup' in vrrp_sync_group is ignored, so the block is left out, as in keepalived; did you mean group?",
        "preempt_delay 5 debug $X|k.conf:5:17: warning: 'debug' after preempt_delay is ignored; write on a line of its own: debug $X",
      })
  void isToldOnce(String lines, String message) {
    List<String> said = Loading.problemsOf(lines.split("~ ?", -1));
    assertThat(said.stream().filter(it -> !it.contains("$X is not defined")))
        .containsExactly(message);
  }

  @Test
  void namesABlockWithoutANameByItsLine() {
    assertThat(Loading.problems(Loading.instance() + "vrrp_sync_group \"\" { group { VI_1 } }\n"))
        .containsExactly(
            "k.conf:7:1: warning: vrrp_sync_group (line 7) has only one member",
            "k.conf:7:17: error: the name of this vrrp_sync_group is empty; write one, so that"
                + " messages and vipd.yaml can name it");
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

  @Test
  void doesNotSayThatAddressesAreMissingWhichAreInAnUnknownBlock() {
    for (String head : List.of("virtual_ips {", "addresses {", "priority 90 {")) {
      String text = Loading.instance().replace("virtual_ipaddress {", head);
      assertThat(Loading.problems(text))
          .singleElement()
          .asString()
          .doesNotContain("has no virtual");
    }
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
        "webhook hooks.example.org/hunter2",
        "}~global_defs {~ smtp_server ops:hunter2@mail.example.org",
        "}~global_defs {~ smtp_srver ops:hunter2@mail.example.org",
        "unicast_peer {~ ops:hunter2@10.0.0.3~}",
        "}~PASS=hunter2~$PASS=hunter2~global_defs {"
      })
  void showsNoSecretThatIsWrittenWrong(String lines) {
    assertThat(Loading.problems(Loading.instance(lines.split("~"))))
        .isNotEmpty()
        .noneMatch(it -> it.contains("hunter2"));
  }

  /** Lines are separated by a tilde. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vrrp_scrpt chk {~ script /bin/true~}|track_script {~ chk~ }",
        "vrrp_track_proces p {~ process sshd~}|track_process {~ p~ }",
        "track_fil f {~ file /tmp/f~}|track_file {~ f~ }",
        "vrrp_instnce VI_2 {~ interface eth0~ virtual_router_id 9~}|~}~vrrp_sync_group G {~ group {~ VI_1~ VI_2~ }",
      })
  void saysOfAMisspeltDefinitionNothingWhereItIsUsed(String definition, String use) {
    String text = definition.replace("~", "\n") + "\n" + Loading.instance(use.split("~", -1));
    assertThat(Loading.problems(text))
        .singleElement()
        .asString()
        .contains("k.conf:1:1: warning: unknown block '", "did you mean ");
  }

  /** Lines are separated by a tilde. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "priority 90~}~virtual_ipaddress {~10.0.0.100~}~}",
        "priority 90 }~virtual_ipaddress {~10.0.0.100~}~}",
      })
  void saysOfABraceTooManyOnlyThat(String lines) {
    String text = "vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 7\n";
    assertThat(Loading.problems(text + lines.replace('~', '\n') + "\n"))
        .singleElement()
        .asString()
        .contains("warning: closing brace too many");
  }

  @Test
  void saysWhichBraceTookWhatAnInstanceNeeds() {
    String text = Loading.instance().replace("VI_1 {", "VI_1 {\n}");
    assertThat(Loading.problems(text))
        .filteredOn(it -> it.contains("closing brace too many"))
        .singleElement()
        .asString()
        .startsWith(
            "k.conf:2:1: error: vrrp_instance VI_1 has no virtual_router_id; closing brace");
  }

  /** keepalived ignores such a brace, too. */
  @Test
  void ignoresABraceInAValue() {
    assertThat(Loading.problems("global_defs {\nrouter_id a{{\n}\n" + Loading.instance()))
        .containsExactly(
            "k.conf:2:12: warning: opening brace in the value of router_id: the value ends before"
                + " it, as in keepalived; put the value in double quotes, or delete the brace");
    assertThat(Loading.model("global_defs {\nrouter_id a{{\n}\n" + Loading.instance()).routerId())
        .contains("a");
  }

  @Test
  void proposesQuotesWhereATemplateMayBeAPassword() {
    String[] lines = {"authentication {", "auth_type PASS", "auth_pass {{x}}a", "}"};
    assertThat(Loading.problemsOf(lines))
        .singleElement()
        .asString()
        .endsWith(TEMPLATE.substring(7) + "; if it is the password, put it in double quotes");
    lines[2] = "auth_pass \"{{x}}a\"";
    assertThat(Loading.problemsOf(lines)).isEmpty();
    lines[2] = "auth_pass <%x%>a # as it is";
    assertThat(Loading.problemsOf(lines)).isEmpty();
    lines[2] = "auth_pass <%= x %>";
    assertThat(Loading.load(Loading.instance(lines)).config()).isEmpty();
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
  void saysOfAFileInUtf16HowToSaveIt() throws IOException {
    Path file = folder.resolve("k.conf");
    Files.writeString(file, Loading.instance(), StandardCharsets.UTF_16);
    assertThat(KeepalivedReader.read(file, SourceOptions.ofHost()).problems())
        .singleElement()
        .asString()
        .endsWith(
            "error: the file is in UTF-16, as some editors of Windows write; save it as UTF-8");
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
