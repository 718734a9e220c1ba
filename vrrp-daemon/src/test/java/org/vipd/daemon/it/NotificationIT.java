package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A pipe with its reader, the history over a restart, and the explanation on the command line. */
@Execution(ExecutionMode.CONCURRENT)
class NotificationIT extends LabTest {

  @Test
  void tellsThePipeAndRemembersOverARestart() {
    Host host = host();
    Path pipe = host.home().resolve("vip.fifo");
    Path reader =
        host.script("reader.sh", "#!/bin/sh\nexec cat \"$1\" >> " + host.home() + "/heard\n");
    String globals =
        "global_defs {\n notify_fifo " + pipe + "\n notify_fifo_script " + reader + "\n}\n";
    host.file("heard", "");
    VipdNode vipd = VipdNode.start(host, globals + Texts.instance(100, "advert_int 2"));
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
        () -> vipd.ask("history").lines().count() == 5,
        vipd::log);
    assertThat(vipd.ask("history")).contains("because signal TERM", "no advertisement from anyone");
    String name = vipd.instance().orElseThrow().get("name").getAsString();
    assertThat(vipd.ask("why", name))
        .contains(name + " is MASTER since", "Because: no advertisement from anyone", "Next: ");
    Shell.Result mistyped =
        Distribution.run("why", "mistyped", "--runtime-dir", vipd.runtimeDirectory().toString());
    assertThat(mistyped.code()).isEqualTo(2);
    assertThat(mistyped.output()).contains("no instance mistyped; there are: " + name);
  }

  private static void awaitHeard(VipdNode vipd, String words) {
    Await.until(
        "the reader hears " + words,
        Await.GENEROUS,
        () -> vipd.host().read("heard").contains(words),
        vipd::log);
  }
}
