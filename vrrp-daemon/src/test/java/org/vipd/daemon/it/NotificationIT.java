package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.status.EventRecord;

/** A pipe with its reader, the history over a restart, and the explanation on the command line. */
@Execution(ExecutionMode.CONCURRENT)
class NotificationIT extends LabTest {

  private static final String INSTANCE = "lab";

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
        () -> vipd.ask("history", INSTANCE).lines().count() == 5,
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

  /**
   * Stopped for longer than its lease, it gives up: the event of the stall and that of the instance
   * tell of the same length. Something is due at least every second, and a busy machine may be late
   * with either signal.
   */
  @Test
  void aStoppedDaemonTellsAfterwardsHowLongAndThatNoLoadExplainsIt() {
    VipdNode vipd = VipdNode.start(host(), Texts.instance(100, ""));
    vipd.awaitState("MASTER");
    long stopped = System.nanoTime();
    vipd.process().signal("STOP");
    Await.pause(5000);
    vipd.process().signal("CONT");
    Await.until(
        "the instance has given up", Await.GENEROUS, () -> overslept(vipd).isPresent(), vipd::log);
    double longest = (System.nanoTime() - stopped) / 1e9 + 1;
    EventRecord instance = overslept(vipd).orElseThrow();
    EventRecord stall =
        events(vipd, "vipd").stream()
            .filter(it -> it.lateSeconds() > 3.5)
            .findFirst()
            .orElseThrow(() -> new AssertionError(vipd.ask("history")));
    assertThat(stall.lateSeconds()).isBetween(3.5, longest);
    assertThat(stall.number()).isLessThan(instance.number());
    String text = stall.causes().get(0).text();
    assertThat(text).contains("no load explains it: the process was stopped");
    assertThat(vipd.log()).contains(text);
    String words = String.format(Locale.ROOT, "woke up %.3f s late", stall.lateSeconds());
    assertThat(text).startsWith(words);
    assertThat(instance.causes().get(0).text()).startsWith("this host " + words);
    assertThat(vipd.ask("history")).contains("  vipd  " + text);
    assertThat(vipd.ask("history", INSTANCE)).doesNotContain("  vipd  ");
    vipd.process().kill();
    vipd.restart();
    Await.until("it answers", Await.GENEROUS, () -> vipd.status().isPresent(), vipd::log);
    assertThat(vipd.ask("history", "vipd")).contains("  vipd  " + text);
  }

  private static Optional<EventRecord> overslept(VipdNode vipd) {
    return events(vipd, INSTANCE).stream()
        .filter(it -> it.causes().get(0).kind().equals("stall"))
        .findFirst();
  }

  private static List<EventRecord> events(VipdNode vipd, String name) {
    return vipd.ask("history", "--json", name)
        .lines()
        .map(it -> new Gson().fromJson(it, EventRecord.class))
        .toList();
  }

  private static void awaitHeard(VipdNode vipd, String words) {
    Await.until(
        "the reader hears " + words,
        Await.GENEROUS,
        () -> vipd.host().read("heard").contains(words),
        vipd::log);
  }
}
