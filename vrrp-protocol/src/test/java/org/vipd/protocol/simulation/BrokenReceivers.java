package org.vipd.protocol.simulation;

import java.nio.ByteBuffer;
import java.util.Set;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.wire.AdvertisementDecoder;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.Delivery;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.ReceivePolicy;
import org.vipd.protocol.wire.RejectReason;
import org.vipd.protocol.wire.Strictness;

/** Hosts that leave out one of the receive checks, or make one too many. */
final class BrokenReceivers {
  private static final int CHECKSUM_OFFSET = 6;

  private BrokenReceivers() {}

  static Subject acceptingForwarded(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step received(IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy, long now) {
        IpEnvelope near =
            new IpEnvelope(envelope.source(), envelope.destination(), 255, envelope.ipProtocol());
        return super.received(near, payload, policy, now);
      }
    };
  }

  static Subject acceptingOwn(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step received(IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy, long now) {
        Delivery any = Delivery.multicast(Set.of());
        return super.received(envelope, payload, ReceivePolicy.of(policy.local(), any), now);
      }
    };
  }

  static Subject deafToOtherAddresses(RouterConfig config) {
    return new Subject(config) {
      @Override
      Step received(IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy, long now) {
        return super.received(
            envelope, payload, policy.withStrictness(new Strictness(true, false)), now);
      }
    };
  }

  static Subject acceptingDamaged(RouterConfig config) {
    return new Mending(config, RejectReason.CHECKSUM) {
      @Override
      void mend(ByteBuffer payload, Rejected why) {
        payload.putShort(CHECKSUM_OFFSET, (short) why.expected());
      }
    };
  }

  static Subject acceptingTooLong(RouterConfig config) {
    return new Mending(config, RejectReason.PACKET_LENGTH) {
      @Override
      void mend(ByteBuffer payload, Rejected why) {
        payload.limit((int) Math.min(payload.limit(), why.expected()));
      }
    };
  }

  static Subject acceptingAnyVrid(RouterConfig config) {
    return new Mending(config, RejectReason.VRID) {
      @Override
      void mend(ByteBuffer payload, Rejected why) {
        Dirt.change(payload, 0, (payload.getShort(0) & 0xFF00) | (int) why.expected());
      }
    };
  }

  static Subject acceptingAnyVersion(RouterConfig config) {
    return new Mending(config, RejectReason.VERSION) {
      @Override
      void mend(ByteBuffer payload, Rejected why) {
        Dirt.change(payload, 0, (payload.getShort(0) & 0x0FFF) | ((int) why.expected() << 12));
      }
    };
  }

  /** Makes a packet good that one check rejected, and takes it in. */
  private abstract static class Mending extends Subject {
    private final RejectReason reason;

    Mending(RouterConfig config, RejectReason reason) {
      super(config);
      this.reason = reason;
    }

    abstract void mend(ByteBuffer payload, Rejected why);

    @Override
    Step received(IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy, long now) {
      DecodeResult result = AdvertisementDecoder.decode(envelope, payload, policy);
      if (result instanceof Rejected why && why.reason() == reason) {
        ByteBuffer mended =
            ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
        mend(mended, why);
        return super.received(envelope, mended, policy, now);
      }
      return super.received(envelope, payload, policy, now);
    }
  }
}
