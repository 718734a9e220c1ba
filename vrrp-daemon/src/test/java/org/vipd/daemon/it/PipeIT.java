package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A pipe whose reader dies, one that moves, and one that another user has made before. */
@Execution(ExecutionMode.CONCURRENT)
class PipeIT extends LabTest {

  private static final String HEARD = "heard";

  private static String configuration(Host host, Path pipe, String more) {
    return "global_defs {\n script_user root\n notify_fifo %s\n %s\n}\n".formatted(pipe, more)
        + "track_file hint {\n file %s\n init_file 0\n}\n".formatted(host.home().resolve("hint"))
        + Texts.instance(100, "advert_int 2\ntrack_file {\n hint weight 0\n}");
  }

  private static void awaitHeard(VipdNode vipd, String... states) {
    Await.until(
        "the reader hears " + List.of(states),
        Await.GENEROUS,
        () -> heard(vipd).equals(List.of(states)),
        () -> heard(vipd) + "\n" + vipd.log());
  }

  private static List<String> heard(VipdNode vipd) {
    return vipd.host().read(HEARD).lines().map(it -> it.split(" ", -1)[2]).toList();
  }

  @Test
  void aReaderThatIsKilledIsStartedAgainAndHearsWhatHappenedMeanwhile() {
    Host host = host();
    Path pipe = host.home().resolve("vip.fifo");
    String home = host.home().toString();
    Path reader =
        host.script(
            "reader.sh",
            "#!/bin/sh\necho $$ >> " + home + "/pids\nexec cat \"$1\" >> " + home + "/heard\n");
    VipdNode vipd = VipdNode.start(host, configuration(host, pipe, "notify_fifo_script " + reader));
    vipd.awaitState("MASTER");
    awaitHeard(vipd, "BACKUP", "MASTER");
    List<String> first = host.read("pids").lines().toList();
    assertThat(first).hasSize(1);
    Shell.run("kill", "-KILL", first.get(0));
    vipd.awaitLog("WARN " + reader + " " + pipe + " ended (killed by signal 9)");
    host.file("hint", "1\n");
    vipd.awaitState("FAULT");
    host.file("hint", "0\n");
    vipd.awaitState("MASTER");
    awaitHeard(vipd, "BACKUP", "MASTER", "FAULT", "BACKUP", "MASTER");
    vipd.awaitLog(" and is started again in 1 s");
    assertThat(host.read("pids").lines()).hasSize(2);
    assertThat(vipd.stop()).isZero();
    awaitHeard(vipd, "BACKUP", "MASTER", "FAULT", "BACKUP", "MASTER", "STOP");
  }

  @Test
  void aReloadMovesThePipeAndTakesItAway() {
    Host host = host();
    Path first = host.home().resolve("first.fifo");
    Path second = host.home().resolve("second.fifo");
    VipdNode vipd = VipdNode.start(host, configuration(host, first, ""));
    vipd.awaitState("MASTER");
    Await.until("vipd makes the first", () -> Files.exists(first));
    vipd.reload(configuration(host, second, ""));
    Await.until("vipd makes the second", () -> Files.exists(second));
    Await.until("the first is gone", () -> !Files.exists(first));
    Launched reader =
        host.start(
            "reader",
            List.of("sh", "-c", "exec cat " + second + " > " + host.home().resolve(HEARD)),
            Map.of());
    host.file("hint", "1\n");
    awaitHeard(vipd, "FAULT");
    String without = configuration(host, second, "").replaceAll(" notify_fifo .*\n", "");
    vipd.reload(without);
    assertThat(reader.awaitExit()).isZero();
    Await.until("the second is gone", () -> !Files.exists(second));
    host.file("hint", "0\n");
    vipd.awaitState("MASTER");
    assertThat(second).doesNotExist();
    awaitHeard(vipd, "FAULT");
    assertThat(vipd.stop()).isZero();
  }

  @Test
  void aPipeOfAnotherUserIsNotWrittenToUntilItIsGone() throws IOException {
    Host host = host();
    Path pipe = host.home().resolve("vip.fifo");
    host.run("mkfifo", "-m", "666", pipe.toString());
    host.run("chown", "nobody", pipe.toString());
    // open for writing, too, so that it does not end with the first writer
    Launched stranger =
        host.start("stranger", List.of("sh", "-c", "exec cat 0<>" + pipe), Map.of());
    VipdNode vipd = VipdNode.start(host, configuration(host, pipe, ""));
    vipd.awaitState("MASTER");
    String refusal = pipe + " belongs to nobody, expected root; remove it";
    vipd.awaitLog(refusal);
    Await.until("it is shown", () -> vipd.ask("status").contains(refusal));
    Files.delete(pipe);
    Await.until("vipd makes one of its own", () -> Files.exists(pipe));
    assertThat(Files.getOwner(pipe).getName()).isEqualTo("root");
    Launched reader =
        host.start(
            "reader",
            List.of("sh", "-c", "exec cat " + pipe + " > " + host.home().resolve(HEARD)),
            Map.of());
    awaitHeard(vipd, "MASTER");
    assertThat(stranger.output()).isEmpty();
    assertThat(vipd.stop()).isZero();
    assertThat(reader.awaitExit()).isZero();
    assertThat(pipe).doesNotExist();
  }
}
