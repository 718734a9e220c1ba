package org.vipd.protocol.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Garbage per advertisement, counted by the JVM: independent of how busy the machine is. */
class AllocationTest {
  private static final int ROUNDS = 20_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Object sink = "";

  @Test
  void makesLessThan200BytesOfGarbageForEachReceivedAdvertisement() {
    ProtocolBenchmark subject = subject();
    assertThat(bytesPerRound(subject::decodeAndStep)).isPositive().isLessThan(200);
  }

  @Test
  void encodesWithoutGarbage() {
    ProtocolBenchmark subject = subject();
    // The boxed result of the supplier is the test's own: 16 bytes.
    assertThat(bytesPerRound(subject::encode)).isLessThanOrEqualTo(17);
  }

  private static ProtocolBenchmark subject() {
    ProtocolBenchmark subject = new ProtocolBenchmark();
    subject.form = "pseudo-header";
    subject.prepare();
    return subject;
  }

  private long bytesPerRound(Supplier<Object> work) {
    long thread = Thread.currentThread().getId();
    run(work);
    long before = THREADS.getThreadAllocatedBytes(thread);
    run(work);
    return (THREADS.getThreadAllocatedBytes(thread) - before) / ROUNDS;
  }

  private void run(Supplier<Object> work) {
    for (int i = 0; i < ROUNDS; i++) {
      sink = work.get();
    }
    assertThat(sink).isNotNull();
  }
}
