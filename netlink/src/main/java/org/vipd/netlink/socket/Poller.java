package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.LibC;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.libc.SystemCalls;

/**
 * Waits for descriptors, a deadline or a wake-up: epoll with a monotonic timerfd and an eventfd.
 *
 * <p>For one thread, except {@link #wakeUp()}. Waiting allocates nothing.
 */
public final class Poller implements AutoCloseable {

  /** There is something to read. */
  public static final int READABLE = 0x1;

  /** There is room to write. */
  public static final int WRITABLE = 0x4;

  /** Something failed; always reported, need not be asked for. */
  public static final int ERROR = 0x8;

  /** The other side went away; always reported, need not be asked for. */
  public static final int HANG_UP = 0x10;

  /** Ready descriptors that one {@link #await} reports at most; the next one reports the others. */
  public static final int BATCH = 64;

  private static final int CLOEXEC = 0x80000;
  private static final int NONBLOCK = 0x800;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int TIMER_ABSOLUTE = 1;
  private static final int CONTROL_ADD = 1;
  private static final int CONTROL_DELETE = 2;
  private static final int CONTROL_MODIFY = 3;
  private static final int FOREVER = -1;
  private static final int NO_WAIT = 0;
  private static final int TIMER_TOKEN = -1;
  private static final int WAKE_UP_TOKEN = -2;
  private static final long NO_DEADLINE = Long.MAX_VALUE;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** A sleeping processor takes up to this long to run us again, nanoseconds. */
  private static final long EARLY_NANOS = 400_000L;

  /** Waits that end sooner are left to the timer alone, so that spinning stays below 1 percent. */
  private static final long LONG_WAIT_NANOS = 50_000_000L;

  private static final int VALUE_SECONDS_OFFSET = 16;
  private static final int VALUE_NANOS_OFFSET = 24;

  private final SystemCalls calls = SystemCalls.get();
  private final LibC libC = calls.libC();
  private final EventLayout layout = EventLayout.ofThisMachine();
  private final NativeMemory eventMemory = NativeMemory.kept(BATCH * layout.length());
  private final ByteBuffer rawEvents = eventMemory.buffer();
  private final NativeMemory controlMemory = NativeMemory.kept(layout.length());
  private final NativeMemory timerMemory = NativeMemory.kept(32);
  private final NativeMemory counterMemory = NativeMemory.kept(Long.BYTES);
  private final int[] tokens = new int[BATCH];
  private final int[] events = new int[BATCH];
  private final FileDescriptor epoll;
  private final FileDescriptor timer;
  private final FileDescriptor wakeUp;
  private final FileDescriptor quiet;
  private long armedDeadlineNanos = NO_DEADLINE;
  private boolean closed;

  private Poller(List<FileDescriptor> opened) {
    this.epoll = opened.get(0);
    this.quiet = opened.get(1);
    this.timer = opened.get(2);
    this.wakeUp = opened.get(3);
    control(CONTROL_ADD, timer.number(), READABLE, TIMER_TOKEN);
    control(CONTROL_ADD, wakeUp.number(), READABLE, WAKE_UP_TOKEN);
    // on its own descriptor, a wake-up ends a rest; control() has left its description behind
    calls.check(
        libC.epollCtl(quiet.number(), CONTROL_ADD, wakeUp.number(), controlMemory.address()),
        "epoll_ctl",
        quiet.toString());
  }

  /** Opens the four descriptors. */
  public static Poller open() {
    SystemCalls calls = SystemCalls.get();
    LibC libC = calls.libC();
    List<FileDescriptor> opened = new ArrayList<>();
    try {
      opened.add(owned(libC.epollCreate1(CLOEXEC), "epoll_create1"));
      opened.add(owned(libC.epollCreate1(CLOEXEC), "epoll_create1"));
      opened.add(owned(libC.timerfdCreate(CLOCK_MONOTONIC, NONBLOCK | CLOEXEC), "timerfd_create"));
      opened.add(owned(libC.eventfd(0, NONBLOCK | CLOEXEC), "eventfd"));
      return new Poller(opened);
    } catch (SyscallException e) {
      opened.forEach(FileDescriptor::close);
      throw e;
    }
  }

  private static FileDescriptor owned(int result, String call) {
    return new FileDescriptor(SystemCalls.get().check(result, call, ""));
  }

  /**
   * Watches a descriptor (level-triggered), or changes what it is watched for.
   *
   * @param fd the descriptor; stays with its owner
   * @param interest {@link #READABLE}, {@link #WRITABLE} or both
   * @param token given back by {@link #token}; 0 or more
   */
  public void watch(int fd, int interest, int token) {
    if (token < 0) {
      throw new IllegalArgumentException(
          "token " + token + " for fd " + fd + ": must be 0 or more");
    }
    control(CONTROL_ADD, fd, interest, token);
  }

  /**
   * Stops watching a descriptor; one that is not watched, or closed already, is no error. What the
   * last {@link #await} reported for it stays reported.
   */
  public void unwatch(int fd) {
    int result = libC.epollCtl(epoll.number(), CONTROL_DELETE, fd, controlMemory.address());
    int errno = result < 0 ? calls.lastErrno() : 0;
    if (errno != 0 && errno != Errno.ENOENT.number() && errno != Errno.EBADF.number()) {
      throw SocketSetup.failure("epoll_ctl", -errno, "fd " + fd);
    }
  }

