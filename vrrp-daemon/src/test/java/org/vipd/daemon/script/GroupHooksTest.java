package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.script.SupervisorFixture.SECOND;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeProcesses;
import org.vipd.daemon.testkit.RecordingJournal;

/** The scripts of a group begin when those of its members have, whoever is slow to start. */
class GroupHooksTest {

  private static final Set<String> MEMBERS = Set.of("A", "B");

  private final FakeClock clock = new FakeClock();
  private final FakeProcesses processes = new FakeProcesses();
  private final RecordingJournal journal = new RecordingJournal();
  private final List<Runnable> handedOut = new ArrayList<>();
  private final ScriptSupervisor supervisor =
      new ScriptSupervisor(
          processes,
          clock,
          event -> true,
          journal,
          new Starter(processes, new CommandResolver("/nonexistent"), handedOut::add));

  private static CommandConfig command(String program, String word) {
    return new CommandConfig(program + " " + word, List.of(program, word));
  }

  private void member(String name, String... words) {
    List<CommandConfig> commands =
        Arrays.stream(words).map(word -> command("/bin/sh", word)).toList();
    supervisor.runHooks(new HookJob(name, name + " MASTER", commands, false));
  }

  private void group(String word, boolean isFinal) {
    supervisor.runHooks(
        new HookJob(
            "group G", "group G MASTER", List.of(command("/bin/sh", word)), isFinal, MEMBERS));
  }

  private void pass(double seconds) {
    clock.advance((long) (seconds * SECOND));
    supervisor.turn();
    supervisor.turn();
  }

  private void begin(int launch) {
    handedOut.get(launch).run();
    pass(0);
  }

  private List<String> started() {
    return processes.started().stream().map(it -> it.argv().get(1)).toList();
  }

  private void endsFirst(String word) {
    processes.started().stream()
        .filter(it -> it.argv().get(1).equals(word))
        .forEach(it -> it.exits(0));
    pass(0);
  }

  @Test
  void aGroupBeginsWhenAllMembersHave() {
    member("B", "b");
    member("A", "a");
    group("g", false);
    pass(0);
    assertThat(handedOut).hasSize(2);
    begin(1);
    assertThat(handedOut).as("b has not begun").hasSize(2);
    begin(0);
    assertThat(handedOut).hasSize(3);
    begin(2);
    assertThat(started()).as("and none has ended").containsExactly("a", "b", "g");
    assertThat(journal.messages()).isEmpty();
  }

  @Test
  void aGroupBeginsInTheTurnInWhichTheLastMemberHas() {
    for (int i = 0; i < 16; i++) {
      new GroupHooksTest().beginsInOneTurn("member " + i, "group " + 7 * i);
    }
  }

  private void beginsInOneTurn(String name, String group) {
    HookJob job = new HookJob(group, group, List.of(command("/bin/sh", "g")), false, Set.of(name));
    member(name, "a");
    supervisor.runHooks(job);
    pass(0);
    handedOut.get(0).run();
    supervisor.turn();
    assertThat(handedOut).as(name).hasSize(2);
  }

  @Test
  void aMemberWithTwoScriptsHasBegunWithTheSecond() {
    member("A", "a1", "a2");
    group("g", false);
    pass(0);
    begin(0);
    assertThat(handedOut).hasSize(1);
    endsFirst("a1");
    begin(1);
    begin(2);
    assertThat(started()).containsExactly("a1", "a2", "g");
  }

  @Test
  void aMemberWhoseScriptCannotBeStartedHoldsUpNobody() {
    supervisor.runHooks(new HookJob("A", "A MASTER", List.of(command("/none", "a")), false));
    group("g", false);
    pass(0);
    begin(0);
    begin(1);
    assertThat(started()).containsExactly("g");
  }

  @Test
  void whatAMemberLeavesOutIsNotWaitedFor() {
    member("A", "a1");
    pass(0);
    begin(0);
    member("A", "a2");
    group("g", false);
    member("A", "a3");
    pass(0);
    begin(1);
    assertThat(started()).containsExactly("a1", "g");
  }

