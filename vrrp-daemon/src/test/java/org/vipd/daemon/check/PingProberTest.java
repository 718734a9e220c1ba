package org.vipd.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.testkit.FakeClock;

/** What a failed echo check says of each host. */
class PingProberTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final FakeClock clock = new FakeClock();
  private final List<Integer> waits = new ArrayList<>();

  /** Hosts answer, are silent, cannot be reached or have no name, as they are called. */
  private boolean echo(String host, int millis) throws IOException {
    waits.add(millis);
    return switch (host) {
      case "answers" -> true;
      case "silent" -> {
        clock.advance(millis * 1_000_000L);
        yield false;
      }
      case "unreachable" -> false;
      case "nameless" -> throw new UnknownHostException(host);
      default -> throw new SocketException("Network is unreachable");
    };
  }

  private PingProber prober(int quorum, String... hosts) {
    return new PingProber(new Probe.Ping(List.of(hosts), quorum), clock, this::echo);
  }

  @Test
  void namesEachHostThatDidNotAnswer() {
    assertThatThrownBy(
            () -> prober(2, "answers", "silent", "unreachable", "nameless", "far").probe(TIMEOUT))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "1 of 5 hosts answered, expected at least 2; silent did not answer within 0.090 s;"
                + " unreachable cannot be reached from here (ip route get unreachable);"
                + " the name nameless cannot be resolved; far: Network is unreachable");
  }

  @Test
  void isDoneBeforeItsTimeIsUp() {
    long start = clock.nanos();
    assertThatThrownBy(() -> prober(1, "silent", "silent", "silent").probe(TIMEOUT))
        .isInstanceOf(IOException.class);
    assertThat(clock.nanos() - start).isLessThan(TIMEOUT.toNanos());
    assertThat(waits).containsExactly(150, 150, 150);
  }

  @Test
  void asksNobodyElseWhenEnoughHaveAnswered() throws IOException {
    assertThat(prober(1, "silent", "answers", "far").probe(TIMEOUT))
        .isEqualTo("1 of 3 hosts answered");
    assertThat(waits).hasSize(2);
  }

  @Test
  void saysWhatIsKnownWhileItIsAsking() throws IOException {
    List<String> known = new ArrayList<>();
    AtomicReference<PingProber> asking = new AtomicReference<>();
    PingProber.Echo echo =
        (host, millis) -> {
          known.add(asking.get().soFar());
          return echo(host, millis);
        };
    Probe.Ping probe = new Probe.Ping(List.of("nameless", "silent", "answers"), 1);
    asking.set(new PingProber(probe, clock, echo));
    asking.get().probe(TIMEOUT);
    assertThat(known)
        .startsWith(
            "0 of 3 hosts answered, expected at least 1; no result for nameless, silent, answers",
            "0 of 3 hosts answered, expected at least 1; the name nameless cannot be resolved;"
                + " no result for silent, answers");
  }
}
