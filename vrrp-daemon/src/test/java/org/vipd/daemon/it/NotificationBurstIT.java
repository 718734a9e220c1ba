package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Ten thousand transitions with a notify script that takes its time: a rival claims and resigns as
 * fast as the daemon can follow. The script hears of few, one after the other and in their order,
 * and of the last; the daemon keeps no more than it had.
 */
@Execution(ExecutionMode.CONCURRENT)
class NotificationBurstIT extends LabTest {

  /** Each is one transition to MASTER and one to BACKUP. */
  private static final int CLAIMS = 5_000;

  private static final int ROUNDS = 50;
  private static final int FIRST_PRIORITY = 200;

  /** What the last 1,000 events are kept in, and the code that came to be used meanwhile. */
  private static final long HEAP_BYTES = 4_000_000;

  private static final long RESIDENT_KILOBYTES = 40_000;

  /** Its lines tell when two of it run at once; the third argument is the state. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      echo "begin $3 $4" >> "@HOME@/told"
      sleep 0.3
      echo "end $3 $4" >> "@HOME@/told"
      """;

  private static String configuration(Host host, String interval) {
    String script =
        host.script("slow.sh", SCRIPT.replace("@HOME@", host.home().toString())).toString();
    return "global_defs {\n script_user root\n}\n"
        + "track_file count {\n file %s\n init_file 0\n}\n".formatted(host.home().resolve("count"))
        + Texts.instance(
            FIRST_PRIORITY,
            "version 3\n advert_int %s\n track_file {\n count\n }\n notify %s\n"
                .formatted(interval, script));
  }

  /** The priority grows from round to round, so that the script's arguments tell the order. */
  private static void play(VipdNode vipd, RawSender rival) {
    ByteBuffer claim = rival.advertisement(66, 255, 1, List.of(Texts.VIP));
    ByteBuffer resignation = rival.advertisement(66, 0, 1, List.of(Texts.VIP));
    for (int round = 1; round <= ROUNDS; round++) {
      vipd.host().file("count", round + "\n");
      long wanted = (long) CLAIMS * round / ROUNDS;
      Await.until(
          wanted + " claims",
          Await.GENEROUS.multipliedBy(2),
          () -> {
            for (int i = 0; i < ROUNDS; i++) {
              rival.send(claim);
              rival.send(resignation);
              Await.pause(2);
            }
            return vipd.counter("master-transitions") >= wanted;
          },
          () -> vipd.status().toString());
    }
  }

  private static JsonObject lane(VipdNode vipd) {
    return StreamSupport.stream(
            vipd.status().orElseThrow().getAsJsonArray("notifications").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(it -> it.get("receiver").getAsString().startsWith("script"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSlowScriptHearsOfFewInOrderAndOfTheLastAndTheDaemonStaysAsSmall() {
    Host host = host();
    host.file("told", "");
    VipdNode vipd = VipdNode.start(host, configuration(host, "0.01"));
    vipd.awaitState("MASTER");
    String settled = "end MASTER " + FIRST_PRIORITY + "\n";
    Await.until("the start is told", () -> host.read("told").endsWith(settled));
    long heap = LiveHeap.bytesOf(vipd);
    long resident = vipd.residentKilobytes();
    try (RawSender rival = RawSender.open(lab().host("two", "10.66.0.2/24"), "10.66.0.2")) {
      play(vipd, rival);
    }
    // with an interval as short as that, a busy machine goes on to take its role away now and then
    vipd.replaceConfiguration(configuration(host, "1"));
    assertThat(vipd.ask("reload")).contains("generation 2");
    vipd.awaitState("MASTER");
    String last = "end MASTER " + (FIRST_PRIORITY + ROUNDS) + "\n";
    Await.until(
        "the script is told the last state",
        Await.GENEROUS,
        () -> host.read("told").endsWith(last) && !lane(vipd).get("isWaiting").getAsBoolean(),
        () -> host.read("told") + vipd.status());
    long grownHeap = LiveHeap.bytesOf(vipd) - heap;
    long grown = vipd.residentKilobytes() - resident;
    List<String> told = host.read("told").lines().toList();
    JsonObject lane = lane(vipd);
    System.out.printf(
        Locale.ROOT,
        "%d transitions, %d told, %s replaced; live heap %+d kB, resident memory %+d kB%n",
        2 * vipd.counter("master-transitions"),
        told.size() / 2,
        lane.get("replaced"),
        grownHeap / 1000,
        grown);
    assertThat(priorities(told)).isSorted();
    assertThat(lane.get("delivered").getAsLong()).isEqualTo(told.size() / 2);
    assertThat(lane.get("delivered").getAsLong() + lane.get("replaced").getAsLong())
        .isGreaterThanOrEqualTo(2L * CLAIMS);
    assertThat(lane.get("failed").getAsLong()).isZero();
    assertThat(grownHeap).isLessThan(HEAP_BYTES);
    assertThat(grown).isLessThan(RESIDENT_KILOBYTES);
    assertThat(vipd.stop()).isZero();
  }

  /** The priorities that were told; each run has ended before the next began. */
  private static List<Integer> priorities(List<String> told) {
    List<Integer> priorities = new ArrayList<>();
    for (int i = 0; i < told.size(); i += 2) {
      String run = told.get(i).replace("begin ", "");
      assertThat(told.subList(i, i + 2)).containsExactly("begin " + run, "end " + run);
      priorities.add(Integer.parseInt(run.split(" ", -1)[1]));
    }
    return priorities;
  }
}
