package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.SimplePassword;

/** What a turn of the loop leaves for the garbage collector in the steady state. */
class AllocationTest {

  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 4_000;
  private static final long LIMIT_BYTES = 256;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static FakeHost host() {
    String password = "authentication {\n auth_type PASS\n auth_pass secret\n}";
    FakeHost host = new FakeHost(Configurations.instance(100, password)).start();
    host.trace.stopRecording();
    return host;
  }

  private static double bytesPerTurn(Runnable turn) {
    for (int i = 0; i < WARM_UP; i++) {
      turn.run();
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MEASURED; i++) {
      turn.run();
    }
    return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / MEASURED;
  }

  /** Time goes to the deadline of the loop, which then does what is due. */
  private static void turnAtDeadline(FakeHost host) {
    if (host.network.wantedNanos() > host.clock.nanos()) {
      host.clock.set(host.network.wantedNanos());
    }
    host.turn();
  }

  @Test
  void leavesLittleGarbageWhileActive() {
    FakeHost host = host();
    host.runSeconds(10);
    double bytes = bytesPerTurn(() -> turnAtDeadline(host));
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().counters().get("advertisement-sent")).isGreaterThan(MEASURED);
    assertThat(bytes).isLessThanOrEqualTo(LIMIT_BYTES);
  }

  /**
   * Every few seconds all addresses are compared with what is wanted: each with each would show.
   */
  @Test
  void looksAtAThousandAddressesOfAnOwnerOnceEach() {
    String many =
        IntStream.range(0, 1000)
            .mapToObj(i -> "10.7." + i / 250 + "." + (1 + i % 250))
            .collect(Collectors.joining("\n", "virtual_ipaddress_excluded {\n", "\n}"));
    FakeHost host = new FakeHost(Configurations.instance(255, many)).start();
    host.trace.stopRecording();
    host.runSeconds(30);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    host.runSeconds(50);
    long bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / 10;
    assertThat(host.instance().heldAddresses()).hasSize(1001);
    assertThat(bytes).isLessThan(1_000_000);
  }

  @Test
  void leavesLittleGarbageWhileBackup() {
    FakeHost host = host();
    byte[] packet = Packets.version2(200, "10.0.0.3", SimplePassword.of("secret"));
    ByteBuffer payload = ByteBuffer.allocateDirect(packet.length);
    payload.put(packet).flip();
    IpEnvelope envelope = Packets.from("10.0.0.3");
    DatagramReceiver receiver = host.channels.onlyReceiver();
    double bytes =
        bytesPerTurn(
            () -> {
              host.clock.advance(1_000_000_000L);
              receiver.received(envelope, payload);
              host.turn();
            });
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.instance().counters().get("advertisement-rcvd")).isEqualTo(WARM_UP + MEASURED);
    assertThat(bytes).isLessThanOrEqualTo(LIMIT_BYTES);
  }
}
