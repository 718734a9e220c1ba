package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scripts as bad as they get, all at once: each is bounded, counted and shown. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptsMisbehaveIT extends LabTest {

  /** What a script does, and what is said of it once it has done that. */
  private static final Map<String, List<String>> SCRIPTS = new LinkedHashMap<>();

  static {
    SCRIPTS.put(
        "forks_and_hangs",
        List.of(
            "trap '' TERM\n(trap '' TERM; sleep 1000) &\nsleep 1000 &\nwait\nsleep 1000",
            "bad, no result after 1."));
    SCRIPTS.put("prints_a_gigabyte", List.of("head -c 1000000000 /dev/zero", "bad, no result"));
    SCRIPTS.put(
        "closes_descriptors",
        List.of("exec <&- >&- 2>&-\nsleep 0.3\nexit 3", "bad, exit status 3"));
    SCRIPTS.put(
        "changes_itself",
        List.of(
            "printf '#!/bin/sh\\necho changed\\nexit 7\\n' > \"$0.new\"\nchmod 755 \"$0.new\"\n"
                + "mv \"$0.new\" \"$0\"\nexit 0",
            "bad, exit status 7"));
    SCRIPTS.put("dies_of_a_signal", List.of("kill -SEGV $$", "bad, killed by signal 11"));
    SCRIPTS.put("removes_itself", List.of("rm \"$0\"", "bad, cannot be run"));
    SCRIPTS.put(
        "becomes_a_pipe", List.of("rm \"$0\"\nmkfifo -m 755 \"$0\"", "bad, cannot be run: "));
    SCRIPTS.put(
        "leaves_a_child", List.of("sleep 1000 >/dev/null 2>&1 &\nexit 0", "good, exit status 0"));
    SCRIPTS.put("well_behaved", List.of("exit 0", "good, exit status 0"));
  }

  private static String configuration(Host host) {
    StringBuilder text = new StringBuilder("global_defs {\n script_user root\n}\n");
    SCRIPTS.forEach(
        (name, script) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "vrrp_script %s {\n script \"%s\"\n interval 2\n timeout %d\n weight 1\n}\n",
                    name,
                    host.script(name, "#!/bin/sh\n" + script.get(0) + "\n"),
                    script.get(1).startsWith("bad, no result") ? 1 : 20)));
    String names = String.join("\n", SCRIPTS.keySet());
    return text + Texts.instance(100, "track_script {\n" + names + "\n}");
  }

  private static Map<String, JsonObject> checks(VipdNode vipd) {
    Map<String, JsonObject> found = new TreeMap<>();
    for (JsonElement check : vipd.instance().orElseThrow().getAsJsonArray("checks")) {
      found.put(check.getAsJsonObject().get("name").getAsString(), check.getAsJsonObject());
    }
    return found;
  }

  private static String said(JsonObject check) {
    return check.get("state").getAsString() + ", " + check.get("lastResult").getAsString();
  }

  @Test
  void eachIsBoundedCountedAndShownAndTheElectionGoesOn() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, configuration(host));
    vipd.awaitState("MASTER");
    long sent = vipd.counter("advertisement-sent");
    SCRIPTS.forEach(
        (name, script) ->
            Await.until(
                name + " has run three times and is " + script.get(1),
                Await.GENEROUS,
                () -> {
                  JsonObject check = checks(vipd).get(name);
                  return check.get("runs").getAsLong() >= 3
                      && said(check).startsWith(script.get(1));
                },
                () -> checks(vipd) + "\n" + vipd.log()));
    checks(vipd)
        .values()
        .forEach(
            check ->
                assertThat(
                        check.get("output").getAsString().getBytes(StandardCharsets.UTF_8).length)
                    .as(check.get("name").getAsString())
                    .isLessThanOrEqualTo(2048));
    assertThat(checks(vipd).get("becomes_a_pipe").get("lastResult").getAsString())
        .endsWith(
            "/becomes_a_pipe is a pipe, no program; put the program there, or correct the path");
    assertThat(vipd.residentKilobytes()).isLessThan(300_000);
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.counter("master-transitions")).isEqualTo(1);
    assertThat(vipd.counter("advertisement-sent")).isGreaterThan(sent);
    assertThat(vipd.instance().orElseThrow().get("priorityArithmetic").getAsString())
        .isEqualTo("102 = 100 + 1 leaves_a_child + 1 well_behaved");
    putBack(host, vipd, "becomes_a_pipe");
    assertThat(vipd.stop()).as(vipd.log()).isZero();
  }

  private static void putBack(Host host, VipdNode vipd, String name) {
    host.run("rm", host.home().resolve(name).toString());
    host.script(name, "#!/bin/sh\nexit 0\n");
    Await.until(
        name + " is good again",
        Await.GENEROUS,
        () -> said(checks(vipd).get(name)).equals("good, exit status 0"),
        vipd::log);
  }
}
