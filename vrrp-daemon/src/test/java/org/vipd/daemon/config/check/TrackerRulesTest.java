package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.check.host.UnknownHost;

/** Rules about what changes priorities, beside the examples of the page. */
class TrackerRulesTest {

  private static final String OTHER = instance(90);

  private static final String DEFINITIONS =
      """
      track_file f {
        file /run/f
        weight 1
      }
      vrrp_track_process p {
        process haproxy
        weight 4
      }
      bfd_instance b {
        neighbor_ip 10.0.0.9
        weight -3
      }
      """;

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "track_interface { eth1 weight -5 }, weight -5 of interface eth1, 10",
    "track_interface { eth1 weight 5 }, weight 5 of interface eth1, 15",
    "track_interface { eth1 weight -5 reverse }, weight -5 of interface eth1, 15",
    "track_process { p }, weight 4 of process p, 14",
    "track_process { p weight -9 }, weight -9 of process p, 10",
    "track_bfd { b }, weight -3 of bfd b, 10"
  })
  void saysThatATrackerCannotBridgeTheGap(String line, String what, int gap) {
    assertThat(check().found("V001", DEFINITIONS + instance(100, line), OTHER))
        .containsExactly(
            "warning: "
                + what
                + " cannot move VI_1 to b.conf: the gap between their priorities is "
                + gap);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "track_interface { eth1 }",
        "track_interface { eth1 weight -11 }",
        "track_file { f }"
      })
  void saysNothingWhenTheRoleMoves(String line) {
    assertThat(check().found("V001", DEFINITIONS + instance(100, line), OTHER)).isEmpty();
  }

  /** A positive weight counts on both nodes while all is well. */
  @ParameterizedTest
  @CsvSource({"11, 0", "10, 1", "9, 1"})
  void takesWhatTheOtherNodeTracksIntoAccount(int weight, int warnings) {
    String line = "track_interface { eth1 weight " + weight + " }";
    assertThat(check().found("V001", instance(100, line), instance(90, line))).hasSize(warnings);
  }

  /** 250 + 20 is 254, so only 4 of the 20 go when the interface fails. */
  @Test
  void countsOnlyWhatAWeightChangesBelowTheLimit() {
    String line = "track_interface { eth1 weight 20 }";
    assertThat(check().found("V001", instance(250, line), instance(245)))
        .containsExactly(
            "warning: weight 20 of interface eth1 cannot move VI_1 to b.conf: the gap between their"
                + " priorities is 9, and it changes 4 of it: priorities end at 254");
    assertThat(check().found("V001", instance(250, line), instance(251))).isEmpty();
  }

  @Test
  void seesWhoLeadsWhileAllIsWell() {
    String line = "track_interface { eth1 weight 20 }";
    assertThat(check().found("V001", instance(100, line), instance(100)))
        .containsExactly(
            "warning: weight 20 of interface eth1 cannot move VI_1 to b.conf: the gap between their"
                + " priorities is 20");
    assertThat(check().found("V004", instance(100, line), instance(100))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"250, 20, 254, 0", "100, 10, 110, 0", "100, 10, 90, 20", "250, 20, 252, 9"})
  void seesPrioritiesThatWeightsMakeEqual(int one, int weight, int other, int theirWeight) {
    int both = Math.min(254, one + weight);
    assertThat(
            check()
                .found(
                    "V004",
                    instance(one, "track_interface { eth1 weight " + weight + " }"),
                    instance(other, "track_interface { eth1 weight " + theirWeight + " }")))
        .containsExactly(
            "warning: priority of VI_1 is "
                + both
                + " with its weights here and in a.conf: the larger IP address decides");
  }

  @Test
  void comparesBasePrioritiesWhereANumberInAFileCounts() {
    String line = "track_file { f }";
    assertThat(
            check().found("V004", DEFINITIONS + instance(100, line), DEFINITIONS + instance(100)))
        .hasSize(1);
    assertThat(check().found("V004", DEFINITIONS + instance(101, line), instance(100))).isEmpty();
  }

  @Test
  void saysNothingWhenANumberInAFileIsPartOfThePriority() {
    String both = DEFINITIONS + instance(100, "track_interface { eth1 weight -5 }");
    String theirs = DEFINITIONS + instance(90, "track_file { f }");
    assertThat(check().found("V001", both, theirs)).isEmpty();
    assertThat(check().found("V001", both, OTHER)).hasSize(1);
  }

  @Test
  void saysThatTrackersMoveNothingWithoutPreemption() {
    String conf =
        DEFINITIONS
            + instance(
                100,
                "nopreempt",
                "track_interface { eth1 weight -5 }",
                "track_process { p weight 0 }",
                "track_file { f }");
    String because = ": with nopreempt no other node takes over from a lower priority";
    assertThat(check().found("V002", conf))
        .containsExactly(
            "warning: weight -5 of interface eth1 cannot move VI_1" + because,
            "warning: weight 1 of file f moves VI_1 only when its number makes -254 or less"
                + because);
    assertThat(check().found("V002", conf.replace("nopreempt", ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "track_file { f }, file f",
    "track_process { p }, process p",
    "track_bfd { b }, bfd b"
  })
  void saysThatATrackerIsDefinedBelowItsUse(String line, String what) {
    assertThat(check().found("V016", instance(100, line) + DEFINITIONS))
        .containsExactly(
            "warning: vrrp_instance VI_1 tracks "
                + what
                + ", which is defined below it; keepalived would ignore that");
    assertThat(check().found("V016", DEFINITIONS + instance(100, line))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "interval 2, timeout 2, note: timeout of chk is its interval",
    "interval 2, timeout 3, warning: timeout of chk is longer"
  })
  void saysThatATimeoutIsNotShorterThanTheInterval(String one, String two, String what) {
    assertThat(check().found("V006", tracked(one, two)))
        .singleElement()
        .asString()
        .startsWith(what);
  }

  @ParameterizedTest
  @CsvSource({"interval 2, timeout 1", "interval 2, rise 2"})
  void saysNothingAboutAShorterTimeoutAndTheDefault(String one, String two) {
    assertThat(check().found("V006", tracked(one, two))).isEmpty();
  }

  private static String tracked(String... lines) {
    return "vrrp_script chk {\nscript \"/bin/true\"\n"
        + String.join("\n", lines)
        + "\n}\n"
        + instance(100, "track_script { chk }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/true >> /tmp/x",
        "/bin/true 2>&1",
        "/bin/true &>/dev/null",
        "/bin/true x; /bin/true",
        "/bin/true | /bin/true",
        "/bin/true `id`",
        "/bin/true $(id)",
        "/bin/true ${HOME}/x",
        "/bin/true < /tmp/x",
        "/bin/true '>' x > /tmp/x",
        "/bin/true '$HOME' $HOME",
        "find / -exec true {} ; && true",
        "/bin/true /run/*.pid",
        "/bin/true --file=/run/*/x",
        "/bin/true ~/x"
      })
  void seesShellSyntax(String command) {
    assertThat(check().found("V008", scripted(command))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/true -gt 5 a|b 'x;y' $1 -->",
        "/bin/sh -c 'true > /dev/null; true'",
        "/bin/true '>' '$HOME' '||'",
        "/bin/true '/run/*.pid' *.pid /usr/sbin/x.* http://*/x a~b",
        "/bin/true / -exec true {} ;",
        "/bin/true / -ok true {} '+' ;",
        "if true; then exit 0; fi",
        "</dev/null"
      })
  void seesNoShellSyntaxElsewhere(String command) {
    assertThat(check().found("V008", scripted(command))).isEmpty();
    assertThat(check().found("V007", scripted(command))).isEmpty();
  }

  /** Quotes inside quotes would end them. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/bin/true > /dev/null, write: \"/bin/sh -c '/bin/true > /dev/null'\"",
        "/bin/true 'a b' | /bin/true, put the line into a script of its own"
      })
  void proposesWhatCanBeWritten(String command, String hint) {
    assertThat(check().hints("V008", scripted(command)))
        .singleElement()
        .asString()
        .startsWith(hint);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"if true; then exit 0; fi, if", "exit 0, exit", "$(which true), $(which"})
  void saysWhereOnlyAShellCanReadACommand(String command, String first) {
    assertThat(check().found("V035", scripted(command)))
        .containsExactly(
            "warning: script of chk begins with '"
                + first
                + "': a shell reads it here, where keepalived finds no such program and goes on"
                + " without");
    assertThat(check().found("V035", new UnknownHost(), scripted(command))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/true", "true", "no-such-program", "[ -e /tmp/x ]", "</dev/null"})
  void saysNothingOfAShellWhereKeepalivedNeedsNone(String command) {
    assertThat(check().found("V035", scripted(command))).isEmpty();
    assertThat(check().found("V035", new UnknownHost(), scripted(command))).isEmpty();
  }

  @Test
  void saysWhatNothingDependsOn() {
    String script = "vrrp_script chk {\nscript \"/bin/true\"\n}\n";
    assertThat(check().found("V034", script + DEFINITIONS + instance(100)))
        .containsExactly(
            "note: check chk counts for no virtual router, so it changes nothing",
            "note: file f counts for no virtual router, so it changes nothing",
            "note: process p counts for no virtual router, so it changes nothing");
    String tracks = "track_script { chk }\n track_file { f }\n track_process { p }";
    assertThat(check().found("V034", script + DEFINITIONS + instance(100, tracks))).isEmpty();
    String group = "vrrp_sync_group G {\ngroup { VI_1 }\n" + tracks + "\n}\n";
    assertThat(check().found("V034", script + DEFINITIONS + instance(100) + group)).isEmpty();
  }

  private static String scripted(String command) {
    return "vrrp_script chk {\nscript \""
        + command
        + "\"\n}\n"
        + instance(100, "track_script { chk }");
  }

  @ParameterizedTest
  @CsvSource({
    "garp_master_repeat 0, garp_master_repeat must be 1",
    "track_interface { eth1 weight 254 }, weight 254 is cut to 253"
  })
  void namesTheValueThatIsUsedInstead(String line, String what) {
    assertThat(check().found("V017", instance(100, line)))
        .singleElement()
        .asString()
        .startsWith("warning: " + what);
  }

  @ParameterizedTest
  @CsvSource({
    "track_script { chk weight 999 }, 253, the weight of its definition is used",
    "track_interface { eth1 weight -255 }, 253, 0 is used",
    "track_bfd { b weight 999 }, 253, the weight of its definition is used",
    "track_file { f weight 255 }, 254, the weight of its definition is used",
    "track_process { p weight -999 }, 254, the weight of its definition is used"
  })
  void namesTheRangeOfTheWeightThatIsWritten(String line, int limit, String instead) {
    String text = "vrrp_script chk {\nscript true\n}\n" + DEFINITIONS + instance(100, line);
    assertThat(check().found("", text))
        .singleElement()
        .asString()
        .startsWith("warning: weight must be a whole number from -" + limit + " to " + limit + ",")
        .endsWith("; " + instead + ", as in keepalived");
  }

  @Test
  void looksAtScriptsOfGroupsAndOfTheDaemon() {
    String group = "vrrp_sync_group G {\ngroup { VI_1 }\nnotify_master \"/opt/none/notify\"\n}\n";
    assertThat(check().found("V007", instance(100) + group))
        .containsExactly(
            "warning: notify script of G cannot run on this host: /opt/none/notify does not exist");
    assertThat(check().found("V007", "global_defs { startup_script /opt/none/up }\n" + instance(1)))
        .containsExactly(
            "warning: startup_script cannot run on this host: /opt/none/up does not exist");
  }
}
