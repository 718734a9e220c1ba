package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A log on a file system that is full: lines are lost, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
class LogDiskFullIT extends LabTest {

  /** A health check that writes a log of its own to the same place. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      echo "asked" >> "@HOME@/logs/check.log"
      test -e "@HOME@/healthy"
      """;

  @Test
  void healthDecidesAsEver() throws IOException {
    Host host = host();
    String script =
        host.script("check.sh", SCRIPT.replace("@HOME@", host.home().toString())).toString();
    host.file("healthy", "");
    String text =
        "global_defs {\n script_user root\n}\nvrrp_script chk {\n script \"%s\"\n interval 1\n}\n"
                .formatted(script)
            + Texts.instance(150, "track_script {\n chk\n}");
    host.isolateProcesses(LogDisk.mounting(host));
    LogDisk disk = new LogDisk(host);
    disk.fill();
    VipdNode vipd = disk.startVipd("keepalived.conf", text);
    vipd.awaitState("MASTER");
    VipdNode peer = VipdNode.start(lab().host("two", "10.66.0.2/24"), Texts.instance(100, ""));
    peer.awaitState("BACKUP");
    Files.delete(host.home().resolve("healthy"));
    vipd.awaitState("FAULT");
    peer.awaitState("MASTER");
    assertThat(vipd.ask("why", "lab")).contains("check chk fails");
    host.file("healthy", "");
    vipd.awaitState("MASTER");
    peer.awaitState("BACKUP");
    assertThat(vipd.ask("history")).contains("check chk fails");
  }
}
