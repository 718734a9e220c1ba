package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * All bad inputs at once beside an election: each is bounded, counted and shown, and the other node
 * never has a reason to claim.
 */
@Execution(ExecutionMode.CONCURRENT)
class DisturbedElectionIT extends LabTest {

  private static final int ROUNDS = 5;
  private static final int MEMORY_KILOBYTES = 300_000;
  private static final int OUTPUT_BYTES = 2048;
  private static final String NO_NUMBER = "does not begin with a number, which counts as 0";

  private static String configuration(Host host, BadReceivers receivers) {
    String script = host.script("endless", "#!/bin/sh\nexec cat /dev/zero\n").toString();
    return "global_defs {\n script_user root\n"
        + receivers.globals()
        + "}\nvrrp_script endless {\n script \"%s\"\n interval 1\n timeout 1\n weight 1\n}\n"
            .formatted(script)
        + "track_file hint {\n file %s\n weight 1\n}\n".formatted(host.home().resolve("hint"))
        + Texts.instance(150, "advert_int 2\ntrack_script {\n endless\n}\ntrack_file {\n hint\n}");
  }

  private static JsonObject only(JsonObject owner, String list) {
    return owner.getAsJsonArray(list).get(0).getAsJsonObject();
  }

  private static String reading(VipdNode vipd) {
    return only(vipd.instance().orElseThrow(), "trackers").get("reading").getAsString();
  }

  /** Numbers and garbage in turn, each of them seen. */
  private static void disturbTheFile(VipdNode vipd) {
    for (int round = 1; round <= ROUNDS; round++) {
      String number = Integer.toString(round);
      vipd.host().file("hint", number + "\n");
      awaitReading(vipd, "holds " + number);
      vipd.host().file("hint", "\u0000\u0007garbage".repeat(100_000));
      awaitReading(vipd, NO_NUMBER);
    }
  }

  private static void awaitReading(VipdNode vipd, String words) {
    Await.until(
        "the file " + words, Await.GENEROUS, () -> reading(vipd).endsWith(words), vipd::log);
  }

  private static List<JsonObject> told(VipdNode vipd, String receiver) {
    return StreamSupport.stream(
            vipd.status().orElseThrow().getAsJsonArray("notifications").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(it -> it.get("receiver").getAsString().startsWith(receiver))
        .toList();
  }

  /** Waits for a lane of a receiver that has failed again and again for a reason. */
  private static void awaitFailures(
      VipdNode vipd, String receiver, String why, Predicate<JsonObject> more) {
    Await.until(
        receiver + " has failed three times: " + why,
        Await.GENEROUS,
        () ->
            told(vipd, receiver).stream()
                .anyMatch(
                    it ->
                        it.get("failed").getAsLong() >= 3
                            && it.get("delivered").getAsLong() == 0
                            && it.get("isWaiting").getAsBoolean()
                            && it.get("result").getAsString().contains(why)
                            && more.test(it)),
        () -> vipd.status() + "\n" + vipd.log());
  }

  @Test
  void everyBadInputIsBoundedCountedAndShownAndThePeerNeverClaims() throws IOException {
    Host host = host();
    Host other = lab().host("two", "10.66.0.2/24");
    try (BadReceivers receivers = BadReceivers.on(host)) {
      VipdNode vipd = VipdNode.start(host, configuration(host, receivers));
      vipd.awaitState("MASTER");
      VipdNode peer = VipdNode.start(other, Texts.instance(100, "advert_int 2"));
      peer.awaitState("BACKUP");
      disturbTheFile(vipd);
      // older lines gave way to newer ones, so that not all of them wait
      awaitFailures(
          vipd,
          "fifo",
          "the pipe is full, because nobody reads it",
          it -> it.get("replaced").getAsLong() >= 1);
      awaitFailures(vipd, "mail", "timed out", it -> true);
      awaitFailures(vipd, "webhook", "it answers 302 and points to", it -> true);
      // not one of the redirections was followed
      assertThat(receivers.askedPaths()).isNotEmpty().containsOnly("/hook");
      Await.until(
          "the endless script has failed three times",
          Await.GENEROUS,
          () -> check(vipd).get("failures").getAsLong() >= 3,
          vipd::log);
      assertThat(check(vipd).get("lastResult").getAsString()).startsWith("no result after 1");
      assertThat(check(vipd).get("output").getAsString().length())
          .isLessThanOrEqualTo(OUTPUT_BYTES);
      assertThat(daemonCounter(vipd, "tracked-files-unusable")).isEqualTo(ROUNDS);
      assertThat(vipd.residentKilobytes()).isLessThan(MEMORY_KILOBYTES);
      assertThat(vipd.ask("status"))
          .contains(
              "the pipe is full", "timed out", "points to http", NO_NUMBER, "no result after");
      assertThat(vipd.ask("why", "lab")).contains("lab is MASTER since", "endless");
      assertThat(vipd.state()).isEqualTo("MASTER");
      assertThat(vipd.counter("master-transitions")).isEqualTo(1);
      assertThat(peer.state()).isEqualTo("BACKUP");
      assertThat(peer.counter("master-transitions")).isZero();
      assertThat(vipd.stop()).as(vipd.log()).isZero();
    }
  }

  private static JsonObject check(VipdNode vipd) {
    return only(vipd.instance().orElseThrow(), "checks");
  }

  private static long daemonCounter(VipdNode vipd, String name) {
    return vipd.status().orElseThrow().getAsJsonObject("daemon").get(name).getAsLong();
  }
}
