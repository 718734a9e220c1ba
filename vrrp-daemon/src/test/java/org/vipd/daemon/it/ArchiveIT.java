package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a quick start rests on: the class archive holds what the daemon loads until it is Active,
 * and nothing on that way is made at run time.
 */
class ArchiveIT extends LabTest {

  private static final String ARCHIVED = "source: shared objects file";

  /** Lambdas that the archive's maker cannot keep. */
  private static final List<String> MADE_AT_RUN_TIME = List.of("$$Lambda");

  private static final String ROUTES =
      """
      virtual_routes {
        192.0.2.0/24 via 10.66.0.9 dev eth0
        10.66.0.0/24 dev eth0 src 10.66.0.100 scope link table 1
        2001:db8:7::/48 dev eth0
      }
      virtual_rules {
        from 10.66.0.100/32 table 1 priority 100
      }
      """;

  @Test
  void archiveHoldsWhatAStartLoads() {
    startsFromTheArchive("");
  }

  @Test
  void archiveHoldsWhatAStartWithRoutesLoads() {
    startsFromTheArchive(ROUTES);
  }

  private void startsFromTheArchive(String more) {
    Host host = host();
    Path log = host.file("classes.log", "");
    Path file = host.file("keepalived.conf", Texts.instance(255, "10.66.0.100/24", more));
    Path directory = host.home().resolve("run");
    Map<String, String> environment = new HashMap<>(Distribution.environment());
    environment.put("VIPD_JAVA_OPTIONS", "-Xlog:class+load:file=" + log + ":none");
    host.start(
        "vipd",
        List.of(
            Distribution.launcher(),
            "run",
            "-f",
            file.toString(),
            "--runtime-dir",
            directory.toString()),
        environment);
    VipdNode.attach(host, file, directory).awaitState("MASTER");
    List<String> lines = host.read("classes.log").lines().toList();
    assertThat(lines).as("classes loaded").hasSizeGreaterThan(2000);
    List<String> missing = new ArrayList<>();
    for (String line : lines) {
      boolean isOurs = line.startsWith("org.vipd.");
      if (isOurs
          && !line.endsWith(ARCHIVED)
          && MADE_AT_RUN_TIME.stream().noneMatch(line::contains)) {
        missing.add(line);
      }
    }
    assertThat(missing).as("classes that the archive lacks: extend the warm-up").isEmpty();
  }
}
