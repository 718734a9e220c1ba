package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.authentication.HmacKey;
import org.vipd.protocol.wire.authentication.HmacSettings;
import org.vipd.protocol.wire.authentication.HmacSettings.AntiReplay;
import org.vipd.protocol.wire.authentication.HmacSettings.Mode;
import org.vipd.protocol.wire.authentication.HmacTrailer;
import org.vipd.protocol.wire.authentication.ReplayMarks;
import org.vipd.protocol.wire.authentication.SequenceClock;

/**
 * keepalived's HMAC trailer, any version and family. Holds the sequences sent and seen; owned by
 * one thread, one object per virtual router.
 */
public final class Hmac implements Authentication {
  private final HmacSettings settings;
  private final SequenceClock clock;
  private final ReplayMarks marks;

  /**
   * Protection by these settings.
   *
   * @param clock sequence of sent packets; its last number is to be kept over restarts
   * @param marks sequences of received packets
   */
  public Hmac(HmacSettings settings, SequenceClock clock, ReplayMarks marks) {
    this.settings = settings;
    this.clock = clock;
    this.marks = marks;
  }

  @Override
  public int type() {
    return NoAuthentication.TYPE;
  }

  /** The last sequence number sent, to be kept over a restart; 0 for none. */
  public long lastSequence() {
    return clock.last();
  }

  boolean signs() {
    return settings.mode() != Mode.RECEIVE_ONLY;
  }

  /** Appends a trailer behind the message that ends at the position. */
  void append(ByteBuffer into, int start, IpAddress source) {
    HmacKey key = settings.key(settings.activeKeyId()).orElseThrow();
    HmacTrailer.append(into, start, source, key, clock.next(settings));
  }

  /** What a packet without a trailer is worth. */
  Verdict checkUnsigned() {
    return settings.mode() == Mode.ENFORCE
        ? Verdict.failed(new Rejected(RejectReason.TRAILER_MISSING, HmacTrailer.LENGTH, 0))
        : Verdict.passedWith(Notice.UNSIGNED);
  }

  /** What speaks against a packet whose trailer stands at an absolute offset. */
  Verdict check(ByteBuffer payload, int trailer, IpAddress source) {
    int expected = HmacTrailer.TYPE << 16;
    int found = HmacTrailer.typeAndReserved(payload, trailer);
    if (found != expected) {
      return Verdict.failed(new Rejected(RejectReason.TRAILER_MALFORMED, expected, found));
    }
    long seconds = HmacTrailer.sequence(payload, trailer) >>> 32;
    long now = clock.seconds();
    if (isTimed() && Math.abs(now - seconds) > settings.windowSeconds()) {
      return Verdict.failed(new Rejected(RejectReason.TRAILER_STALE, now, seconds));
    }
    Optional<HmacKey> key = settings.key(HmacTrailer.keyId(payload, trailer));
    if (key.isEmpty()) {
      return Verdict.failed(Rejected.of(RejectReason.TRAILER_UNKNOWN_KEY));
    }
    if (!HmacTrailer.isSigned(payload, payload.position(), trailer, source, key.get())) {
      return Verdict.failed(Rejected.of(RejectReason.TRAILER_SIGNATURE));
    }
    return checkReplay(HmacTrailer.sequence(payload, trailer), source, now);
  }

  /** Remembers the sequence of a packet that passed every check. */
  void accept(ByteBuffer payload, int trailer, IpAddress source) {
    marks.accept(source, HmacTrailer.sequence(payload, trailer));
  }

  @Override
  public String toString() {
    return "Hmac[" + settings.mode() + ", " + settings.antiReplay() + "]";
  }

  private Verdict checkReplay(long sequence, IpAddress source, long now) {
    Optional<Long> mark = marks.of(source);
    if (mark.isPresent()) {
      long last = mark.get();
      boolean isForgotten = isTimed() && Math.abs(now - (last >>> 32)) > settings.windowSeconds();
      // Serial number arithmetic: newer when the difference is positive.
      if (!isForgotten && sequence - last <= 0) {
        return Verdict.failed(new Rejected(RejectReason.TRAILER_REPLAY, last, sequence));
      }
    }
    boolean isSkewed =
        isTimed() && Math.abs(now - (sequence >>> 32)) * 2 > settings.windowSeconds();
    return isSkewed ? Verdict.passedWith(Notice.CLOCK_SKEW) : Verdict.PASSED;
  }

  private boolean isTimed() {
    return settings.antiReplay() == AntiReplay.TIME;
  }
}
