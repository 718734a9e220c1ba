package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scripts run as the user they name, and what others could change is not run as root. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptUserIT extends LabTest {

  private static final String REPORT = "echo \"$(id -u):$(id -g):$(id -G)\"; exit 0";

  private static JsonObject check(VipdNode vipd, String name) {
    for (JsonElement element : vipd.instance().orElseThrow().getAsJsonArray("checks")) {
      if (element.getAsJsonObject().get("name").getAsString().equals(name)) {
        return element.getAsJsonObject();
      }
    }
    throw new AssertionError("no check " + name);
  }

  private static String script(String name, String command, String more) {
    return String.format(
        Locale.ROOT,
        "vrrp_script %s {\n script \"%s\"\n interval 1\n timeout 20\n weight 1\n %s\n}\n",
        name,
        command,
        more);
  }

  @Test
  void runsAsTheUserItNamesAndRefusesWhatOthersCanChange() {
    Host host = host();
    // as in real life the way to the script must be open to its user
    host.run("chmod", "755", host.home().toString(), host.home().getParent().toString());
    Path report = host.script("report", "#!/bin/sh\n" + REPORT + "\n");
    String text =
        "global_defs {\n enable_script_security\n}\n"
            + script("as_user", report.toString(), "user nobody games")
            + script("as_number", report.toString(), "user 65534")
            + script("as_ghost", report.toString(), "user nobody_at_all")
            + script("as_root", report.toString(), "user root")
            + script("safe", "/usr/bin/id -u", "user root")
            + Texts.instance(
                100, "track_script {\n as_user\n as_number\n as_ghost\n as_root\n safe\n }");
    VipdNode vipd = VipdNode.start(host, text);
    vipd.awaitState("BACKUP");
    for (String name : List.of("as_ghost", "as_root")) {
      Await.until(name + " has run", () -> check(vipd, name).get("runs").getAsLong() > 0);
    }
    // on a busy machine a first run may take longer than it is given
    for (String name : List.of("as_user", "as_number", "safe")) {
      Await.until(
          name + " has run to its end",
          () -> !check(vipd, name).get("output").getAsString().isEmpty());
    }
    assertThat(check(vipd, "as_user").get("output").getAsString()).isEqualTo("65534:60:60\n");
    assertThat(check(vipd, "as_number").get("output").getAsString())
        .isEqualTo("65534:65534:65534\n");
    assertThat(check(vipd, "as_ghost").get("lastResult").getAsString())
        .contains("cannot be run", "user nobody_at_all does not exist", "useradd");
    // the laboratory is below /tmp, which everybody may write
    assertThat(check(vipd, "as_root").get("lastResult").getAsString())
        .contains("not run as root (enable_script_security): /tmp can be changed", "mode 1777");
    assertThat(check(vipd, "safe").get("output").getAsString()).isEqualTo("0\n");
    Shell.Result once =
        Shell.execute(
            List.of(
                Distribution.launcher(),
                "check-run",
                "as_user",
                "--runtime-dir",
                vipd.runtimeDirectory().toString()),
            Map.of());
    assertThat(once.output())
        .contains("user     nobody, group games", "exit status 0: passes", "65534:60:60");
    assertThat(vipd.stop()).isZero();
  }

  /** What a child sees of itself: user, groups, capabilities, umask, directory and environment. */
  private static final String IDENTITY =
      """
      #!/bin/sh
      grep -E '^(Uid|Gid|Groups|Umask|NoNewPrivs|Cap[A-Z][a-z]+):' /proc/self/status
      pwd
      env | grep -v '^_=' | sort | sha256sum
      """;

  private static final Map<String, String> JAVA =
      Map.of("JAVA_HOME", System.getProperty("java.home"));

  /** The source tree may be where only root gets to, in root's home for example. */
  private static String readableLauncher(Host host) {
    Path copy = host.home().resolve("vipd");
    Path target = copy.resolve("vrrp-daemon/target");
    host.run("install", "-d", "-m", "755", copy.toString(), target.getParent().toString());
    host.run("install", "-d", "-m", "755", target.toString());
    host.run("cp", "-r", Distribution.root().resolve("bin").toString(), copy.toString());
    String built = Distribution.target().toString();
    host.run("sh", "-c", "cp -r %s/dist %s/*.jar %s".formatted(built, built, target));
    host.run("chmod", "-R", "a+rX", copy.toString());
    return copy.resolve("bin/vipd").toString();
  }

  @Test
  void aTriedOutCheckIsNoOtherThanThatOfADaemonWithoutRoot() {
    Host host = host();
    String home = host.home().toString();
    host.run("chmod", "755", home, host.home().getParent().toString());
    Path script = host.script("identity", IDENTITY);
    host.run("install", "-d", "-o", "65534", "-g", "60", "-m", "700", home + "/run");
    Path file =
        host.file(
            "v.yaml",
            "checks:\n  identity: {command: \"%s\", interval: 1s, timeout: 30s, weight: 1}\n"
                    .formatted(script)
                + "vips:\n  lab: {interface: auto, vrid: 66, addresses: [10.66.0.100/24],"
                + " checks: [identity]}\n");
    String capabilities = "-all,+net_admin,+net_raw";
    String command =
        "umask 027; cd %s; exec setpriv --reuid=65534 --regid=60 --groups=60,65534 --inh-caps=%s"
                .formatted(home, capabilities)
            + " --ambient-caps=%s --bounding-set=%s %s run -f v.yaml --runtime-dir %s/run"
                .formatted(capabilities, capabilities, readableLauncher(host), home);
    host.start("daemon", List.of("sh", "-c", command), JAVA);
    VipdNode vipd = VipdNode.attach(host, file, host.home().resolve("run"));
    vipd.awaitState("MASTER");
    Await.until(
        "the check has run",
        () -> check(vipd, "identity").get("output").getAsString().contains("  -"));
    String seen = check(vipd, "identity").get("output").getAsString();
    assertThat(seen)
        .contains("Uid:\t65534", "Gid:\t60", "CapEff:\t0000000000003000", "Umask:\t0027", home);
    String once = vipd.ask("check-run", "identity");
    assertThat(once)
        .contains("the daemon's own: uid 65534, gid 60")
        .doesNotContain("user, groups or");
    String printed = once.substring(once.indexOf("printed  ") + "printed  ".length());
    assertThat(printed.lines().map(String::strip).toList())
        .isEqualTo(seen.lines().map(String::strip).toList());
  }
}