  @Test
  void aNewerTransitionOfAMemberIsNotWaitedFor() {
    group("g", false);
    member("A", "a");
    pass(0);
    begin(0);
    assertThat(started()).containsExactly("g");
  }

  @Test
  void aStartThatHangsHoldsUpTheGroupForThreeSecondsAndIsSaid() {
    member("A", "a");
    group("g", false);
    pass(0);
    assertThat(processes.wantedNanos()).isLessThanOrEqualTo(clock.nanos() + 3 * SECOND);
    pass(2.9);
    assertThat(handedOut).hasSize(1);
    pass(0.1);
    begin(1);
    assertThat(started()).containsExactly("g");
    assertThat(journal.messages())
        .containsExactly(
            "warn notify scripts for group G MASTER do not wait any longer for those of A MASTER,"
                + " which have not begun for 3.0 s: a script before them still runs, or their file"
                + " system does not answer");
  }

  @Test
  void newerTransitionsDoNotMakeTheGroupWaitLonger() {
    member("A", "a");
    group("g0", false);
    pass(0);
    for (int i = 1; i <= 3; i++) {
      pass(0.9);
      group("g" + i, false);
      pass(0);
    }
    pass(0.3);
    begin(1);
    assertThat(started()).containsExactly("g3");
    assertThat(journal.messages())
        .contains("warn notify scripts of group G MASTER are left out: group G MASTER is newer");
  }

  @Test
  void atTheStopTheGroupWaitsThreeTenthsOfASecond() {
    member("A", "a");
    group("g", true);
    pass(0);
    pass(0.29);
    assertThat(handedOut).hasSize(1);
    pass(0.01);
    begin(1);
    assertThat(started()).containsExactly("g");
  }

  /** Threads come back in any order, and scripts end whenever they like. */
  @Test
  void noGroupIsAheadOfItsMembersInAThousandTransitions() {
    for (int seed = 1; seed <= 20; seed++) {
      new GroupHooksTest().play(new Random(seed), "seed " + seed);
    }
  }

  private void play(Random random, String where) {
    int begun = 0;
    for (int i = 0; i < 1000; i++) {
      if (random.nextInt(4) == 0) {
        member("A", "a" + i);
        member("B", "b" + i);
        group("g" + i, false);
      }
      if (begun < handedOut.size() && random.nextBoolean()) {
        // one of the two that may be under way
        int last = handedOut.size() - 1;
        int chosen = begun < last && random.nextBoolean() ? begun + 1 : begun;
        Runnable launch = handedOut.get(chosen);
        handedOut.set(chosen, handedOut.get(begun));
        handedOut.set(begun, launch);
        begun++;
        launch.run();
      }
      processes.started().stream().filter(it -> random.nextInt(3) == 0).forEach(it -> it.exits(0));
      pass(0.01);
    }
    int newestOfA = -1;
    int newestOfB = -1;
    int groups = 0;
    for (String word : started()) {
      int number = Integer.parseInt(word.substring(1));
      newestOfA = word.startsWith("a") ? number : newestOfA;
      newestOfB = word.startsWith("b") ? number : newestOfB;
      if (word.startsWith("g")) {
        groups++;
        int last = number;
        assertThat(waitsFor("a", last, newestOfA)).as(where + ": " + started()).isFalse();
        assertThat(waitsFor("b", last, newestOfB)).as(where + ": " + started()).isFalse();
      }
    }
    assertThat(groups).as(where).isGreaterThan(20);
    assertThat(journal.messages()).noneMatch(it -> it.contains("do not wait any longer"));
  }

  /** Whether a script of that transition or an earlier one was started only later. */
  private boolean waitsFor(String member, int upTo, int newestBegun) {
    return started().stream()
        .filter(it -> it.startsWith(member))
        .map(it -> Integer.parseInt(it.substring(1)))
        .anyMatch(it -> it <= upTo && it > newestBegun);
  }
}
