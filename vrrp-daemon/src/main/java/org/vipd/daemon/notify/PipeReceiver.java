package org.vipd.daemon.notify;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.PipePort;
import org.vipd.daemon.port.PortException;

/** A named pipe that gets a line for each change of state ({@code notify_fifo}). */
final class PipeReceiver implements Receiver {

  private volatile Receivers.PipeSpec spec;
  private final PipePort pipes;
  private Optional<PipePort.Pipe> pipe = Optional.empty();

  PipeReceiver(Receivers.PipeSpec spec, PipePort pipes) {
    this.spec = spec;
    this.pipes = pipes;
  }

  @Override
  public String name() {
    return "fifo " + spec.path();
  }

  @Override
  public Retry retry() {
    return Retry.LOCAL;
  }

  @Override
  public void configure(Receivers.Spec spec) {
    this.spec = (Receivers.PipeSpec) spec;
  }

  @Override
  public boolean wants(Notice notice) {
    return switch (notice.kind()) {
      case STATE -> !notice.state().equals("INIT");
      case RIVAL -> true;
      // readers of keepalived's pipes do not know these words
      case STRANGER, STALL -> false;
      case PRIORITY ->
          spec.priorityChangesOf().contains(notice.subject().name())
              && (notice.state().equals("MASTER") || notice.state().equals("BACKUP"));
    };
  }

  /** Makes the pipe before there is something to tell, so that readers find it. */
  @Override
  public void prepare() throws DeliveryException {
    if (pipe.isEmpty()) {
      try {
        pipe = Optional.of(pipes.open(spec.path(), spec.owner()));
      } catch (PortException e) {
        throw new DeliveryException(e.getMessage());
      }
    }
  }

  @Override
  public void deliver(Notice notice) throws DeliveryException {
    prepare();
    byte[] line = NoticeText.line(notice).getBytes(StandardCharsets.UTF_8);
    try {
      if (!pipe.orElseThrow().write(line)) {
        throw new DeliveryException("the pipe is full, because nobody reads it");
      }
    } catch (PortException e) {
      close();
      throw new DeliveryException(e.getMessage());
    }
  }

  @Override
  public void close() {
    pipe.ifPresent(PipePort.Pipe::close);
    pipe = Optional.empty();
  }
}
