package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A configuration that cannot be used ends the start with status 2 and a place, never a trace. */
@Execution(ExecutionMode.CONCURRENT)
class BadInputIT extends LabTest {

  private static final String GOOD = Texts.instance(100, "");

  private String refused(Host host, List<String> prefix, Path file) {
    List<String> command = new java.util.ArrayList<>(prefix);
    command.addAll(List.of(Distribution.launcher(), "run", "-f", file.toString()));
    command.addAll(List.of("--runtime-dir", host.home().resolve("run").toString()));
    Launched process = host.start("refused", command, Distribution.environment());
    assertThat(process.awaitExit()).as(process.output()).isEqualTo(2);
    assertThat(process.output())
        .contains(file.toString())
        .doesNotContain("Exception", "\tat ", "java.");
    return process.output();
  }

  private String refused(Host host, String configuration) {
    return refused(host, List.of(), host.file("bad.conf", configuration));
  }

  @Test
  void refusesWhatCannotBeRead() {
    Host host = host();
    assertThat(refused(host, List.of(), host.home().resolve("missing.conf")))
        .containsIgnoringCase("does not exist");
    assertThat(refused(host, List.of(), host.home())).containsIgnoringCase("directory");
    Path unreadable = host.file("unreadable.conf", GOOD);
    host.run("chmod", "000", unreadable.toString());
    List<String> withoutOverride =
        List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all");
    assertThat(refused(host, withoutOverride, unreadable)).containsIgnoringCase("permi");
    assertThat(refused(host, "\u0000\u0001\u007fELF\u0002" + GOOD)).containsIgnoringCase("binary");
  }

  @Test
  void saysWhoMayNotUseTheRuntimeDirectoryAndHowToChangeThat() {
    Host host = host();
    // where that user gets to, unlike the home of the host
    Path directory = Path.of("/run/vipd-" + host.namespace().name());
    Path file = host.file("good.conf", GOOD);
    host.run("install", "-d", "-m", "0755", directory.toString());
    host.run("install", "-m", "0644", file.toString(), directory.toString());
    try {
      Launched vipd =
          host.start(
              "denied",
              List.of(
                  "setpriv",
                  "--reuid=65533",
                  "--clear-groups",
                  Distribution.launcher(),
                  "run",
                  "-f",
                  directory.resolve("good.conf").toString(),
                  "--runtime-dir",
                  directory.resolve("vipd").toString()),
              Distribution.environment());
      assertThat(vipd.awaitExit()).isEqualTo(1);
      assertThat(vipd.output())
          .contains(
              "runtime directory " + directory + "/vipd cannot be used: permission denied on ",
              "this is user 65533, whom the directory has to belong to, with mode 0755",
              "as root, 'mkdir -p " + directory + "/vipd && chown 65533 " + directory + "/vipd'",
              "or choose another --runtime-dir");
    } finally {
      host.run("rm", "-r", directory.toString());
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    Host host = host();
    assertThat(refused(host, GOOD.substring(0, GOOD.lastIndexOf('}')))).contains("bad.conf:1");
    assertThat(refused(host, GOOD.replace("virtual_router_id 66", "virtual_router_id 300")))
        .contains("bad.conf:3", "300", "255");
    assertThat(refused(host, GOOD.replace("priority 100", "priority 1000")))
        .contains("bad.conf:4", "1000");
    assertThat(refused(host, GOOD.replace("interface eth0", "interface name/with/slashes")))
        .contains("bad.conf:2", "name/with/slashes");
    assertThat(host.run("ip", "-o", "address")).doesNotContain(Texts.VIP);
  }
}
