package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two hundred checks a second, for a minute, leave nothing behind: no process, no zombie, no
 * descriptor; and the loop wakes up in time.
 */
@Execution(ExecutionMode.CONCURRENT)
class CheckLoadIT extends LabTest {

  /** How often each check runs at least; once a second when the machine keeps up. */
  private static final int RUNS_EACH = Integer.getInteger("vipd.check.runs", 60);

  private static final Duration PATIENCE = Await.GENEROUS.plusSeconds(10L * RUNS_EACH);

  /** Asking costs the daemon time, too: the list of its checks is long. */
  private static final long LOOK_MILLIS = 500;

  private static final String WAKE_UPS = "wake-ups-";

  /** Fifty times what is promised for 99 of 100, so that a busy machine does not matter. */
  private static final Set<String> IN_TIME =
      Set.of("100-us", "250-us", "500-us", "1-ms", "2-ms", "5-ms", "20-ms", "50-ms").stream()
          .map(it -> WAKE_UPS + "late-up-to-" + it)
          .collect(Collectors.toSet());

  private static final double IN_TIME_SHARE = 0.9;

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

  /** How often the loop woke up how late. */
  private static Map<String, Long> wakeUps(VipdNode vipd) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (var counter : vipd.status().orElseThrow().getAsJsonObject("daemon").entrySet()) {
      if (counter.getKey().startsWith(WAKE_UPS)) {
        counts.put(counter.getKey(), counter.getValue().getAsLong());
      }
    }
    return counts;
  }

  private static void assertWokenInTime(Map<String, Long> early, Map<String, Long> late) {
    Map<String, Long> counts = new LinkedHashMap<>();
    late.forEach((name, count) -> counts.put(name, count - early.get(name)));
    System.out.println("200 checks a second, wake-ups of the loop: " + counts);
    long all = counts.values().stream().mapToLong(it -> it).sum();
    long inTime = counts.keySet().stream().filter(IN_TIME::contains).mapToLong(counts::get).sum();
    assertThat(all).isPositive();
    assertThat(inTime).as(counts.toString()).isGreaterThan((long) (IN_TIME_SHARE * all));
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
    Map<String, Long> early = wakeUps(vipd);
    Await.until(
        "each check has run " + RUNS_EACH + " times",
        PATIENCE,
        () -> {
          Await.pause(LOOK_MILLIS);
          return leastRuns(vipd) >= RUNS_EACH;
        },
        vipd::log);
    assertWokenInTime(early, wakeUps(vipd));
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
