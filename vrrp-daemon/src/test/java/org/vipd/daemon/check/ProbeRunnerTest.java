package org.vipd.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.runtime.MonotonicClock;

/** Checks on real threads and real time. */
class ProbeRunnerTest {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  private static final int RUNS = 50;

  /** So many in a row, the best of all such, so that a busy machine does not matter. */
  private static final int IN_A_ROW = 10;

  /** Half the rate that is asked for. */
  private static final Duration BEST = INTERVAL.multipliedBy(2 * IN_A_ROW);

  private final BlockingQueue<CheckOutcome> outcomes = new LinkedBlockingQueue<>();

  private static CheckConfig tcp(int port) {
    Probe probe = new Probe.Tcp("127.0.0.1", port);
    return new CheckConfig(
        "port",
        Place.ofFile("f"),
        CheckConfig.asked(probe),
        new CheckConfig.Schedule(INTERVAL, Duration.ofSeconds(20)),
        new CheckConfig.Thresholds(1, 1),
        0,
        false,
        Optional.of(probe));
  }

  private static void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.setTcpNoDelay(true);
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void asksTenTimesASecondWhereThatIsAskedFor() throws Exception {
    MonotonicClock clock = new MonotonicClock();
    ProbeRunner runner =
        new ProbeRunner(clock, event -> outcomes.add(((Event.CheckFinished) event).outcome()));
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> accept(server), "server under test");
      thread.setDaemon(true);
      thread.start();
      long start = clock.nanos();
      runner.replace(List.of(tcp(server.getLocalPort())));
      List<String> failed = new ArrayList<>();
      long[] times = new long[RUNS];
      for (int i = 0; i < RUNS; i++) {
        CheckOutcome outcome = Optional.ofNullable(outcomes.poll(20, TimeUnit.SECONDS)).get();
        if (!outcome.passed()) {
          failed.add(outcome.text());
        }
        times[i] = clock.nanos() - start;
      }
      // a busy machine lets now and then a run take longer than the interval
      assertThat(failed)
          .hasSizeLessThan(RUNS / 2)
          .allMatch(it -> it.equals("the run before has not come back"));
      assertThat(Duration.ofNanos(times[RUNS - 1]))
          .isGreaterThanOrEqualTo(INTERVAL.multipliedBy(RUNS - 2));
      long best =
          IntStream.range(0, RUNS - IN_A_ROW)
              .mapToLong(i -> times[i + IN_A_ROW] - times[i])
              .min()
              .orElseThrow();
      assertThat(Duration.ofNanos(best)).isLessThan(BEST);
    } finally {
      runner.stop();
    }
  }
}
