package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code enable_script_security} where no directory is everybody's: what others than root could
 * change is named with the command that mends it, and the command does mend it, from the next run
 * on.
 */
@Execution(ExecutionMode.CONCURRENT)
class ScriptSecurityIT extends LabTest {

  private static final Pattern COMMAND = Pattern.compile("; run: (.*)$");

  private static final String REFUSED = "cannot be run: not run as root (enable_script_security): ";

  /** Each check and what is wrong on the way to it; {@code linked} leads to another's directory. */
  private static final Map<String, String> REFUSALS =
      Map.of(
          "grouped",
          "/opt/grouped can be changed by others than root: owner root, group staff, mode 0775"
              + " (rwxrwxr-x); run: chmod go-w /opt/grouped",
          "foreign",
          "/opt/foreign can be changed by others than root: owner nobody, group root, mode 0755"
              + " (rwxr-xr-x); run: chown root /opt/foreign",
          "open",
          "/opt/open/check can be changed by others than root: owner root, group root, mode 0777"
              + " (rwxrwxrwx); run: chmod go-w /opt/open/check",
          "linked",
          "/opt/linked/to/deep can be changed by others than root: owner root, group root, mode"
              + " 0757 (rwxr-xrwx); run: chmod go-w /opt/linked/to/deep");

  /** In a file system of the daemon's own, below directories that only root can change. */
  private static final String PREPARE =
      """
      mount -t tmpfs -o mode=755 none /opt && cd /opt &&
      mkdir grouped foreign open linked linked/to linked/to/deep linked/from &&
      for check in grouped foreign open linked/to/deep; do
        printf '#!/bin/sh\\nexit 0\\n' > $check/check && chmod 755 $check/check || exit 1
      done
      ln -s ../to/deep/check linked/from/check &&
      chgrp staff grouped && chmod 775 grouped && chown nobody foreign &&
      chmod 777 open/check && chmod 757 linked/to/deep
      """;

  private static String configuration() {
    StringBuilder text =
        new StringBuilder("global_defs {\n script_user root\n enable_script_security\n}\n");
    for (String name : REFUSALS.keySet()) {
      String path = name.equals("linked") ? "/opt/linked/from/check" : "/opt/" + name + "/check";
      text.append("vrrp_script %s {\n script \"%s\"\n interval 1\n}\n".formatted(name, path));
    }
    String tracks = String.join("\n", REFUSALS.keySet());
    return text + Texts.instance(100, "track_script {\n" + tracks + "\n}");
  }

  private static String lastResult(VipdNode vipd, String name) {
    for (JsonElement element : vipd.instance().orElseThrow().getAsJsonArray("checks")) {
      JsonObject check = element.getAsJsonObject();
      if (check.get("name").getAsString().equals(name)) {
        return check.get("lastResult").getAsString();
      }
    }
    throw new AssertionError("no check " + name);
  }

  private static void awaitResult(VipdNode vipd, String name, String wanted) {
    Await.until(
        name + ": " + wanted,
        Await.GENEROUS,
        () -> lastResult(vipd, name).equals(wanted),
        () -> lastResult(vipd, name) + "\n" + vipd.log());
  }

  /** Runs a command where the daemon runs. */
  private static void execute(Host host, String command) {
    Launched launched = host.start("mend", List.of("sh", "-c", command), Map.of());
    assertThat(launched.awaitExit()).as(command + ": " + launched.output()).isZero();
  }

  private static String mendingCommand(String refusal) {
    Matcher command = COMMAND.matcher(refusal);
    assertThat(command.find()).as(refusal).isTrue();
    return command.group(1);
  }

  @Test
  void namesWhatOthersCanChangeAndTheCommandThatMendsItFromTheNextRunOn() {
    Host host = host();
    host.isolateProcesses(PREPARE.strip());
    VipdNode vipd = VipdNode.start(host, configuration());
    vipd.awaitState("FAULT");
    REFUSALS.forEach((name, refusal) -> awaitResult(vipd, name, REFUSED + refusal));
    for (String refusal : REFUSALS.values()) {
      execute(host, mendingCommand(refusal));
    }
    REFUSALS.keySet().forEach(name -> awaitResult(vipd, name, "exit status 0"));
    vipd.awaitState("MASTER");
    execute(host, "chmod 775 /opt/grouped");
    awaitResult(vipd, "grouped", REFUSED + REFUSALS.get("grouped"));
    vipd.awaitState("FAULT");
    assertThat(vipd.ask("why", "lab")).contains("chmod go-w /opt/grouped");
    assertThat(vipd.stop()).isZero();
  }
}
