package org.vipd.protocol.benchmark;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.machine.VirtualRouter;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementDecoder;
import org.vipd.protocol.wire.AdvertisementEncoder;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.Delivery;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.LocalRouter;
import org.vipd.protocol.wire.ReceivePolicy;
import org.vipd.protocol.wire.SendPolicy;

/**
 * Work per advertisement. Run by {@link #main}, with JVM arguments such as -XX:TieredStopAtLevel=1.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ProtocolBenchmark {
  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final String MESSAGE_ONLY = "310164010064a897c0000201";
  private static final String PSEUDO_HEADER = "31016401006405fdc0000201";

  /** Checksum form of the packet. */
  @Param({"pseudo-header", "message-only"})
  public String form;

  private ByteBuffer payload;
  private ByteBuffer out;
  private IpEnvelope envelope;
  private ReceivePolicy policy;
  private Advertisement advertisement;
  private VirtualRouter router;
  private long now;

  /** Needed by JMH. */
  public ProtocolBenchmark() {}

  /** A Backup of priority 50 that hears an Active of priority 100. */
  @Setup
  public void prepare() {
    IpAddress source = IpAddress.parse("192.0.2.11").orElseThrow();
    IpAddress ours = IpAddress.parse("192.0.2.12").orElseThrow();
    AddressList addresses =
        AddressList.of(AddressFamily.IPV4, List.of(IpAddress.parse("192.0.2.1").orElseThrow()));
    String hex = form.equals("message-only") ? MESSAGE_ONLY : PSEUDO_HEADER;
    payload = ByteBuffer.allocateDirect(64);
    payload.put(HexFormat.of().parseHex(hex)).flip();
    out = ByteBuffer.allocateDirect(2048);
    envelope =
        new IpEnvelope(source, IpAddress.vrrpGroup(AddressFamily.IPV4), 255, IpEnvelope.VRRP);
    policy =
        ReceivePolicy.of(
            new LocalRouter(VrrpVersion.V3, Vrid.of(1), AdvertInterval.DEFAULT, addresses),
            Delivery.multicast(Set.of(ours)));
    advertisement =
        new Advertisement(
            VrrpVersion.V3, Vrid.of(1), Priority.of(100), AdvertInterval.DEFAULT, addresses);
    router =
        new VirtualRouter(
            RouterConfig.of(VrrpVersion.V3, Vrid.of(1), addresses, ours)
                .withPriority(Priority.of(50)));
    router.startup(0);
    now = 0;
  }

  /** Bytes to advertisement. */
  @Benchmark
  public DecodeResult decode() {
    return AdvertisementDecoder.decode(envelope, payload, policy);
  }

  /** Bytes to advertisement to next state of a Backup. */
  @Benchmark
  public Step decodeAndStep() {
    now += INTERVAL_NANOS;
    Accepted accepted = (Accepted) AdvertisementDecoder.decode(envelope, payload, policy);
    return router.onAdvertisement(accepted.advertisement(), envelope.source(), now);
  }

  /** Advertisement to bytes. */
  @Benchmark
  public int encode() {
    out.clear();
    return AdvertisementEncoder.encode(
        advertisement, SendPolicy.DEFAULT, envelope.source(), envelope.destination(), out);
  }

  /** Runs all benchmarks with the allocation profiler; arguments are passed to the JVM. */
  public static void main(String[] jvmArguments) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(ProtocolBenchmark.class.getName())
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class);
    if (jvmArguments.length > 0) {
      options.jvmArgsAppend(jvmArguments);
    }
    new Runner(options.build()).run();
  }
}
