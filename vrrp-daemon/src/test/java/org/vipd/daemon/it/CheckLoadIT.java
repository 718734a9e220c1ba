package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two hundred checks a second leave nothing behind: no process, no zombie, no descriptor. */
@Execution(ExecutionMode.CONCURRENT)
class CheckLoadIT extends LabTest {

  /** How often each check runs at least; once a second when the machine keeps up. */
  private static final int RUNS_EACH = Integer.getInteger("vipd.check.runs", 3);

  private static final Duration PATIENCE = Await.GENEROUS.plusSeconds(10L * RUNS_EACH);

  private static long leastRuns(VipdNode vipd) {
    long least = Long.MAX_VALUE;
    for (JsonElement check : vipd.instance().orElseThrow().getAsJsonArray("checks")) {
      least = Math.min(least, check.getAsJsonObject().get("runs").getAsLong());
    }
    return least;
  }

  /** Children that have ended and that nobody has waited for. */
  private static Set<Long> zombies(VipdNode vipd) {
    return children(vipd).stream()
        .map(ProcessHandle::pid)
        .filter(CheckLoadIT::isZombie)
        .collect(Collectors.toSet());
  }

  private static boolean isZombie(long pid) {
    try {
      String text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return text.substring(text.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException e) {
      // gone meanwhile
      return false;
    }
  }

  private static List<ProcessHandle> children(VipdNode vipd) {
    return ProcessHandle.of(vipd.process().pid()).stream()
        .flatMap(ProcessHandle::children)
        .toList();
  }

  @Test
  void leavesNothingBehind() {
    String idle = Texts.instance(100, "advert_int 2\n");
    VipdNode vipd = VipdNode.start(host(), idle);
    vipd.awaitState("MASTER");
    Await.until("it has answered a few times", () -> vipd.status().isPresent());
    Resources before = Resources.of(vipd);
    vipd.reload(ManyChecks.configuration("", "advert_int 2\n"));
    Await.until(
        "all checks are known",
        Await.GENEROUS,
        () -> vipd.instance().orElseThrow().getAsJsonArray("checks").size() == ManyChecks.COUNT,
        vipd::log);
    Await.until(
        "each check has run " + RUNS_EACH + " times",
        PATIENCE,
        () -> leastRuns(vipd) >= RUNS_EACH,
        vipd::log);
    assertThat(vipd.state()).isEqualTo("MASTER");
    Set<Long> waiting = zombies(vipd);
    Await.until(
        "each child that had ended has been waited for",
        Await.GENEROUS,
        () -> Collections.disjoint(zombies(vipd), waiting),
        vipd::log);
    vipd.reload(idle);
    Await.until("no child is left", Await.GENEROUS, () -> children(vipd).isEmpty(), vipd::log);
    before.awaitNoMoreIn(vipd);
    assertThat(vipd.stop()).isZero();
  }
}
