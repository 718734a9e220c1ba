package org.vipd.protocol.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;

/**
 * Every state with every input under every setting, against the hand-written table in {@code
 * transitions.txt}. Times in the table are worked out by hand here.
 */
class TransitionTableTest {
  private static final int COLUMNS = 11;
  private static final long NOW = 1_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long DEADLINE = NOW + 123_456_789L;
  private static final IpAddress OURS = address("192.0.2.12");
  private static final AddressList ADDRESSES =
      AddressList.of(AddressFamily.IPV4, List.of(address("192.0.2.1")));

  /** One combination of settings and input; the words of the table. */
  private record Case(String state, String own, String version, String preempt, List<String> rest) {
    String answer() {
      return rest.get(0);
    }

    String input() {
      return rest.get(1);
    }

    String address() {
      return rest.get(2);
    }

    List<String> words() {
      return List.of(state, own, version, preempt, answer(), input(), address());
    }
  }

  @Test
  void doesWhatTheTableSaysInEveryCase() {
    List<List<String>> table = table();
    Set<List<String>> used = new HashSet<>();
    List<Case> cases = cases();
    for (Case given : cases) {
      List<List<String>> rows = table.stream().filter(row -> matches(row, given)).toList();
      assertThat(rows).as("rows for %s", given.words()).hasSize(1);
      List<String> row = rows.get(0);
      used.add(row);
      assertThat(outcome(given, row.get(10)))
          .as("%s", given.words())
          .isEqualTo(row.get(8) + " " + row.get(9) + " " + row.get(10));
    }
    assertThat(used).as("every row is used").hasSameSizeAs(table);
    assertThat(cases).hasSize(1584);
  }