  /**
   * Waits until a descriptor is ready, the deadline is reached or {@link #wakeUp()} is called.
   *
   * <p>After a long wait the last {@value #EARLY_NANOS} ns are spent awake, so that the deadline is
   * met within microseconds.
   *
   * @param monotonicDeadlineNanos on the scale of {@code System.nanoTime()}, which on Linux is
   *     CLOCK_MONOTONIC; {@code Long.MAX_VALUE} for none
   * @return number of ready descriptors, 0..{@link #BATCH}; 0 at the deadline or after a wake-up
   */
  public int await(long monotonicDeadlineNanos) {
    if (isLongWait(monotonicDeadlineNanos)) {
      arm(monotonicDeadlineNanos - EARLY_NANOS);
      int count = waitForEvents(epoll, FOREVER);
      if (count > 1 || rawEvents.getInt(layout.dataOffset()) != TIMER_TOKEN) {
        return collect(count);
      }
      collect(count);
      spinUntil(monotonicDeadlineNanos);
      return collect(waitForEvents(epoll, NO_WAIT));
    }
    arm(monotonicDeadlineNanos);
    return collect(waitForEvents(epoll, FOREVER));
  }

  /**
   * Waits without looking at the watched descriptors, so that more of what they get is there
   * afterwards. {@link #wakeUp()} ends it, and the next {@link #await} too.
   *
   * @param millis at most so long, 1 or more
   */
  public void rest(int millis) {
    waitForEvents(quiet, millis);
  }

  private int waitForEvents(FileDescriptor set, int timeoutMillis) {
    while (true) {
      int count = libC.epollWait(set.number(), eventMemory.address(), BATCH, timeoutMillis);
      if (count >= 0) {
        return count;
      }
      int errno = calls.lastErrno();
      if (errno != Errno.EINTR.number()) {
        throw SocketSetup.failure("epoll_wait", -errno, set.toString());
      }
    }
  }

  private static boolean isLongWait(long deadlineNanos) {
    return deadlineNanos != NO_DEADLINE && deadlineNanos - System.nanoTime() > LONG_WAIT_NANOS;
  }

  private static void spinUntil(long deadlineNanos) {
    while (System.nanoTime() - deadlineNanos < 0) {
      Thread.onSpinWait();
    }
  }

  /** Returns the token of a ready descriptor, {@code i} below what {@link #await} returned. */
  public int token(int i) {
    return tokens[i];
  }

  /**
   * Returns which of {@link #READABLE}, {@link #WRITABLE}, {@link #ERROR}, {@link #HANG_UP} hold.
   */
  public int events(int i) {
    return events[i];
  }

  /** Ends the present or the next {@link #await}. From any thread; after close it does nothing. */
  public synchronized void wakeUp() {
    if (!closed) {
      // The only possible failure is a full counter, and then the wake-up is pending already.
      libC.eventfdWrite(wakeUp.number(), 1);
    }
  }

  /** Closes the four descriptors, not the watched ones. */
  @Override
  public synchronized void close() {
    closed = true;
    wakeUp.close();
    timer.close();
    quiet.close();
    epoll.close();
  }

  private void control(int operation, int fd, int interest, int token) {
    ByteBuffer event = controlMemory.buffer();
    event.putInt(0, interest).putInt(layout.dataOffset(), token);
    if (libC.epollCtl(epoll.number(), operation, fd, controlMemory.address()) == 0) {
      return;
    }
    int errno = calls.lastErrno();
    if (errno != Errno.EEXIST.number()) {
      throw SocketSetup.failure("epoll_ctl", -errno, "fd " + fd);
    }
    int result = libC.epollCtl(epoll.number(), CONTROL_MODIFY, fd, controlMemory.address());
    calls.check(result, "epoll_ctl", "fd " + fd);
  }

  private void arm(long deadlineNanos) {
    if (deadlineNanos == armedDeadlineNanos) {
      return;
    }
    // All zero disarms; a time in the past fires at once, but must not be negative or zero.
    long nanos = deadlineNanos == NO_DEADLINE ? 0 : Math.max(1, deadlineNanos);
    ByteBuffer value = timerMemory.buffer();
    value.putLong(VALUE_SECONDS_OFFSET, nanos / NANOS_PER_SECOND);
    value.putLong(VALUE_NANOS_OFFSET, nanos % NANOS_PER_SECOND);
    if (libC.timerfdSettime(timer.number(), TIMER_ABSOLUTE, timerMemory.address(), 0) < 0) {
      throw calls.failure("timerfd_settime", timer.toString());
    }
    armedDeadlineNanos = deadlineNanos;
  }

  private int collect(int count) {
    int ready = 0;
    for (int i = 0; i < count; i++) {
      int offset = i * layout.length();
      int token = rawEvents.getInt(offset + layout.dataOffset());
      if (token == TIMER_TOKEN) {
        drain(timer);
        armedDeadlineNanos = NO_DEADLINE;
      } else if (token == WAKE_UP_TOKEN) {
        drain(wakeUp);
      } else {
        tokens[ready] = token;
        events[ready] = rawEvents.getInt(offset);
        ready++;
      }
    }
    return ready;
  }

  /** Resets a counter; that it was reset already (EAGAIN) is as good. */
  private void drain(FileDescriptor counter) {
    libC.read(counter.number(), counterMemory.address(), Long.BYTES);
  }

  /** The kernel packs {@code struct epoll_event} on x86-64 only. */
  private record EventLayout(int length, int dataOffset) {
    static EventLayout ofThisMachine() {
      return "amd64".equals(System.getProperty("os.arch"))
          ? new EventLayout(12, 4)
          : new EventLayout(16, 8);
    }
  }
}
