package org.vipd.daemon.linux;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.ServicePort;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.socket.UnixDatagramSocket;

/** Talks to systemd as sd_notify(3) describes; without {@code NOTIFY_SOCKET} it does nothing. */
public final class SystemdService implements ServicePort {

  private static final long NANOS_PER_MICRO = 1000;

  private final String socketPath;
  private final long aliveIntervalNanos;
  private final MonotonicClock clock;
  private final Journal journal;
  private boolean complained;

  private SystemdService(
      String socketPath, long aliveIntervalNanos, MonotonicClock clock, Journal journal) {
    this.socketPath = socketPath;
    this.aliveIntervalNanos = aliveIntervalNanos;
    this.clock = clock;
    this.journal = journal;
  }

  /**
   * Reads {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC}; signs of life are due at half the
   * watchdog time.
   */
  public static SystemdService of(
      Map<String, String> environment, MonotonicClock clock, Journal journal) {
    String path = environment.getOrDefault("NOTIFY_SOCKET", "");
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    boolean watched = !path.isEmpty() && micros.matches("[1-9][0-9]{0,14}");
    long interval = watched ? Long.parseLong(micros) * NANOS_PER_MICRO / 2 : Long.MAX_VALUE;
    return new SystemdService(path, interval, clock, journal);
  }

  @Override
  public void ready(String status) {
    send("READY=1\nSTATUS=" + status.replace('\n', ' '));
  }

  @Override
  public void reloading() {
    long monotonicMicros = clock.systemNanos(clock.nanos()) / NANOS_PER_MICRO;
    send("RELOADING=1\nMONOTONIC_USEC=" + monotonicMicros);
  }

  @Override
  public void stopping() {
    send("STOPPING=1");
  }

  @Override
  public void alive() {
    send("WATCHDOG=1");
  }

  @Override
  public long aliveIntervalNanos() {
    return aliveIntervalNanos;
  }

  private void send(String message) {
    if (socketPath.isEmpty()) {
      return;
    }
    try (UnixDatagramSocket socket = UnixDatagramSocket.open()) {
      socket.send(socketPath, message.getBytes(StandardCharsets.UTF_8));
    } catch (SyscallException e) {
      if (!complained) {
        complained = true;
        journal.warn("systemd cannot be told how the daemon is: " + e.getMessage());
      }
    }
  }
}
