package org.vipd.protocol.simulation;

import java.nio.ByteBuffer;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.RouterState;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.Sleep;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.machine.VirtualRouter;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementDecoder;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.ReceivePolicy;

/** The machine under test as the simulation sees it; broken machines override one method. */
class Subject {
  private static final long SECOND = 1_000_000_000L;
  private final VirtualRouter router;

  Subject(RouterConfig config) {
    router = new VirtualRouter(config);
  }

  Step startup(long now) {
    return router.startup(now);
  }

  Step shutdown(ShutdownCause cause, long now) {
    return router.shutdown(cause, now);
  }

  /** A packet as it comes from the socket: through the receive checks, then into the machine. */
  Step received(IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy, long now) {
    DecodeResult result = AdvertisementDecoder.decode(envelope, payload, policy);
    return result instanceof Accepted accepted
        ? advertisement(accepted.advertisement(), envelope.source(), now)
        : rejected(now);
  }

  Step advertisement(Advertisement advertisement, IpAddress source, long now) {
    return router.onAdvertisement(advertisement, source, now);
  }

  /** A packet that the decoder rejected; the real machine never hears of it. */
  Step rejected(long now) {
    return Step.stay(router.state());
  }

  Step tick(long now) {
    return router.tick(now);
  }

  Step advertiseEarly(long countedFrom, long now) {
    return router.advertiseEarly(countedFrom, now);
  }

  Step wokeLate(Sleep sleep, long now) {
    return router.wokeLate(sleep, now);
  }

  /** How long the kernel keeps the addresses after an advertisement that refreshed them. */
  long leaseNanos() {
    long seconds = 3 * config().interval().nanos() / SECOND;
    return Math.max(3, seconds) * SECOND;
  }

  Step reconfigure(RouterConfig after, long now) {
    return router.reconfigure(after, now);
  }

  long deadlineNanos() {
    return router.deadlineNanos();
  }

  RouterState state() {
    return router.state();
  }

  StateKind kind() {
    return router.kind();
  }

  RouterConfig config() {
    return router.config();
  }
}
