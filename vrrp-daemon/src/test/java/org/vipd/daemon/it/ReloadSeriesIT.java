package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Two nodes that are reloaded again and again, each time with another priority, address or script
 * ({@code -Dvipd.reloads}). An instance that never changes misses no advertisement, no role changes
 * that the plan did not announce, and nothing grows.
 */
@Order(1)
class ReloadSeriesIT extends LabTest {

  private static final int RELOADS = Integer.getInteger("vipd.reloads", 1000);

  /** After so many everything is loaded that a reload needs. */
  private static final int SETTLED = RELOADS / 4;

  private static final int PERIOD = 50;
  private static final int STILL = 70;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final int SMALL_KIB = 2048;

  /** In an answer of a daemon that is too busy to answer. */
  private static final String TOO_LATE = "error";

  private static final Pattern USED =
      Pattern.compile(
          "(?m)^ *(?:def new generation|tenured generation|DefNew|Tenured) +total \\d+K, used (\\d+)K");

  private final Map<String, Map<String, Long>> transitions = new TreeMap<>();

  /**
   * One of many configurations: {@code still} is always the same, {@code tuned} changes and stays
   * where it is, the priority of {@code handed} changes sides now and then.
   */
  private static String configuration(boolean isFirst, int round) {
    int tuned = (isFirst ? 150 : 100) + round % 3;
    int handed = isFirst ? (isHeldByFirst(round) ? 150 : 50) : 100;
    // each node takes every second round
    boolean isEven = round / 2 % 2 == 0;
    String more = isEven ? "" : "10.66.0.112/24";
    return String.format(
        Locale.ROOT,
        """
        vrrp_script chk {
          script "/bin/true %d"
          interval %d
        }
        vrrp_instance still {
          interface eth0
          virtual_router_id %d
          priority %d
          version 3
          virtual_ipaddress { 10.66.0.101/24 }
        }
        vrrp_instance tuned {
          interface eth0
          virtual_router_id 71
          priority %d
          version 3
          track_script { chk weight 1 }
          notify "/bin/true %d"
          virtual_ipaddress { 10.66.0.111/24
            %s }
        }
        vrrp_instance handed {
          interface eth0
          virtual_router_id 72
          priority %d
          version 3
          advert_int 0.2
          virtual_ipaddress { 10.66.0.121/24 }
        }
        """,
        round % 5,
        isEven ? 30 : 31,
        STILL,
        isFirst ? 200 : 100,
        tuned,
        round % 7,
        more,
        handed);
  }

  private static boolean isHeldByFirst(int round) {
    return round / PERIOD % 2 == 0;
  }

  @Test
  void disturbsNothingAndGrowsNothing(TestReporter reporter) {
    VipdNode one = VipdNode.start(host(), configuration(true, 0));
    VipdNode two = VipdNode.start(lab().host("two", "10.66.0.2/24"), configuration(false, 0));
    Capture capture = lab().capture();
    await(one, "handed", "MASTER");
    await(one, "tuned", "MASTER");
    await(one, "still", "MASTER");
    await(two, "still", "BACKUP");
    remember(one, "one");
    remember(two, "two");
    List<Footprint> settled = List.of();
    for (int round = 1; round <= RELOADS; round++) {
      boolean isFirst = round % 2 == 1;
      reload(isFirst ? one : two, configuration(isFirst, round));
      await(one, "handed", isHeldByFirst(isFirst ? round : round - 1) ? "MASTER" : "BACKUP");
      if (round == SETTLED) {
        settled = List.of(Footprint.of(one), Footprint.of(two));
      }
    }
    expectRoles(one, two);
    expectFootprint(settled, List.of(Footprint.of(one), Footprint.of(two)), reporter);
    settled.get(0).resources().awaitNoMoreIn(one);
    settled.get(1).resources().awaitNoMoreIn(two);
    capture.stop();
    expectEveryAdvertisement(capture, longestLateness(one), reporter);
    assertThat(generation(one)).isEqualTo(1 + RELOADS / 2);
  }

  /** Asks what would happen, lets it happen, and compares. */
  private void reload(VipdNode node, String text) {
    node.replaceConfiguration(text);
    List<String> changes = texts(plan(node), "changes");
    assertThat(changes).noneMatch(it -> it.startsWith("still"));
    assertThat(changes)
        .filteredOn(it -> it.startsWith("handed"))
        .allMatch(it -> it.contains("priority"));
    int generation = generation(node);
    JsonObject done = node.request("reload").orElseThrow();
    if (done.has(TOO_LATE)) {
      // a busy machine: it was read, and the answer did not come in time
      Await.until(
          done + ", and is done all the same",
          Await.GENEROUS,
          () -> generation(node) == generation + 1,
          node::log);
      return;
    }
    assertThat(done.get("applied").getAsBoolean()).as(done.toString()).isTrue();
    assertThat(texts(done, "changes")).isEqualTo(changes);
  }

