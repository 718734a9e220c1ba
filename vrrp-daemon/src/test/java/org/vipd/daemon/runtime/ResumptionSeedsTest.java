package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

/**
 * A process with some routers dies, after its lease or before, perhaps in the middle of a removal,
 * and the next one has another configuration: addresses are new, gone, or those of another router.
 * Invariant (I7): whoever resumes was the Active, its lease runs, and nothing that it has then is
 * on another node; and who can resume does. {@code -Dvipd.resumption.seeds=N} plays another number.
 */
class ResumptionSeedsTest {

  private static final int SEEDS = Integer.getInteger("vipd.resumption.seeds", 200);
  private static final int ROUTERS = 3;
  private static final int ADDRESSES = 7;
  private static final int FIRST_VRID = 50;
  private static final int FIRST_END = 100;
  private static final String PEER = "10.0.0.9";

  @TempDir private Path directory;
  private int resumed;
  private int listened;

  private static List<Set<Integer>> addresses(Random random) {
    List<Set<Integer>> all = new ArrayList<>();
    for (int i = 0; i < ROUTERS; i++) {
      all.add(new TreeSet<>());
    }
    for (int i = 0; i < ADDRESSES; i++) {
      // the last place is that of an address which nobody has
      int place = random.nextInt(ROUTERS + 1);
      if (place < ROUTERS) {
        all.get(place).add(FIRST_END + i);
      }
    }
    return all;
  }

  /** Most addresses stay where they are. */
  private static List<Set<Integer>> changed(List<Set<Integer>> before, Random random) {
    List<Set<Integer>> other = addresses(random);
    List<Set<Integer>> all = new ArrayList<>();
    for (int i = 0; i < ROUTERS; i++) {
      all.add(new TreeSet<>());
    }
    for (int end = FIRST_END; end < FIRST_END + ADDRESSES; end++) {
      List<Set<Integer>> source = random.nextInt(3) == 0 ? other : before;
      for (int i = 0; i < ROUTERS; i++) {
        if (source.get(i).contains(end)) {
          all.get(i).add(end);
        }
      }
    }
    return all;
  }

  private static String text(List<Set<Integer>> addresses) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROUTERS; i++) {
      if (!addresses.get(i).isEmpty()) {
        int[] ends = addresses.get(i).stream().mapToInt(it -> it).toArray();
        text.append(ResumptionTest.instance(i, "", ends));
      }
    }
    return text.toString();
  }

  @Test
  void resumesWhatWasActiveAndNothingElse() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      play(seed);
    }
    assertThat(resumed).as("both happen often").isGreaterThan(SEEDS / 4);
    assertThat(listened).isGreaterThan(SEEDS / 4);
  }

  private void play(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    Scene scene = new Scene(directory.resolve("ledger" + seed), addresses(random));
    List<Set<Integer>> after = changed(scene.before, random);
    if (text(scene.before).isEmpty() || text(after).isEmpty()) {
      return;
    }
    scene.live(random);
    FakeHost next = scene.next(text(after));
    for (int router = 0; router < ROUTERS; router++) {
      if (after.get(router).isEmpty()) {
        continue;
      }
      boolean resumes = next.instance("VI_" + router).state().equals("MASTER");
      String what =
          "seed "
              + seed
              + ", VI_"
              + router
              + ": had "
              + scene.before
              + ", active "
              + scene.active
              + ", left "
              + scene.left
              + ", wants "
              + after;
      assertThat(resumes).as(what).isEqualTo(scene.mayResume(router, after.get(router)));
      resumed += resumes ? 1 : 0;
      listened += resumes ? 0 : 1;
    }
  }

  /** What the first process had when it died. */
  private static final class Scene {

    private final FakeClock clock = new FakeClock();
    private final Path ledger;
    private final List<Set<Integer>> before;
    private final Set<Integer> active = new TreeSet<>();
    private final Set<Integer> left = new TreeSet<>();

    Scene(Path ledger, List<Set<Integer>> before) {
      this.ledger = ledger;
      this.before = before;
    }

    /** Another node has some of the routers; the process dies. */
    void live(Random random) {
      FakeHost host =
          new FakeHost(text(before), clock, it -> ResumptionTest.record(it, ledger)).start();
      Set<Integer> others = new TreeSet<>();
      for (int i = 0; i < ROUTERS; i++) {
        if (random.nextInt(4) == 0) {
          others.add(i);
        }
      }
      for (int second = 0; second < 5; second++) {
        others.forEach(
            it ->
                host.hear(
                    PEER, Packets.advertisement(FIRST_VRID + it, 200, literals(before.get(it)))));
        host.runSeconds(1);
      }
      for (int i = 0; i < ROUTERS; i++) {
        if (!before.get(i).isEmpty() && host.instance("VI_" + i).state().equals("MASTER")) {
          active.add(i);
          left.addAll(before.get(i));
        }
      }
      if (random.nextInt(5) == 0) {
        left.clear();
      } else if (random.nextInt(3) == 0) {
        resign(random);
      }
    }

    /** It dies while it takes away the addresses of one router. */
    private void resign(Random random) {
      int router = random.nextInt(ROUTERS);
      if (active.remove(router)) {
        List<Integer> ends = new ArrayList<>(before.get(router));
        int gone = 1 + random.nextInt(ends.size());
        ends.subList(0, gone).forEach(left::remove);
      }
    }

    FakeHost next(String text) {
      FakeHost host =
          new FakeHost(
              text,
              clock,
              it -> {
                left.forEach(end -> it.interfaces.putBesideUs(2, "10.0.0." + end + "/32"));
                return ResumptionTest.record(it, ledger);
              });
      host.interfaces.keepMarks();
      return host.start();
    }

    /** By what really was, not by what was recorded. */
    boolean mayResume(int router, Set<Integer> wanted) {
      boolean keepsOne = wanted.stream().anyMatch(before.get(router)::contains);
      Set<Integer> elsewhere = new TreeSet<>();
      before.forEach(elsewhere::addAll);
      elsewhere.removeAll(left);
      boolean isElsewhere = wanted.stream().anyMatch(elsewhere::contains);
      boolean isWhole = left.containsAll(before.get(router));
      return active.contains(router) && keepsOne && isWhole && !isElsewhere;
    }
  }

  private static List<String> literals(Set<Integer> ends) {
    return ends.stream().map(it -> "10.0.0." + it).toList();
  }
}
