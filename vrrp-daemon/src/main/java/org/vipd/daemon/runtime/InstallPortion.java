package org.vipd.daemon.runtime;

import java.util.List;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.NanoClock;
import org.vipd.protocol.value.AddressFamily;

/**
 * Which of many addresses are installed in this turn of the loop. The kernel takes up to a
 * millisecond for an IPv6 address; all at once would hold the loop for longer than others wait.
 */
final class InstallPortion {

  private final KernelPace pace;
  private final NanoClock clock;
  private int position;
  private int slow;
  private long continueAtNanos = Long.MAX_VALUE;

  InstallPortion(KernelPace pace, NanoClock clock) {
    this.pace = pace;
    this.clock = clock;
  }

  /** A portion begins at a place in the list. */
  void begin(int from) {
    position = from;
    slow = 0;
    continueAtNanos = Long.MAX_VALUE;
  }

  /** Nothing is installed in this turn; the next begins. */
  void postpone() {
    begin(0);
    continueAtNanos = clock.nanos();
  }

  /** Whether the address at the position belongs to this portion; if not, there will be another. */
  boolean takes(List<VirtualAddressConfig> addresses) {
    if (position >= addresses.size()) {
      return false;
    }
    boolean isSlow = addresses.get(position).address().family() == AddressFamily.IPV6;
    if (isSlow && slow >= pace.perTurn()) {
      continueAtNanos = clock.nanos();
      return false;
    }
    return true;
  }

  /**
   * Goes on to the next address.
   *
   * @param isAsked whether the kernel is asked for the one at the position
   */
  void next(boolean isAsked, VirtualAddressConfig address) {
    slow += isAsked && address.address().family() == AddressFamily.IPV6 ? 1 : 0;
    position++;
  }

  int position() {
    return position;
  }

  /** The kernel has been asked for this portion since a time. */
  void askedSince(long nanos) {
    long nowNanos = clock.nanos();
    pace.took(slow, nowNanos - nanos);
    if (continueAtNanos != Long.MAX_VALUE) {
      // nobody is late who was busy with the part before
      continueAtNanos = nowNanos;
    }
  }

  /** When the next portion is due; {@link Long#MAX_VALUE} when everything was asked for. */
  long continueAtNanos() {
    return continueAtNanos;
  }

  /** The rest is not wanted any more. */
  void end() {
    continueAtNanos = Long.MAX_VALUE;
  }
}
