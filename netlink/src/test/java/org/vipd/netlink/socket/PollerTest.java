package org.vipd.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.libc.SystemCalls;

/** The time limit only ends a test that would hang. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PollerTest {

  private static final int NONBLOCK = 0x800;
  private static final long MILLISECOND = 1_000_000;

  private final Poller poller = Poller.open();
  private final FileDescriptor counter =
      new FileDescriptor(SystemCalls.get().libC().eventfd(0, NONBLOCK));

  @AfterEach
  void closeAll() {
    poller.close();
    counter.close();
  }

  @Test
  void returnsAtTheDeadlineAndNotBefore() {
    long deadline = System.nanoTime() + 20 * MILLISECOND;

    assertThat(poller.await(deadline)).isZero();
    assertThat(System.nanoTime() - deadline).isNotNegative();
  }

  @Test
  void returnsAtOnceForADeadlineInThePastEachTime() {
    long past = System.nanoTime() - MILLISECOND;

    assertThat(poller.await(past)).isZero();
    assertThat(poller.await(past)).isZero();
    assertThat(poller.await(-5)).isZero();
    assertThat(poller.await(0)).isZero();
  }

  @Test
  void takesAnEarlierDeadlineAfterALaterOne() {
    signal();
    poller.watch(counter.number(), Poller.READABLE, 1);
    assertThat(poller.await(System.nanoTime() + 3600_000 * MILLISECOND)).isEqualTo(1);
    poller.unwatch(counter.number());

    long deadline = System.nanoTime() + MILLISECOND;
    assertThat(poller.await(deadline)).isZero();
    assertThat(System.nanoTime() - deadline).isNotNegative();
  }

  @Test
  void forgetsADeadlineThatIsTakenBack() {
    signal();
    poller.watch(counter.number(), Poller.READABLE, 1);
    long deadline = System.nanoTime() + 20 * MILLISECOND;
    assertThat(poller.await(deadline)).isEqualTo(1);
    assertThat(poller.await(Long.MAX_VALUE)).isEqualTo(1);
    while (System.nanoTime() < deadline + MILLISECOND) {
      Thread.onSpinWait();
    }
    assertThat(poller.await(Long.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void restsAlthoughADescriptorIsReady() {
    signal();
    poller.watch(counter.number(), Poller.READABLE, 1);
    long before = System.nanoTime();

    poller.rest(5);

    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(5 * MILLISECOND);
    assertThat(poller.await(Long.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void endsARestAtAWakeUpThatTheNextWaitSeesToo() {
    poller.wakeUp();

    poller.rest(Integer.MAX_VALUE);

    assertThat(poller.await(Long.MAX_VALUE)).isZero();
  }

  @Test
  void reportsReadyDescriptorsWithTheirToken() {
    poller.watch(counter.number(), Poller.READABLE | Poller.WRITABLE, 7);

    assertThat(poller.await(Long.MAX_VALUE)).isEqualTo(1);
    assertThat(poller.token(0)).isEqualTo(7);
    assertThat(poller.events(0)).isEqualTo(Poller.WRITABLE);
  }

  @Test
  void changesWhatAWatchedDescriptorIsWatchedFor() {
    poller.watch(counter.number(), Poller.WRITABLE, 7);
    poller.watch(counter.number(), Poller.READABLE, 8);
    assertThat(poller.await(System.nanoTime())).isZero();

    signal();
    assertThat(poller.await(Long.MAX_VALUE)).isEqualTo(1);
    assertThat(poller.token(0)).isEqualTo(8);
  }

  @Test
  void stopsReportingAnUnwatchedDescriptor() {
    signal();
    poller.watch(counter.number(), Poller.READABLE, 1);
    poller.unwatch(counter.number());
    poller.unwatch(counter.number());

    assertThat(poller.await(System.nanoTime() + MILLISECOND)).isZero();
  }

  @Test
  void rejectsNegativeTokensAndClosedDescriptors() {
    assertThatThrownBy(() -> poller.watch(counter.number(), Poller.READABLE, -1))
        .isInstanceOf(IllegalArgumentException.class);
    counter.close();
    assertThatThrownBy(() -> poller.watch(counter.number(), Poller.READABLE, 1))
        .isInstanceOf(SyscallException.class)
        .hasMessageStartingWith("epoll_ctl: EBADF");
  }

  @Test
  void endsTheNextWaitWhenWokenBefore() {
    poller.wakeUp();
    poller.wakeUp();

    assertThat(poller.await(Long.MAX_VALUE)).isZero();
    assertThat(poller.await(System.nanoTime() + MILLISECOND)).isZero();
  }

  @Test
  void endsAWaitThatIsUnderWay() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Thread waker =
        new Thread(
            () -> {
              started.countDown();
              poller.wakeUp();
            });
    waker.start();
    started.await();

    assertThat(poller.await(Long.MAX_VALUE)).isZero();
    waker.join();
  }

  @Test
  void ignoresAWakeUpAfterClose() {
    poller.close();
    try (FileDescriptor reused =
        new FileDescriptor(SystemCalls.get().libC().eventfd(0, NONBLOCK))) {
      poller.wakeUp();
      poller.wakeUp();
      try (Poller other = Poller.open()) {
        other.watch(reused.number(), Poller.READABLE, 1);
        assertThat(other.await(System.nanoTime())).isZero();
      }
    }
  }

  @Test
  void allocatesNothingWhileWaiting() {
    poller.watch(counter.number(), Poller.WRITABLE, 7);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 20_000;
    await(calls);
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    long seen = await(calls);
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

    assertThat(seen).isEqualTo(calls * 7L);
    assertThat(allocated / calls).isLessThan(64);
  }

  private long await(int calls) {
    long seen = 0;
    for (int i = 0; i < calls; i++) {
      poller.await(System.nanoTime() + 1000 * MILLISECOND);
      seen += poller.token(0);
    }
    return seen;
  }

  private void signal() {
    assertThat(SystemCalls.get().libC().eventfdWrite(counter.number(), 1)).isZero();
  }
}