  /** Asked for again while the daemon is too busy to answer. */
  private static JsonObject plan(VipdNode node) {
    List<JsonObject> answers = new ArrayList<>();
    Await.until(
        "the plan is told",
        Await.GENEROUS,
        () -> {
          answers.add(node.request("plan").orElseThrow());
          return !answers.get(answers.size() - 1).has(TOO_LATE);
        },
        answers::toString);
    return answers.get(answers.size() - 1);
  }

  private static int generation(VipdNode node) {
    return node.status()
        .orElseThrow()
        .getAsJsonObject("configuration")
        .get("generation")
        .getAsInt();
  }

  private static List<String> texts(JsonObject report, String name) {
    return report.getAsJsonArray(name).asList().stream().map(JsonElement::getAsString).toList();
  }

  private static JsonObject instance(VipdNode node, String name) {
    return node
        .status()
        .orElseThrow(() -> new AssertionError(node.log()))
        .getAsJsonArray("instances")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .filter(it -> it.get("name").getAsString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void await(VipdNode node, String name, String state) {
    Await.until(
        name + " is " + state,
        Await.GENEROUS,
        () ->
            node.status().isPresent()
                && instance(node, name).get("state").getAsString().equals(state),
        node::log);
  }

  private static Map<String, Long> transitions(VipdNode node) {
    Map<String, Long> counts = new TreeMap<>();
    for (String name : List.of("still", "tuned", "handed")) {
      JsonObject counters = instance(node, name).getAsJsonObject("counters");
      counts.put(name, counters.get("master-transitions").getAsLong());
    }
    return counts;
  }

  private void remember(VipdNode node, String name) {
    transitions.put(name, transitions(node));
  }

  /** Only the instance whose priority changed sides changed its role, and each time. */
  private void expectRoles(VipdNode one, VipdNode two) {
    for (VipdNode node : List.of(one, two)) {
      Map<String, Long> before = transitions.get(node == one ? "one" : "two");
      Map<String, Long> now = transitions(node);
      assertThat(now).as(node.log()).containsEntry("still", before.get("still"));
      assertThat(now).as(node.log()).containsEntry("tuned", before.get("tuned"));
    }
    // every second change of sides brings it back to the first node
    long returns = (RELOADS - 1L) / (2 * PERIOD);
    // whoever wakes up too late for the short interval of this one gives its role up by itself
    long overslept =
        Stream.of(one, two)
            .flatMap(it -> it.log().lines())
            .filter(it -> it.contains(" handed: ") && it.contains("this host woke up"))
            .count();
    assertThat(transitions(one).get("handed") - transitions.get("one").get("handed"))
        .isBetween(returns, returns + overslept);
    assertThat(instance(one, "still").get("state").getAsString()).isEqualTo("MASTER");
    assertThat(instance(one, "tuned").get("state").getAsString()).isEqualTo("MASTER");
  }

  /** What a daemon takes of the machine. */
  private record Footprint(int heapKib, Resources resources) {

    static Footprint of(VipdNode node) {
      long pid = node.process().pid();
      // twice: what the first one finalizes the second one takes away
      Shell.run("jcmd", Long.toString(pid), "GC.run");
      Shell.run("jcmd", Long.toString(pid), "GC.run");
      Matcher used = USED.matcher(Shell.run("jcmd", Long.toString(pid), "GC.heap_info"));
      int kib = 0;
      while (used.find()) {
        kib += Integer.parseInt(used.group(1));
      }
      return new Footprint(kib, Resources.of(node));
    }
  }

  private static void expectFootprint(
      List<Footprint> before, List<Footprint> after, TestReporter reporter) {
    reporter.publishEntry(
        "footprint", before + " after " + SETTLED + ", " + after + " after " + RELOADS);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).heapKib()).isLessThan(before.get(i).heapKib() + SMALL_KIB);
    }
  }

  /** By its own account: what a busy machine did to it. */
  private static long longestLateness(VipdNode node) {
    return node.status()
        .orElseThrow()
        .getAsJsonObject("daemon")
        .get("longest-lateness-ms")
        .getAsLong();
  }

  /** One comes each second; one that is missed leaves a gap of two, also when all are in time. */
  private static void expectEveryAdvertisement(
      Capture capture, long lateMillis, TestReporter reporter) {
    List<VrrpPacket> still =
        VrrpPacket.of(capture.frames()).stream().filter(it -> it.vrid() == STILL).toList();
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < still.size(); i++) {
      gaps.add((still.get(i).timeNanos() - still.get(i - 1).timeNanos()) / NANOS_PER_MILLI);
    }
    assertThat(still).extracting(VrrpPacket::source).containsOnly("10.66.0.1");
    long largest = gaps.stream().mapToLong(Long::longValue).max().orElseThrow();
    reporter.publishEntry(
        "advertisements",
        still.size() + ", largest gap " + largest + " ms of 1000, late by up to " + lateMillis);
    assertThat(gaps)
        .as("milliseconds between advertisements, late by up to " + lateMillis)
        .allMatch(it -> it < 1900 + lateMillis);
  }
}
