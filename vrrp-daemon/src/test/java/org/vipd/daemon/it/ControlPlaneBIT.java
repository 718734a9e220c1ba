package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two kubeadm masters with config B. The check runs every 3 s and must fail 10 times, so the move
 * takes half a minute: that is the configuration as people have it.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class ControlPlaneBIT {

  private static final Duration FALL = Duration.ofMinutes(2);

  private final Outages outages = new Outages("config B");
  private KubeadmMasters masters;
  private VipdNode first;
  private VipdNode second;
  private HttpClient client;

  @BeforeEach
  void buildControlPlane() throws Exception {
    masters = new KubeadmMasters("cpb", UnaryOperator.identity(), false);
    first = masters.first();
    second = masters.second();
    client = masters.client();
  }

  @AfterEach
  void tearDown() {
    if (masters != null) {
      masters.close();
    }
  }

  @Test
  void movesTheAddressWhenTheApiServerDiesAndBackWhenItReturns() {
    long start = System.nanoTime();
    masters.firstApiServer().kill();
    Await.until(
        "the second master takes over",
        FALL,
        () -> second.state().equals("MASTER"),
        () -> first.log() + second.log());
    client.awaitAnswerWith("stand-in on cp2");
    client.awaitAnswers();
    outages.report(
        "API server killed on the holder (fall 10 x 3 s)", client.longestGapSince(start));
    first.awaitState("BACKUP");
    assertThat(arithmetic(first)).isEqualTo("99 = 101 - 2 check_apiserver");
    first.awaitLog("check_apiserver is now bad", "no answer from https://");
    long restored = System.nanoTime();
    masters.restartFirstApiServer();
    Await.until("the first master is back", FALL, () -> first.state().equals("MASTER"), first::log);
    client.awaitAnswerWith("stand-in on cp1");
    client.awaitAnswers();
    outages.report("API server back (rise 2 x 3 s)", client.longestGapSince(restored));
    second.awaitState("BACKUP");
    assertThat(arithmetic(first)).startsWith("101");
    assertThat(Counters.rejects(first)).isEmpty();
    assertThat(Counters.rejects(second)).isEmpty();
  }

  @Test
  void keepsTheAddressWhileEachMasterIsLost() {
    for (String signal : List.of("KILL", "TERM")) {
      lose(first, signal, "the holder");
      second.awaitState("MASTER");
      client.awaitAnswerWith("stand-in on cp2");
      first.restart();
      first.awaitState("MASTER");
      client.awaitAnswerWith("stand-in on cp1");
      second.awaitState("BACKUP");
      lose(second, signal, "the backup");
      second.restart();
      second.awaitState("BACKUP");
      assertThat(first.state()).isEqualTo("MASTER");
    }
    assertThat(Counters.rejects(first)).isEmpty();
    assertThat(Counters.rejects(second)).isEmpty();
  }

  private void lose(VipdNode victim, String signal, String role) {
    final long start = System.nanoTime();
    if (signal.equals("KILL")) {
      victim.process().kill();
      victim.process().awaitExit();
    } else {
      assertThat(victim.stop()).isZero();
    }
    VipdNode other = victim.equals(first) ? second : first;
    other.awaitState("MASTER");
    client.awaitAnswers();
    outages.report("SIG" + signal + " " + role, client.longestGapSince(start));
  }

  private static String arithmetic(VipdNode node) {
    return node.instance().orElseThrow().get("priorityArithmetic").getAsString();
  }
}
