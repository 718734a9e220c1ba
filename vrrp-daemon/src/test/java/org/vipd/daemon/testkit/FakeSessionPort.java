package org.vipd.daemon.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.SessionPath;
import org.vipd.daemon.port.SessionPort;
import org.vipd.protocol.value.AddressFamily;

/** BFD packets that a test takes and gives. */
public final class FakeSessionPort implements SessionPort {

  /** What was sent. */
  public record Sent(SessionPath path, ByteBuffer payload) {}

  private record Waiting(Arrival arrival, ByteBuffer payload) {}

  private final Deque<Sent> sent = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<String> openings = new ArrayList<>();
  private Optional<String> listenFailure = Optional.empty();
  private Optional<String> sendFailure = Optional.empty();
  private long wantedNanos;
  private boolean closed;

  /** Lets listening fail, or not any more. */
  public void failListening(Optional<String> why) {
    listenFailure = why;
  }

  /** Lets sending fail, or not any more. */
  public void failSending(Optional<String> why) {
    sendFailure = why;
  }

  /** Lets a packet arrive with the next wait. */
  public void deliver(Arrival arrival, ByteBuffer payload) {
    waiting.add(new Waiting(arrival, payload));
  }

  /** The oldest packet that was sent and not taken. */
  public Optional<Sent> take() {
    return Optional.ofNullable(sent.poll());
  }

  /** Until when the last wait would have lasted. */
  public long wantedNanos() {
    return wantedNanos;
  }

  /** Whether nothing is on its way in. */
  public boolean isDelivered() {
    return waiting.isEmpty();
  }

  /** What was opened and closed, in order. */
  public List<String> openings() {
    return openings;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void listen(AddressFamily family, int port) throws PortException {
    if (listenFailure.isPresent()) {
      throw new PortException(listenFailure.get(), false);
    }
    openings.add("listen " + family + " " + port);
  }

  @Override
  public Sender open(SessionPath path) {
    openings.add("open " + path.neighbour());
    return new Sender() {
      @Override
      public void send(ByteBuffer payload) throws PortException {
        if (sendFailure.isPresent()) {
          throw new PortException(sendFailure.get(), false);
        }
        byte[] octets = new byte[payload.remaining()];
        payload.get(octets);
        sent.add(new Sent(path, ByteBuffer.wrap(octets)));
      }

      @Override
      public void close() {
        openings.add("close " + path.neighbour());
      }
    };
  }

  @Override
  public void await(long deadlineNanos, Receiver receiver) {
    wantedNanos = deadlineNanos;
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      receiver.received(next.arrival(), next.payload());
    }
  }

  @Override
  public void wakeUp() {
    // a test does not wait
  }

  @Override
  public void close() {
    closed = true;
  }
}
