package org.vipd.daemon.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.ProcessPort;
import org.vipd.daemon.port.StartedProcess;

/** Processes that do what a test says; nothing is executed. */
public final class FakeProcesses implements ProcessPort {

  private final List<FakeProcess> started = new CopyOnWriteArrayList<>();
  private Optional<String> startFailure = Optional.empty();
  private Runnable whenStarting = () -> {};
  private volatile long wantedNanos = Long.MIN_VALUE;
  private boolean closed;

  /** Lets starting fail with this message, or succeed again. */
  public void failToStart(Optional<String> message) {
    startFailure = message;
  }

  /** Lets something happen with each start, for instance time pass. */
  public void whenStarting(Runnable happening) {
    whenStarting = happening;
  }

  @Override
  public StartedProcess start(List<String> argv, Optional<Account> account) throws PortException {
    whenStarting.run();
    if (startFailure.isPresent()) {
      throw new PortException(startFailure.get(), false);
    }
    FakeProcess process = new FakeProcess(argv, account);
    started.add(process);
    return process;
  }

  @Override
  public void await(long deadlineNanos) {
    wantedNanos = deadlineNanos;
  }

  @Override
  public void wakeUp() {
    wantedNanos = Long.MIN_VALUE;
  }

  @Override
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Until when the supervisor wanted to wait. */
  public long wantedNanos() {
    return wantedNanos;
  }

  /** All processes in the order of their start. */
  public List<FakeProcess> started() {
    return List.copyOf(started);
  }

  /** The process started last. */
  public FakeProcess last() {
    return started.get(started.size() - 1);
  }

  /** One process. */
  public static final class FakeProcess implements StartedProcess {

    private final List<String> argv;
    private final Optional<Account> account;
    private final Deque<byte[]> output = new ArrayDeque<>();
    private final List<String> signals = new CopyOnWriteArrayList<>();
    private volatile Optional<End> end = Optional.empty();
    private boolean closed;
    private boolean followed;
    private boolean listening = true;

    FakeProcess(List<String> argv, Optional<Account> account) {
      this.account = account;
      this.argv = List.copyOf(argv);
    }

    /** Whom it was to run as. */
    public Optional<Account> account() {
      return account;
    }

    public List<String> argv() {
      return argv;
    }

    /** Lets it print. */
    public FakeProcess prints(String text) {
      output.add(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /** Lets it end by itself. */
    public void exits(int code) {
      end = Optional.of(new End(false, code));
    }

    /** Lets it die of a signal. */
    public void diesOf(int signal) {
      end = Optional.of(new End(true, signal));
    }

    /** Signals it got: TERM, KILL, and "group" for what is left of its group. */
    public List<String> signals() {
      return List.copyOf(signals);
    }

    public boolean isClosed() {
      return closed;
    }

    @Override
    public void follow() {
      followed = true;
    }

    /** Whether its end would end a wait. */
    public boolean isFollowed() {
      return followed;
    }

    @Override
    public int readOutput(byte[] into) {
      if (output.isEmpty()) {
        return 0;
      }
      byte[] chunk = output.remove();
      System.arraycopy(chunk, 0, into, 0, chunk.length);
      return chunk.length;
    }

    @Override
    public void listen(boolean listens) {
      listening = listens;
    }

    /** Whether its output would end a wait. */
    public boolean isListenedTo() {
      return listening;
    }

    @Override
    public Optional<End> poll(boolean killGroup) {
      if (killGroup && end.isPresent()) {
        signals.add("group");
      }
      return end;
    }

    @Override
    public void terminateGroup() {
      signals.add("TERM");
    }

    @Override
    public void killGroup() {
      signals.add("KILL");
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
