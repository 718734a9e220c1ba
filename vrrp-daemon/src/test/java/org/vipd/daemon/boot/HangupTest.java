package org.vipd.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HangupTest {

  private final AtomicInteger reloads = new AtomicInteger();

  @Test
  void keepsASignalThatComesTooEarly() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Hangup hangup = new Hangup();
    hangup.run();
    hangup.run();
    hangup.serve(
        () -> {
          reloads.incrementAndGet();
          done.countDown();
        });
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(reloads).hasValue(1);
  }

  @Test
  void reloadsAtOnceWhenItCanAndNeverWithoutASignal() {
    Hangup hangup = new Hangup();
    hangup.serve(reloads::incrementAndGet);
    assertThat(reloads).hasValue(0);
    hangup.run();
    assertThat(reloads).hasValue(1);
  }
}
