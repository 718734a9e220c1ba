package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.keepalived.Loading.instance;
import static org.vipd.daemon.config.keepalived.Loading.model;
import static org.vipd.daemon.config.keepalived.Loading.only;
import static org.vipd.daemon.config.keepalived.Loading.problems;
import static org.vipd.daemon.config.keepalived.Loading.problemsOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.HookConfig.Occasion;

class ScriptKeywordsTest {

  private static String script(String... lines) {
    return "vrrp_script c {\n"
        + String.join("\n", lines)
        + "\n}\n"
        + instance("track_script { c }");
  }

  private static CheckConfig check(String... lines) {
    return model(script(lines)).check("c").orElseThrow();
  }

  @Test
  void fillsInTheDefaultsOfAScript() {
    CheckConfig check = check("script /bin/true");
    assertThat(check.schedule().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(check.schedule().timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(check.thresholds()).isEqualTo(new CheckConfig.Thresholds(1, 1));
    assertThat(check.weight()).isZero();
    assertThat(check("script x", "interval 7").schedule().timeout())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void escapesInDoubleQuotesAreUndoneBeforeTheCommandIsSplit() {
    String line = "script \"show a\\tb c\\ d \\\"e\\tf\\\" g\\\\b \\x41\\101 h\\nb\"";
    assertThat(check(line).command().words())
        .containsExactly("show", "a", "b", "c", "d", "e\tf", "g\b", "AA", "h", "b");
    assertThat(check("script show\\x41").command().words()).containsExactly("showA");
  }

  @Test
  void saysThatAWordBehindReverseIsIgnored() {
    assertThat(Loading.problems(script("script /bin/true", "weight 3 reverse foo")))
        .anyMatch(
            it ->
                it.contains(
                    "k.conf:3:18: warning: 'foo' after weight and reverse is ignored; delete it"));
    assertThat(check("script /bin/true", "weight 3 reverse foo").isReversed()).isTrue();
  }

  @Test
  void readsEveryKeywordOfAScript() {
    String[] lines = {
      "script \"a b\"", "interval 0.5", "timeout 3", "rise 4", "fall 5", "weight -9 reverse"
    };
    CheckConfig check = check(lines);
    assertThat(check.schedule())
        .isEqualTo(new CheckConfig.Schedule(Duration.ofMillis(500), Duration.ofSeconds(3)));
    assertThat(check.thresholds()).isEqualTo(new CheckConfig.Thresholds(4, 5));
    assertThat(check.weight()).isEqualTo(-9);
    assertThat(check.isReversed()).isTrue();
    assertThat(problems(script(lines))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "weight 254,k.conf:3:8: warning: weight must be a whole number from -253 to 253",
    "weight -254,k.conf:3:8: warning: weight must be a whole number from -253 to 253",
    "rise 0,k.conf:3:6: warning: rise must be a whole number from 1 to",
    "fall x,k.conf:3:6: warning: fall must be a whole number from 1 to",
    "interval -1,k.conf:3:10: warning: interval must be more than 0 and at most 86400 seconds",
    "timeout 1h,k.conf:3:9: warning: timeout must be more than 0 and at most 86400 seconds",
    "interval 0,k.conf:3:10: warning: interval must be more than 0 and at most 86400 seconds",
    "weight 2 upside,k.conf:3:10: warning: unknown word 'upside' after weight",
    "init_fail,k.conf:3:1: warning: init_fail has no effect",
    "colour red,k.conf:3:1: warning: unknown keyword 'colour' in vrrp_script"
  })
  void saysWhatIsWrongWithAScript(String line, String problem) {
    assertThat(problems(script("script /bin/true", line)))
        .singleElement()
        .asString()
        .startsWith(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"command", "exec", "cmd", "run", "program"})
  void knowsWhatAScriptIsCalledElsewhere(String keyword) {
    assertThat(problems(script(keyword + " \"/bin/true\"")))
        .containsExactly(
            "k.conf:2:1: warning: unknown keyword '"
                + keyword
                + "' in vrrp_script is ignored, so the block is left out, as in keepalived; did you"
                + " mean script?");
  }

  @Test
  void aCommandIsNoProbe() {
    assertThat(problems(script("probe exec /bin/true")))
        .singleElement()
        .asString()
        .endsWith("; a command is no probe: write script \"COMMAND\" in its place");
  }

  @Test
  void saysWhichLineCountsAfterOneThatCannotBeRead() {
    assertThat(problems(script("script /bin/true", "interval x", "interval +2")))
        .contains(
            "k.conf:3:10: warning: interval must be more than 0 and at most 86400 seconds, found"
                + " 'x'; line 4 gives it again; correct the number");
    assertThat(check("script /bin/true", "interval x", "interval +2").schedule().interval())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void saysThatASettingBehindAProcessIsAnArgument() {
    String process = "vrrp_track_process p {\nprocess haproxy %s\n}\n" + instance();
    assertThat(problems(process.formatted("-f x quorum 0")))
        .containsExactly(
            "k.conf:2:22: warning: 'quorum' is taken for an argument of the program, and only a"
                + " process with it counts; write on a line of its own: quorum 0");
    assertThat(problems(process.formatted("-f \"quorum\""))).isEmpty();
    assertThat(problems(process.formatted("\nprocess nginx")))
        .containsExactly(
            "k.conf:3:1: warning: process is given again; the first one counts, as in keepalived;"
                + " delete one");
    assertThat(model(process.formatted("\nprocess nginx")).trackers().processes())
        .singleElement()
        .satisfies(it -> assertThat(it.command().text()).isEqualTo("haproxy"));
  }

  @Test
  void usesTheLastScript() {
    assertThat(problems(script("script /bin/true", "script /bin/false")))
        .contains(
            "k.conf:2:1: warning: script is given again in line 3; the last one that can be used"
                + " counts, as in keepalived; delete one");
    assertThat(problems(script("script /bin/true", "script /bin/true")))
        .noneMatch(it -> it.contains("again"));
    assertThat(check("script /bin/true", "script /bin/false").command().text())
        .isEqualTo("/bin/false");
  }

  @Test
  void leavesOutAScriptWithoutCommand() {
    assertThat(model(script("interval 2")).checks()).isEmpty();
    assertThat(problems(script("interval 2")))
        .contains(
            "k.conf:1:1: warning: vrrp_script c has no script and is left out, as in keepalived; add:"
                + " script \"...\"");
    assertThat(problems(script("script \"  \"")))
        .contains(
            "k.conf:2:8: warning: script is empty and is skipped, as in keepalived; write the"
                + " command");
  }

  @Test
  void keepsTheFirstOfTwoScriptsOfOneName() {
    String twice = "vrrp_script c { script a }\nvrrp_script c { script b }\n" + instance();
    // the braces of a script line end its words
    assertThat(model(twice).check("c").orElseThrow().command().text()).isEqualTo("a");
    assertThat(problems(twice))
        .containsExactly(
            "k.conf:2:1: warning: vrrp_script c is defined twice; the first one is used; rename or"
                + " delete one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "script \"/bin/a b  c\" ~ /bin/a|b|c",
        "script '/bin/a \"b c\"' ~ /bin/a|b c",
        "script \"/bin/a 'b c' d\" ~ /bin/a|b c|d",
        "script \"/bin/a \\\"b c\\\"\" ~ /bin/a|b c",
        "script \"/bin/a \"'b c' ~ /bin/a|b|c",
        "script /bin/a ~ /bin/a",
        "script \"/bin/a > /dev/null; x $Y\" ~ /bin/a|>|/dev/null;|x|$Y"
      })
  void splitsCommandsIntoWordsWithoutAShell(String line, String words) {
    List<String> expected = List.of(words.split("\\|", -1));
    assertThat(check(line).command().words()).isEqualTo(expected);
    assertThat(problems(script(line))).isEmpty();
  }

  @Test
  void takesAnUnquotedCommandWholeAndSaysSo() {
    assertThat(check("script /bin/a -b c").command().words()).containsExactly("/bin/a", "-b", "c");
    assertThat(problems(script("script /bin/a -b c")))
        .containsExactly(
            "k.conf:2:15: warning: the command is not quoted; all words are taken as the command,"
                + " where keepalived would take '-b' as the user to run it; write: script"
                + " \"/bin/a -b c\"");
  }

  @Test
  void keepsTheWordsOfAnUnquotedCommandTogetherThatAreQuoted() {
    CommandConfig command = check("script /bin/bash -c \"a || b\"").command();
    assertThat(command.words()).containsExactly("/bin/bash", "-c", "a || b");
    assertThat(command.text()).isEqualTo("/bin/bash -c 'a || b'");
    assertThat(problems(script("script /bin/bash -c \"a || b\"")))
        .singleElement()
        .asString()
        .endsWith("; write: script \"/bin/bash -c 'a || b'\"");
    assertThat(check("script /bin/a \"b\" 'c;d' e\\ f || g").command().words())
        .containsExactly("/bin/a", "b", "c;d", "e f", "||", "g");
  }

  @Test
  void proposesAnUnquotedCommandInAFormThatCanBeRead() {
    String line = "script /bin/sh -c \"test 'a b' = \\\"$X\\\"\"";
    List<String> words = List.of("/bin/sh", "-c", "test 'a b' = \"$X\"");
    assertThat(check(line).command().words()).isEqualTo(words);
    String problem = problems(script(line)).get(0);
    String proposed = problem.substring(problem.indexOf("write: ") + "write: ".length());
    assertThat(check(proposed).command().words()).isEqualTo(words);
    assertThat(problems(script(proposed))).isEmpty();
  }

  /** Taken as an argument it would run as root where the user is missing. */
  @Test
  void takesAWordThatCanBeAUserForOneOnEveryHost() {
    assertThat(check("script /bin/a no-such-user").command().words()).containsExactly("/bin/a");
    assertThat(check("script /bin/a no-such-user").command().account())
        .contains(new Account("no-such-user", Optional.empty()));
    assertThat(problems(script("script /bin/a no-such-user")))
        .singleElement()
        .asString()
        .contains("so the user is 'no-such-user', who does not exist on this host, so the command")
        .endsWith("or, if that is no user, write: script \"/bin/a no-such-user\"");
  }

  @Test
  void readsWhomAScriptRunsAs() {
    assertThat(check("script \"/bin/a b\" root").command().words()).containsExactly("/bin/a", "b");
    assertThat(check("script /bin/a root").command().account())
        .contains(new Account("root", Optional.empty()));
    assertThat(check("script /bin/a\nuser daemon bin").command().account())
        .contains(new Account("daemon", Optional.of("bin")));
    assertThat(problems(script("script /bin/a root"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "script \"/bin/a\" no-such-user,no-such-user,",
    "script '/bin/a' no-such-user nogroup,no-such-user,nogroup",
    "script \"/bin/a\" No.Such daemon,No.Such,daemon"
  })
  void runsAQuotedCommandAsNobodyElseThanTheUserBehindIt(String line, String user, String group) {
    CommandConfig command = check(line).command();
    assertThat(command.words()).containsExactly("/bin/a");
    assertThat(command.account()).contains(new Account(user, Optional.ofNullable(group)));
    assertThat(problems(script(line)))
        .containsExactly(
            "k.conf:2:17: warning: user '"
                + user
                + "' does not exist on this host, so the command cannot run; create the user, or put"
                + " all words of the command into the quotes");
  }

  @Test
  void takesTheUserBehindAQuotedNotifyScript() {
    CommandConfig command =
        only("notify_master \"/x.sh\" no-such-user").hooks().command(Occasion.MASTER).orElseThrow();
    assertThat(command.text()).isEqualTo("/x.sh");
    assertThat(command.account()).contains(new Account("no-such-user", Optional.empty()));
    assertThat(problems(script("script \"/bin/a\" 4711"))).isEmpty();
  }

  @Test
  void givesTheGlobalUserToScriptsThatNameNoneWhereverItStands() {
    String text =
        script("script /bin/a")
            + "global_defs {\nscript_user nobody :games\nenable_script_security\n}\n";
    assertThat(model(text).checks().get(0).command().account())
        .contains(new Account("nobody", Optional.of("games"), true));
    assertThat(model(text).checks().get(0).command().isGuarded()).isTrue();
    assertThat(check("script /bin/a").command().account()).isEmpty();
    assertThat(check("script /bin/a").command().isGuarded()).isFalse();
    String own = text.replace("/bin/a", "/bin/a\nuser root");
    assertThat(model(own).checks().get(0).command().account())
        .contains(new Account("root", Optional.empty()));
  }

  @Test
  void tracksScriptsWithTheirOwnWeights() {
    String scripts = "vrrp_script a {\nscript x\n}\nvrrp_script b {\nscript y\nweight 3\n}\n";
    String text = scripts + instance("track_script {", "a weight -20", "b weight 5 reverse", "}");
    assertThat(model(text).instances().get(0).tracks())
        .containsExactly(
            new CheckTrack("a", OptionalInt.of(-20), false),
            new CheckTrack("b", OptionalInt.of(5), true));
    assertThat(problems(text)).isEmpty();
  }

  @Test
  void ignoresATrackedScriptThatDoesNotExist() {
    assertThat(only("track_script { ghost }").tracks()).isEmpty();
    assertThat(problemsOf("track_script { ghost }"))
        .containsExactly(
            "k.conf:5:16: warning: vrrp_instance VI_1 tracks script 'ghost', which is not defined;"
                + " it is ignored; define vrrp_script ghost");
  }

  @Test
  void suggestsADefinitionWithASimilarName() {
    String text = "vrrp_script check {\nscript x\n}\n" + instance("track_script {", "chek", "}");
    assertThat(problems(text)).last().asString().endsWith("it is ignored; did you mean check?");
  }

  @Test
  void runsOnlyScriptsThatAreTracked() {
    String text = "vrrp_script unused {\nscript x\n}\n" + script("script y");
    assertThat(model(text).checks()).extracting(CheckConfig::name).containsExactly("unused", "c");
    assertThat(model(text).trackedChecks()).extracting(CheckConfig::name).containsExactly("c");
  }

  @ParameterizedTest
  @EnumSource(Occasion.class)
  void readsANotifyScriptForEachOccasion(Occasion occasion) {
    String keyword = occasion.keyword();
    String line = keyword + " \"/bin/hook " + occasion + "\"";
    assertThat(only(line).hooks().command(occasion))
        .contains(new CommandConfig("/bin/hook " + occasion, List.of("/bin/hook", "" + occasion)));
    assertThat(only(line).hooks().commands()).hasSize(1);
    assertThat(problemsOf(line)).isEmpty();
    assertThat(problemsOf(line, line))
        .containsExactly(
            "k.conf:6:1: warning: "
                + keyword
                + " is given twice; the first one is used; delete one");
  }
}
