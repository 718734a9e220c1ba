package org.vipd.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.testkit.FakeClock;

class ScheduledProbeTest {

  private final FakeClock clock = new FakeClock();
  private final BlockingQueue<CheckOutcome> outcomes = new LinkedBlockingQueue<>();
  private final ScheduledExecutorService schedule = Executors.newScheduledThreadPool(2);
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch dueWhileUnderWay = new CountDownLatch(5);

  @AfterEach
  void stop() {
    held.countDown();
    schedule.shutdownNow();
  }

  private ScheduledProbe probe(Prober prober) {
    return probe(prober, Duration.ofMillis(100));
  }

  private ScheduledProbe probe(Prober prober, Duration timeout) {
    CheckConfig config =
        new CheckConfig(
            "chk",
            Place.ofFile("f"),
            new CommandConfig("tcp x:1", List.of("tcp")),
            new CheckConfig.Schedule(Duration.ofMillis(100), timeout),
            new CheckConfig.Thresholds(1, 1),
            0,
            false,
            Optional.of(new Probe.Tcp("x", 1)));
    return new ScheduledProbe(
        config, prober, clock, event -> outcomes.add(((Event.CheckFinished) event).outcome()));
  }

  private CheckOutcome next() throws InterruptedException {
    return Optional.ofNullable(outcomes.poll(20, TimeUnit.SECONDS)).orElseThrow();
  }

  @Test
  void reportsWhatWasFoundAgainAndAgain() throws InterruptedException {
    probe(timeout -> "fine").start(schedule, Runnable::run);
    for (int i = 0; i < 3; i++) {
      assertThat(next().passed()).isTrue();
    }
  }

  @Test
  void reportsWhatWasFoundInstead() throws InterruptedException {
    probe(
            timeout -> {
              throw new IOException("refused");
            })
        .start(schedule, Runnable::run);
    CheckOutcome outcome = next();
    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.text()).isEqualTo("refused");
  }

  @Test
  void aDefectOfTheProberIsAFailureAndTheCheckGoesOn() throws InterruptedException {
    probe(
            timeout -> {
              throw new IllegalStateException("defect");
            })
        .start(schedule, Runnable::run);
    assertThat(next().text()).contains("unexpected failure").contains("defect");
    assertThat(next().passed()).isFalse();
  }

  @Test
  void oneThatHangsHasAResultEachTimeItIsDue() throws InterruptedException {
    ScheduledProbe probe =
        probe(
            timeout -> {
              try {
                held.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return "late";
            });
    probe.start(schedule, work -> new Thread(work, "hangs").start());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      CheckOutcome outcome = next();
      assertThat(outcome.passed()).isFalse();
      texts.add(outcome.text());
    }
    assertThat(texts)
        .contains("no result after 0.1 s")
        .contains("the run before has not come back");
  }

  private Prober hangingFor(int runs, AtomicInteger begun) {
    return timeout -> {
      if (begun.incrementAndGet() <= runs) {
        await(held);
      }
      return "fine";
    };
  }

  @Test
  void oneThatNeverComesBackIsGivenUpSoThatTheNextFindsThatAllIsWell() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    probe(hangingFor(1, begun)).start(schedule, work -> new Thread(work, "hangs").start());
    for (int i = 0; i < 3; i++) {
      assertThat(next().passed()).isFalse();
    }
    assertThat(begun.get()).isEqualTo(1);
    clock.advance(1_200_000_000L);
    awaitSuccess();
    held.countDown();
    // what comes back late changes nothing
    for (int i = 0; i < 3; i++) {
      assertThat(next().passed()).isTrue();
    }
  }

  @Test
  void whatNeverComesBackIsBoundedAndCountsNoMoreWhenItDoes() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    probe(hangingFor(Integer.MAX_VALUE, begun))
        .start(schedule, work -> new Thread(work, "hangs").start());
    for (int i = 0; i < 20; i++) {
      assertThat(next().passed()).isFalse();
      clock.advance(60_000_000_000L);
    }
    // four are left to themselves, and the fifth is waited for
    assertThat(begun.get()).isEqualTo(5);
    held.countDown();
    awaitSuccess();
  }

  private void awaitSuccess() throws InterruptedException {
    boolean passes = false;
    for (int i = 0; i < 100 && !passes; i++) {
      passes = next().passed();
    }
    assertThat(passes).isTrue();
  }

  @Test
  void aTimeOutSaysWhatIsKnown() throws InterruptedException {
    Prober hanging =
        new Prober() {
          @Override
          public String probe(Duration timeout) {
            try {
              held.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return "late";
          }

          @Override
          public String soFar() {
            return "0 of 2 hosts answered";
          }
        };
    probe(hanging).start(schedule, work -> new Thread(work, "hangs").start());
    CheckOutcome outcome = next();
    assertThat(outcome.text()).endsWith(": 0 of 2 hosts answered");
    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.hasPrinted()).isFalse();
  }

  @Test
  void tooManyAtOnceIsAFailure() throws InterruptedException {
    probe(timeout -> "fine")
        .start(
            schedule,
            work -> {
              throw new RejectedExecutionException("full");
            });
    assertThat(next().text()).isEqualTo("cannot be run: too many checks are under way");
  }

  @Test
  void goesOnWhenThereIsNoThreadForOneRun() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    probe(timeout -> "fine")
        .start(
            schedule,
            work -> {
              if (tries.incrementAndGet() <= 2) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              work.run();
            });
    for (int i = 0; i < 2; i++) {
      CheckOutcome outcome = next();
      assertThat(outcome.kind()).isEqualTo(CheckOutcome.Kind.UNRUNNABLE);
      assertThat(outcome.text())
          .isEqualTo("cannot be run: no thread for it: unable to create native thread");
    }
    assertThat(next().passed()).isTrue();
  }

  @Test
  void aSlowFirstRunDecidesByItsOwnResult() throws InterruptedException {
    Prober slowAtFirst =
        new Prober() {
          @Override
          public Duration atFirst(Duration timeout) {
            return Duration.ofSeconds(20);
          }

          @Override
          public String probe(Duration timeout) {
            // the time-out of the second run is the usual one
            boolean isFirst = timeout.toSeconds() == 20;
            if (isFirst) {
              await(dueWhileUnderWay);
            }
            return isFirst ? "cold" : "warm";
          }
        };
    // due again and again while the first run goes on
    ScheduledFuture<?> counter =
        schedule.scheduleAtFixedRate(dueWhileUnderWay::countDown, 100, 100, TimeUnit.MILLISECONDS);
    Duration usual = Duration.ofSeconds(19);
    probe(slowAtFirst, usual).start(schedule, work -> new Thread(work, "cold").start());
    assertThat(next().text()).isEqualTo("cold");
    counter.cancel(false);
    String text = next().text();
    while (text.equals("the run before has not come back")) {
      // a busy machine: the thread of the second run had to wait
      text = next().text();
    }
    assertThat(text).isEqualTo("warm");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
