package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A pipe with its reader, the history over a restart, and the explanation on the command line. */
@Execution(ExecutionMode.CONCURRENT)
class NotificationIT extends LabTest {

  private int calls;

  private String vipd(VipdNode node, String... arguments) {
    String name = "call-" + calls++;
    List<String> command = new ArrayList<>(List.of(Distribution.launcher()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--runtime-dir", node.runtimeDirectory().toString()));
    Launched launched = node.host().start(name, command, Distribution.environment());
    assertThat(launched.awaitExit()).isZero();
    return node.host().read(name + ".log");
  }

  @Test
  void tellsThePipeAndRemembersOverARestart() {
    Host host = host();
    Path pipe = host.home().resolve("vip.fifo");
    Path reader =
        host.script("reader.sh", "#!/bin/sh\nexec cat \"$1\" >> " + host.home() + "/heard\n");
    String globals =
        "global_defs {\n notify_fifo " + pipe + "\n notify_fifo_script " + reader + "\n}\n";
    host.file("heard", "");
    VipdNode vipd = VipdNode.start(host, globals + Texts.instance(100, ""));
    vipd.awaitState("MASTER");
    awaitHeard(vipd, "MASTER 100");
    assertThat(vipd.stop()).isZero();
    awaitHeard(vipd, "STOP 100");
    assertThat(pipe).doesNotExist();
    assertThat(host.read("heard").lines().map(it -> it.split(" ", -1)[2]))
        .containsExactly("BACKUP", "MASTER", "STOP");
    vipd.restart();
    vipd.awaitState("MASTER");
    Await.until(
        "the history has both lives",
        Await.GENEROUS,
        () -> vipd(vipd, "history").lines().count() == 5,
        vipd::log);
    assertThat(vipd(vipd, "history"))
        .contains("because signal TERM", "no advertisement from anyone");
    String name = vipd.instance().orElseThrow().get("name").getAsString();
    assertThat(vipd(vipd, "why", name))
        .contains(name + " is MASTER since", "Because: no advertisement from anyone", "Next: ");
  }

  private static void awaitHeard(VipdNode vipd, String words) {
    Await.until(
        "the reader hears " + words,
        Await.GENEROUS,
        () -> vipd.host().read("heard").contains(words),
        vipd::log);
  }
}
