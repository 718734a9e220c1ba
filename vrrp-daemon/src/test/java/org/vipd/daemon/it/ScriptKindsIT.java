package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Check scripts of every kind that people have. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptKindsIT extends LabTest {

  private static final String HANGING =
      """
      #!/bin/sh
      sh -c 'trap "" TERM; echo $$ >> "@PIDS@"; sleep 1000' &
      sleep 1000 &
      echo $! >> "@PIDS@"
      echo $$ >> "@PIDS@"
      wait
      """;

  private static String checks(Host host, Path pids) {
    String plain = host.script("plain", "exit 0\n").toString();
    String locked = host.file("locked", "#!/bin/sh\nexit 0\n").toString();
    String hanging = host.script("hanging", HANGING.replace("@PIDS@", pids.toString())).toString();
    return check("no_shebang", plain, 20)
        + check("not_executable", locked, 20)
        + check("missing", host.home().resolve("nowhere").toString(), 20)
        + check("hanging", hanging, 1)
        + Texts.instance(
            100, "track_script {\n no_shebang\n not_executable\n missing\n hanging\n }");
  }

  private static String check(String name, String command, int timeout) {
    return String.format(
        Locale.ROOT,
        "vrrp_script %s {\n script \"%s\"\n interval 2\n timeout %d\n weight 1\n fall 1\n}\n",
        name,
        command,
        timeout);
  }

  private static Map<String, String> results(VipdNode vipd) {
    Map<String, String> results = new TreeMap<>();
    for (JsonElement element : vipd.instance().orElseThrow().getAsJsonArray("checks")) {
      JsonObject check = element.getAsJsonObject();
      results.put(
          check.get("name").getAsString(),
          check.get("state").getAsString() + ", " + check.get("lastResult").getAsString());
    }
    return results;
  }

  private static void awaitResult(VipdNode vipd, String name, String... texts) {
    Await.until(
        name + " is told with " + List.of(texts),
        Await.GENEROUS,
        () -> List.of(texts).stream().allMatch(results(vipd).get(name)::contains),
        () -> results(vipd) + "\n" + vipd.log());
  }

  private static boolean isGone(String pid) {
    try {
      String status = Files.readString(Path.of("/proc", pid, "stat"));
      return status.charAt(status.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void runsOrExplainsEachAndKillsWholeGroups() {
    Host host = host();
    Path pids = host.home().resolve("pids");
    VipdNode vipd = VipdNode.start(host, checks(host, pids));
    vipd.awaitState("BACKUP");
    awaitResult(vipd, "hanging", "no result after 1");
    awaitResult(vipd, "no_shebang", "good, exit status 0");
    awaitResult(vipd, "not_executable", "bad, cannot be run", "chmod +x");
    awaitResult(vipd, "missing", "bad, cannot be run", "does not exist");
    List<String> firstRun = host.read("pids").lines().limit(3).toList();
    assertThat(firstRun).hasSize(3);
    for (String pid : firstRun) {
      Await.until("process " + pid + " of the hanging check is gone", () -> isGone(pid));
    }
    assertThat(vipd.instance().orElseThrow().get("priorityArithmetic").getAsString())
        .isEqualTo("101 = 100 + 1 no_shebang");
    assertThat(vipd.stop()).isZero();
    for (String pid : host.read("pids").lines().toList()) {
      Await.until("process " + pid + " is gone after the stop", () -> isGone(pid));
    }
  }
}