  @Test
  void isAsLargeAsTheDocumentSays() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "protocol.md")))
        .contains("written by hand (" + table().size() + " rows)")
        .contains("all " + cases().size() + " combinations");
  }

  private static String outcome(Case given, String expectedDeadline) {
    RouterConfig config = config(given);
    RouterState before = before(given);
    Step step = apply(given, before, config);
    String actions =
        String.join(
            ",", ActionText.of(step.actions()).stream().map(TransitionTableTest::shorten).toList());
    long wanted = deadline(given, expectedDeadline, before);
    String deadline =
        step.next().deadlineNanos() == wanted
            ? expectedDeadline
            : "deadline off by " + (step.next().deadlineNanos() - wanted);
    return step.next().kind() + " " + (actions.isEmpty() ? "-" : actions) + " " + deadline;
  }

  private static String shorten(String action) {
    return action
        .replaceAll("publish\\(\\w+->\\w+ (\\w+):.*", "publish($1)")
        .replaceAll("conflict\\((\\w+) .*", "conflict($1)")
        .replaceAll("announce\\(5\\)", "announce");
  }

  // Worked out by hand. Version 3: skew = (256 - priority) / 256 of the interval. Version 2: of 1
  // s.
  private static long deadline(Case given, String word, RouterState before) {
    boolean isOwner = given.own().equals("owner");
    boolean isV2 = given.version().equals("2");
    return switch (word) {
      case "never" -> Long.MAX_VALUE;
      case "keep" -> before.deadlineNanos();
      case "interval" -> NOW + SECOND;
      case "down-own" -> NOW + (isOwner ? 3_003_906_250L : 3_609_375_000L);
      case "down-packet" -> {
        long version3 = isOwner ? 9_011_718_750L : 10_828_125_000L;
        long version2 = isOwner ? 3_003_906_250L : 3_609_375_000L;
        yield NOW + (isV2 ? version2 : version3);
      }
      case "down-learned" -> {
        long version3 = isOwner ? 6_007_812_500L : 7_218_750_000L;
        long version2 = isOwner ? 3_003_906_250L : 3_609_375_000L;
        yield NOW + (isV2 ? version2 : version3);
      }
      case "skew" -> {
        long version3 = isOwner ? 7_812_500L : 1_218_750_000L;
        long version2 = isOwner ? 3_906_250L : 609_375_000L;
        yield NOW + (isV2 ? version2 : version3);
      }
      default -> throw new IllegalArgumentException("unknown deadline word " + word);
    };
  }

  private static Step apply(Case given, RouterState state, RouterConfig config) {
    return switch (given.input()) {
      case "startup" -> state.startup(config, NOW);
      case "resume" -> state.resume(config, NOW);
      case "shutdown" -> state.shutdown(config, ShutdownCause.STOPPED, NOW);
      case "link-down" -> state.shutdown(config, ShutdownCause.LINK_DOWN, NOW);
      case "tick-early" -> state.tick(config, NOW);
      case "tick-due" -> due(given).tick(config, NOW);
      case "late-early" -> state.wokeLate(config, new Sleep(60 * SECOND, false), NOW);
      case "late-short" -> state.wokeLate(config, new Sleep(SECOND - 1, false), NOW);
      case "late-lease" -> state.wokeLate(config, new Sleep(SECOND, true), NOW);
      case "late-long" -> state.wokeLate(config, new Sleep(59 * SECOND, false), NOW);
      default -> state.advertisement(config, packet(given), address(sender(given.address())), NOW);
    };
  }

  private static RouterState due(Case given) {
    RouterState state = state(given);
    if (state instanceof Backup backup) {
      return new Backup(
          NOW,
          backup.activeInterval(),
          backup.heard(),
          backup.preemptAtNanos(),
          backup.listening());
    }
    return state instanceof Active active
        ? new Active(NOW, active.answerReadyNanos(), active.plan(), active.heard())
        : state;
  }

  private static RouterState before(Case given) {
    return switch (given.input()) {
      case "late-short" -> silentFor(given, 3 * SECOND - 1);
      case "late-lease" -> silentFor(given, 2 * SECOND);
      case "late-long" -> silentFor(given, 3 * SECOND);
      default -> state(given);
    };
  }

  /** The deadline passed an interval after an advertisement that old. */
  private static RouterState silentFor(Case given, long silence) {
    RouterState state = state(given);
    if (state instanceof Backup backup) {
      return new Backup(
          NOW - silence + SECOND,
          backup.activeInterval(),
          backup.heard(),
          backup.preemptAtNanos(),
          backup.listening());
    }
    return state instanceof Active active
        ? new Active(
            NOW - silence + SECOND, active.answerReadyNanos(), active.plan(), active.heard())
        : state;
  }

  private static RouterState state(Case given) {
    return switch (given.state()) {
      case "INITIALIZE" -> Initialize.INSTANCE;
      case "BACKUP" ->
          new Backup(
              DEADLINE,
              AdvertInterval.ofSeconds(2),
              new ActiveRouter(
                  address("192.0.2.11"),
                  Priority.of(200),
                  AdvertInterval.ofSeconds(2),
                  NOW - 60 * SECOND),
              Backup.NOT_WAITING,
              new Listening(NOW - 60 * SECOND, 0));
      default ->
          new Active(
              DEADLINE,
              NOW,
              new AnnouncePlan(
                  Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, NOW, SECOND),
              new Silence(NOW - 60 * SECOND));
    };
  }

  private static Advertisement packet(Case given) {
    boolean isOwner = given.own().equals("owner");
    int priority =
        switch (given.input()) {
          case "zero" -> 0;
          case "lower" -> isOwner ? 254 : 99;
          case "equal" -> isOwner ? 255 : 100;
          case "higher" -> 200;
          default -> 255;
        };
    return new Advertisement(
        version(given), Vrid.of(1), Priority.of(priority), AdvertInterval.ofSeconds(3), ADDRESSES);
  }

  private static String sender(String word) {
    return switch (word) {
      case "below" -> "10.0.0.1";
      case "same" -> "192.0.2.12";
      default -> "192.0.2.200";
    };
  }

  private static RouterConfig config(Case given) {
    boolean answers = given.answer().equals("yes");
    Preemption preemption =
        switch (given.preempt()) {
          case "on" -> Preemption.IMMEDIATE;
          case "off" -> Preemption.OFF;
          default -> new Preemption(true, 5 * SECOND);
        };
    return RouterConfig.of(version(given), Vrid.of(1), ADDRESSES, OURS)
        .withPriority(Priority.of(given.own().equals("owner") ? 255 : 100))
        .withPreemption(preemption)
        .withBehaviour(new Behaviour(3, answers, true, 0))
        .withAnnouncePolicy(new AnnouncePolicy(5, 0, 0, 1, new AnnouncePolicy.Rival(0, 0)));
  }

  private static VrrpVersion version(Case given) {
    return given.version().equals("2") ? VrrpVersion.V2 : VrrpVersion.V3;
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String state : List.of("INITIALIZE", "BACKUP", "ACTIVE")) {
      for (String own : List.of("normal", "owner")) {
        for (String version : List.of("2", "3")) {
          for (String preempt : List.of("on", "off", "delay")) {
            for (String answer : List.of("yes", "no")) {
              for (List<String> input : inputs(own)) {
                cases.add(
                    new Case(
                        state, own, version, preempt, List.of(answer, input.get(0), input.get(1))));
              }
            }
          }
        }
      }
    }
    return cases;
  }

  private static List<List<String>> inputs(String own) {
    List<List<String>> inputs = new ArrayList<>();
    for (String event :
        List.of(
            "startup",
            "resume",
            "shutdown",
            "link-down",
            "tick-early",
            "tick-due",
            "late-early",
            "late-short",
            "late-lease",
            "late-long")) {
      inputs.add(List.of(event, "-"));
    }
    List<String> priorities =
        own.equals("owner")
            ? List.of("zero", "lower", "equal")
            : List.of("zero", "lower", "equal", "higher", "top");
    for (String priority : priorities) {
      for (String sender : List.of("below", "same", "above")) {
        inputs.add(List.of(priority, sender));
      }
    }
    return inputs;
  }

  private static boolean matches(List<String> row, Case given) {
    List<String> words = given.words();
    for (int i = 0; i < words.size(); i++) {
      if (!row.get(i).equals("*") && !row.get(i).equals(words.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<List<String>> table() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                TransitionTableTest.class.getResourceAsStream("transitions.txt"),
                StandardCharsets.UTF_8))) {
      List<List<String>> rows =
          reader
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> List.of(line.trim().split("\\s+")))
              .toList();
      rows.forEach(row -> assertThat(row).hasSize(COLUMNS));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IpAddress address(String literal) {
    return IpAddress.parse(literal).orElseThrow();
  }
}
