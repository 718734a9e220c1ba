package org.vipd.daemon.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which {@code vipd check} prints, and what it does not show. */
class CheckOutputTest extends CheckScene {

  @Test
  void showsTheLineWithACaretAndAHint() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\n\tprioritty 5"));
    assertThat(check(file)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            file + ":3:2: warning: unknown keyword 'prioritty' in vrrp_instance is ignored",
            "     prioritty 5",
            "     ^",
            "    hint: did you mean priority?");
  }

  /** What rules find on a line that does not say what was meant, or whose user is missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "interface ${NO_INTERFACE}",
        "interface eth0\nnotify_master /bin/true no-one nobody"
      })
  void saysOnceWhatARuleWouldSayAgain(String line) throws IOException {
    check(file("a.conf", GOOD.replace("interface eth0", line)));
    assertThat(out.toString().lines().filter(it -> it.contains(": warning: "))).hasSize(1);
  }

  /** What a priority would lead to that was made up for one that nobody can read. */
  @Test
  void concludesNothingFromAPriorityThatWasRefused() throws IOException {
    String lines = "interface eth0\npriority 10O\nstate MASTER\n%s";
    String text = GOOD.replace("interface eth0", lines).replace("10.0.0.100/24", "10.0.0.2/24");
    check(file("a.conf", text.formatted("nopreempt")));
    assertThat(out.toString())
        .contains("priority must be a whole number", "together with state MASTER [V003]")
        .doesNotContain("255 [V003]", "[V033]", "owner");
    out.getBuffer().setLength(0);
    check(file("b.conf", text.formatted("strict_mode on")));
    assertThat(out.toString()).contains("found '10O'").doesNotContain("it starts as", "[V033]");
    out.getBuffer().setLength(0);
    check(file("c.conf", text.formatted("strict_mode on").replace("10O", "100")));
    assertThat(out.toString()).contains("priority 100: it starts as BACKUP", "[V033]");
    out.getBuffer().setLength(0);
    String yaml = "vips: {a: {vrid: 7, priority: %s, interface: eth0, addresses: [10.0.0.2/24]}}\n";
    check(file("a.yaml", yaml.formatted("10O")));
    assertThat(out.toString()).contains("found '10O'").doesNotContain("[V033]");
  }

  @Test
  void saysFirstWhatToDoWhereErrorsLeaveOpenWhatBelongsWhere() throws IOException {
    String file = file("a.yaml", "vips:\n  a: {vrid: 51, addresses: [10.0.0.9\n");
    assertThat(check(file)).isEqualTo(2);
    assertThat(out.toString())
        .startsWith(
            file
                + ": note: mend the errors first, then check again: they leave open what belongs"
                + " where, so no rule was applied\n")
        .contains("error: not valid YAML");
  }

  @Test
  void showsNoPasswordOfAMailServer() throws IOException {
    String text = "mail: {server: \"ops:hunter2@mail.example.org\", recipients: [a@example.org]}\n";
    check(
        file(
            "a.yaml", text + "vips:\n  a: {vrid: 7, interface: eth0, addresses: [10.0.0.9/24]}\n"));
    assertThat(out.toString()).contains("(not shown)@mail").doesNotContain("hunter2");
  }

  /** Lines are separated by a tilde. What a rule would miss is there, and it was said why not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtp_server 10.0.0.1:25~notification_email {~a@example.org~}",
        "smtp_server 10.0.0.1 99999~notification_email {~a@example.org~}",
        "smtp_srver 10.0.0.1~notification_email {~a@example.org~}",
        "smtp_server~notification_email {~a@example.org~}",
        "smtp_server 10.0.0.1~notification_emial {~a@example.org~}"
      })
  void saysOfMailThatCannotBeSentOnlyWhatIsWrong(String lines) throws IOException {
    String global = "global_defs {\n" + lines.replace('~', '\n') + "\n}\n";
    check(file("a.conf", global + GOOD.replace("interface eth0", "interface eth0\nsmtp_alert")));
    assertThat(out.toString().lines().filter(it -> it.startsWith(folder.toString()))).hasSize(1);
  }

  @Test
  void saysOfAMisspeltListOnlyThat() throws IOException {
    String text = "vrrp_script chk {\nscript /bin/true\n}\n";
    String list = "interface eth0\ntrack_scrpt {\nchk\n}";
    check(file("a.conf", text + GOOD.replace("interface eth0", list)));
    assertThat(out.toString()).contains("did you mean track_script?").doesNotContain("V034");
    out.getBuffer().setLength(0);
    file("scripts", text);
    check(file("c.conf", "include scripts\n" + GOOD.replace("interface eth0", list)));
    assertThat(out.toString()).contains("did you mean track_script?").doesNotContain("V034");
    check(file("b.conf", text + GOOD));
    assertThat(out.toString()).contains("V034");
  }

  /** docs/decisions/0031: nothing of this host counts then. */
  @Test
  void saysNothingOfUsersWhereTheFileIsForOtherHosts() throws IOException {
    String line = "interface eth0\nnotify_master \"/bin/true\" no-one";
    String file = file("a.conf", GOOD.replace("interface eth0", line));
    assertThat(check("--strict", "--elsewhere", file)).isZero();
    assertThat(check("--strict", file)).isEqualTo(1);
    assertThat(out.toString()).contains("user 'no-one' does not exist on this host");
  }

  /** keepalived would run it as a user on every host. */
  @Test
  void saysOfACommandWithoutQuotesWhatItsWordsAreOnOtherHostsToo() throws IOException {
    String line = "interface eth0\nnotify_master /bin/pidof no-one";
    String file = file("a.conf", GOOD.replace("interface eth0", line));
    assertThat(check("--strict", "--elsewhere", file)).isEqualTo(1);
    assertThat(out.toString()).contains("the command is not quoted, so the user is 'no-one'");
  }

  @Test
  void printsJsonForPrograms() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\nbogus"));
    check("--format", "json", file);
    JsonArray problems = JsonParser.parseString(out.toString()).getAsJsonArray();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).getAsJsonObject().keySet())
        .containsExactly("file", "line", "column", "severity", "rule", "text", "hint");
    assertThat(problems.get(0).getAsJsonObject().get("line").getAsInt()).isEqualTo(3);
  }

  @Test
  void printsInstancesAsKeepalivedDumpsThem() throws IOException {
    check("--format", "keepalived-json", file("a.conf", GOOD));
    JsonArray instances = JsonParser.parseString(out.toString()).getAsJsonArray();
    assertThat(instances.get(0).getAsJsonObject().get("iname").getAsString()).isEqualTo("VI_1");
    assertThat(instances.get(0).getAsJsonObject().get("vips").toString())
        .isEqualTo("[\"10.0.0.100/24 dev eth0 scope global\"]");
  }

  /** As keepalived 2.2.7 does, whatever the order in the file. */
  @Test
  void printsFlagsInTheOrderOfKeepalived() throws IOException {
    String flags = "autojoin noprefixroute -nodad no_track home mngtmpaddr";
    check(
        "--format",
        "keepalived-json",
        file("a.conf", GOOD.replace("10.0.0.100/24", "\n2001:db8::9/64 " + flags + "\n")));
    assertThat(out.toString())
        .contains("scope global home -nodad mngtmpaddr noprefixroute autojoin no_track");
    out.getBuffer().setLength(0);
    check("--effective", file("b.conf", Files.readString(folder.resolve("a.conf"))));
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains(
            "flags: - home - \"-nodad\" - mngtmpaddr - noprefixroute - autojoin track: false");
  }

  @Test
  void printsTheModelWithoutSecrets() throws IOException {
    String secret = "authentication {\nauth_type PASS\nauth_pass geheim\n}\n";
    String file = file("a.conf", GOOD.replace("interface eth0", "interface eth0\n" + secret));
    assertThat(check("--effective", file)).isZero();
    assertThat(out.toString())
        .contains(
            "vips:\n", "  VI_1:\n", "      secret: {not-shown: true}\n", "    preempt: true\n")
        .doesNotContain("geheim");
    assertThat(err.toString()).contains("[V018]");
  }

  @Test
  void saysOnceWhatIsTrueOfMostFiles() throws IOException {
    String text = GOOD.replace("_id 7", "_id 51").replace("garp_master_refresh 60", "");
    String a = file("a.conf", text);
    String b = file("b.conf", text);
    check(a, b, file("c.conf", text));
    assertThat(out.toString().lines().filter(it -> it.contains(": note: ")))
        .containsExactly(
            a
                + ":1:1: note: VI_1 announces its addresses only after a takeover: who misses that keeps"
                + " sending to the other node (and in 2 more places) [V028]",
            a
                + ":3:3: note: virtual_router_id 51 is that of every sample; others on this LAN may have"
                + " it too (and in 2 more places) [V010]");
    out.getBuffer().setLength(0);
    check("--format", "json", a, b);
    assertThat(out.toString().lines().filter(it -> it.contains("\"V010\""))).hasSize(2);
    assertThat(out.toString()).doesNotContain("more place");
  }

  @Test
  void showsTheLineOfAFileThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("a.conf");
    Files.writeString(
        file,
        "# f\u00fcr\n" + GOOD.replace("interface eth0", "interface eth0\nb\u00f6gus"),
        ISO_8859_1);
    check(file.toString());
    assertThat(out.toString())
        .contains(":4:1: warning: unknown keyword 'b\u00f6gus'", "\n    b\u00f6gus\n    ^\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_type PASS\n  auth_pass geheimgeheim",
        "auth_type PASS\n  auth_pass \"geheim geheim\"",
        "auth_type PASS\n}\nauth_pas geheim\nauthentication {",
        "auth_type PASS\n  auth_pass=geheim",
        "auth_type PASS\n  auth_pass: geheim",
        "auth_type PASS\n  auth_pass = geheim",
        "auth_type: PASS auth_pass geheim",
        "auth_type = PASS\n auth_pass : geheimgeheim",
        "auth_type PASS\n}\nauth_pass=geheim\nauthentication {",
      })
  void doesNotShowPasswordsOfAKeepalivedConf(String lines) throws IOException {
    String block = "interface eth0\nauthentication {\n  " + lines + "\n}\n";
    check(file("a.conf", GOOD.replace("interface eth0", block)));
    assertThat(out.toString()).contains("(not shown)\n").doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: password, secret: geheimgeheim}",
        "{\"type\": \"password\", \"secret\": \"geheimgeheim\"}",
        "\n      type: password\n      secret:\n        - geheim",
        "\n      type: hmac\n      active-key: 1\n      keys:\n        - {id: 1, secret: geheim}",
      })
  void doesNotShowPasswordsOfAVipdYaml(String value) throws IOException {
    String text =
        "vips:\n  a:\n    version: 2\n    interface: eth0\n    vrid: 7\n    addresses: [10.0.0.9/24]\n"
            + "    authentication: ";
    check(file("a.yaml", text + value + "\n"));
    assertThat(out.toString()).contains("(not shown)\n").doesNotContain("geheim");
  }

  @Test
  void printsASecretInAFormThatDoesNotLoad() throws IOException {
    String secret = "interface eth0\nauthentication {\nauth_type PASS\nauth_pass geheim\n}\n";
    check("--effective", file("a.conf", GOOD.replace("interface eth0", secret)));
    String printed = file("b.yaml", out.toString());
    assertThat(check(printed)).isEqualTo(2);
    assertThat(out.toString())
        .contains(
            "error: secret was left out when this file was printed",
            "hint: write the secret, or {file: PATH}, or {environment: NAME}");
  }

  @Test
  void printsAModelThatIsAConfiguration() throws IOException {
    String addresses = "fe80::9/64\n2001:db8::9/64 home\n}\nvirtual_ipaddress_excluded {\n";
    String text = GOOD.replace("10.0.0.100/24", addresses + "10.0.0.9/24 scope 7\n");
    check("--effective", file("a.conf", text));
    String printed = file("b.yaml", out.toString());
    out.getBuffer().setLength(0);
    check("--effective", printed);
    assertThat(out.toString()).isEqualTo(Files.readString(Path.of(printed)));
  }

  @Test
  void takesADefinitionThatIsNotReplacedForNoShellVariable() throws IOException {
    String command = "interface eth0\nnotify_backup \"/bin/true $X\"";
    check(file("a.conf", "$X=foo\n" + GOOD.replace("interface eth0", command)));
    assertThat(out.toString()).contains("hint: write ${X}").doesNotContain("V008");
    check(file("b.conf", GOOD.replace("interface eth0", command)));
    assertThat(out.toString()).contains("V008");
  }

  @Test
  void separatesTheModelsOfSeveralNodes() throws IOException {
    check("--effective", file("a.conf", GOOD), file("b.conf", GOOD));
    assertThat(out.toString().lines().filter("---"::equals)).hasSize(1);
    assertThat(out.toString())
        .startsWith("# " + folder.resolve("a.conf") + "\n")
        .contains("---\n# " + folder.resolve("b.conf") + "\n");
  }

  @Test
  void writesControlCharactersAsEscapes() throws IOException {
    String file =
        file("a.conf", GOOD.replace("interface eth0", "interface eth0\nb\u001b[31m\u202eog x"));
    check(file);
    assertThat(out.toString().lines())
        .containsExactly(
            file
                + ":3:1: warning: unknown keyword 'b\\x1b[31m\\u202eog' in vrrp_instance is ignored",
            "    b\\x1b[31m\\u202eog x",
            "    ^");
  }

  @Test
  void showsThePartOfALongLineThatIsMeant() throws IOException {
    String peers = String.join(", ", Collections.nCopies(20, "10.0.0.200"));
    String line =
        "vips: {api: {vrid: 7, addresses: [10.0.0.9/24], peers: [" + peers + "], bogus: 1}}";
    String file = file("a.yaml", line + "\n");
    assertThat(check(file)).isEqualTo(2);
    List<String> lines = out.toString().lines().toList();
    int index =
        lines.indexOf(
            file
                + ":1:"
                + (line.indexOf("bogus") + 1)
                + ": error: unknown key 'bogus' in vips.api");
    assertThat(index).isNotNegative();
    String shown = lines.get(index + 1);
    assertThat(shown).startsWith("    ...").endsWith("], bogus: 1}}").hasSizeLessThan(170);
    assertThat(lines.get(index + 2)).isEqualTo(" ".repeat(shown.indexOf("bogus")) + "^");
  }

  @Test
  void showsTheBeginningOfALongLineThatIsWrongThere() throws IOException {
    String file = file("a.conf", GOOD.replace("interface eth0", "bogus " + "x".repeat(400)));
    check(file);
    assertThat(out.toString().lines())
        .containsSequence("    " + "  bogus " + "x".repeat(149) + "...", "      ^");
  }
}
