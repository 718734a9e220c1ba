package org.vipd.daemon.testkit;

import java.util.Optional;
import org.vipd.daemon.port.AnnouncePort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.IpAddress;

/** Writes announcements into the trace. */
public final class FakeAnnouncer implements AnnouncePort {

  private final Trace trace;
  private Optional<String> failure = Optional.empty();

  FakeAnnouncer(Trace trace) {
    this.trace = trace;
  }

  /** Lets announcing fail with this message, or succeed again. */
  public void fail(Optional<String> message) {
    failure = message;
  }

  @Override
  public void announce(LinkState link, IpAddress address) throws PortException {
    if (failure.isPresent()) {
      throw new PortException(failure.get(), false);
    }
    if (trace.isRecording()) {
      trace.add("announce " + address + " on " + link.name());
    }
  }
}
