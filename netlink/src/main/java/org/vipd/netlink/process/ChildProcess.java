package org.vipd.netlink.process;

import java.util.Optional;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.LibC;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.libc.SystemCalls;

/**
 * A running child in a process group of its own. No method waits, except {@link #close()} for a
 * moment; watch {@link #pidFd()} for its end and {@link #outputFd()} for its output. For one
 * thread.
 */
public final class ChildProcess implements AutoCloseable {

  /** Signal that cannot be caught. */
  public static final int SIGKILL = 9;

  private static final int CLOEXEC = 0x80000;
  private static final int NONBLOCK = 0x800;
  private static final int SET_FLAGS = 4;
  private static final int WAIT_BY_PIDFD = 3;
  private static final int WAIT_NO_HANG = 1;
  private static final int WAIT_EXITED = 4;
  private static final int WAIT_LEAVE = 0x0100_0000;
  private static final int CODE_OFFSET = 8;
  private static final int PID_OFFSET = 16;
  private static final int STATUS_OFFSET = 24;
  private static final int CODE_EXITED = 1;
  private static final int POLL_IN = 1;
  private static final int POLL_LENGTH = 8;
  private static final int CLOSE_WAIT_MILLIS = 1000;
  private static final int READ_MAXIMUM = 4096;

  private final SystemCalls calls = SystemCalls.get();
  private final LibC libC = calls.libC();
  private final String program;
  private final int pid;
  private final FileDescriptor pidFd;
  private final FileDescriptor output;
  private final NativeMemory memory = NativeMemory.scoped(READ_MAXIMUM);
  private Outcome outcome = new Running();
  private boolean closed;

  private ChildProcess(String program, int pid, FileDescriptor pidFd, FileDescriptor output) {
    this.program = program;
    this.pid = pid;
    this.pidFd = pidFd;
    this.output = output;
  }

  /**
   * Starts a program. Its input is empty; its output and errors go to one pipe; it inherits no
   * other descriptor, no signal mask and no ignored signal.
   *
   * @throws SyscallException call {@code posix_spawn} with the reason of exec, for example ENOENT,
   *     EACCES, ENOEXEC
   */
  public static ChildProcess spawn(Command command) {
    SystemCalls calls = SystemCalls.get();
    try (NativeMemory ends = NativeMemory.scoped(2 * Integer.BYTES)) {
      calls.check(calls.libC().pipe2(ends.address(), CLOEXEC), "pipe2", command.program());
      FileDescriptor reading = new FileDescriptor(ends.buffer().getInt(0));
      try (FileDescriptor writing = new FileDescriptor(ends.buffer().getInt(Integer.BYTES))) {
        // Only this end: a child does not expect its output to fail with EAGAIN.
        int result = calls.libC().fcntl(reading.number(), SET_FLAGS, NONBLOCK);
        calls.check(result, "fcntl", command.program());
        int pid = new Spawner(command).spawn(writing.number());
        return watch(command.program(), pid, reading);
      } catch (RuntimeException e) {
        reading.close();
        throw e;
      }
    }
  }

  /** Returns the process id, also that of its group. */
  public int pid() {
    return pid;
  }

  /** Returns a descriptor that becomes readable when the process ends. */
  public int pidFd() {
    return pidFd.number();
  }

  /** Returns a descriptor that becomes readable with output and at the end of output. */
  public int outputFd() {
    return output.number();
  }

  /**
   * Reads output and errors, mixed as they were written.
   *
   * @param into overwritten from 0; at most 4096 octets are read at once
   * @return octets read; 0 when there are none now; -1 at the end, that is when the process and all
   *     that inherited its output closed it
   */
  public int readOutput(byte[] into) {
    if (closed) {
      return -1;
    }
    int wanted = Math.min(into.length, READ_MAXIMUM);
    if (wanted == 0) {
      return 0;
    }
    while (true) {
      int count = (int) libC.read(output.number(), memory.address(), wanted);
      if (count > 0) {
        memory.buffer().get(0, into, 0, count);
        return count;
      }
      int errno = count == 0 ? 0 : calls.lastErrno();
      if (errno == 0) {
        return -1;
      }
      if (errno == Errno.EAGAIN.number()) {
        return 0;
      }
      if (errno != Errno.EINTR.number()) {
        throw new SyscallException("read", Errno.of(errno), "output of " + program);
      }
    }
  }

  /** Returns how the process ended, or nothing while it runs; takes the zombie away. */
  public Optional<ExitStatus> reap() {
    if (outcome instanceof Running && !closed) {
      askKernel();
    }
    return outcome instanceof Ended ended ? Optional.of(ended.status()) : Optional.empty();
  }

  /**
   * Returns whether the process has ended, and leaves the zombie, so that the number of its group
   * still is its own and {@link #signalGroup} reaches what the process left behind.
   */
  public boolean hasEnded() {
    if (outcome instanceof Ended || closed) {
      return true;
    }
    memory.buffer().putInt(PID_OFFSET, 0);
    int options = WAIT_EXITED | WAIT_NO_HANG | WAIT_LEAVE;
    int result = libC.waitid(WAIT_BY_PIDFD, pidFd.number(), memory.address(), options);
    calls.check(result, "waitid", program);
    return memory.buffer().getInt(PID_OFFSET) != 0;
  }

  /**
   * Sends a signal to all of its process group. After {@link #reap()} returned a status nothing is
   * sent, because the number may belong to another group by then.
   *
   * @param signal 1..64
   */
  public void signalGroup(int signal) {
    if (outcome instanceof Ended || closed) {
      return;
    }
    int result = libC.kill(-pid, signal);
    int errno = result < 0 ? calls.lastErrno() : 0;
    if (errno != 0 && errno != Errno.ESRCH.number()) {
      throw new SyscallException(
          "kill", Errno.of(errno), "process group " + pid + " of " + program);
    }
  }

  /**
   * Releases everything. A process that still runs is killed with its group; waits for its end for
   * at most one second, after which only a process stuck in the kernel is left.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (reap().isEmpty()) {
      signalGroup(SIGKILL);
      awaitEnd();
      reap();
    }
    closed = true;
    output.close();
    pidFd.close();
    memory.close();
  }

  private static ChildProcess watch(String program, int pid, FileDescriptor reading) {
    try {
      return new ChildProcess(
          program, pid, new FileDescriptor(ProcessEnd.open(pid, program)), reading);
    } catch (SyscallException e) {
      SystemCalls.get().libC().kill(-pid, SIGKILL);
      throw e;
    }
  }

  private void askKernel() {
    memory.buffer().putInt(PID_OFFSET, 0);
    int options = WAIT_EXITED | WAIT_NO_HANG;
    int result = libC.waitid(WAIT_BY_PIDFD, pidFd.number(), memory.address(), options);
    calls.check(result, "waitid", program);
    if (memory.buffer().getInt(PID_OFFSET) != 0) {
      boolean exited = memory.buffer().getInt(CODE_OFFSET) == CODE_EXITED;
      outcome = new Ended(new ExitStatus(exited, memory.buffer().getInt(STATUS_OFFSET)));
    }
  }

  private void awaitEnd() {
    try (NativeMemory request = NativeMemory.scoped(POLL_LENGTH)) {
      request.buffer().putInt(0, pidFd.number()).putShort(4, (short) POLL_IN);
      // Interrupted or timed out: the caller looks at the process either way.
      libC.poll(request.address(), 1, CLOSE_WAIT_MILLIS);
    }
  }

  private sealed interface Outcome permits Running, Ended {}

  private record Running() implements Outcome {}

  private record Ended(ExitStatus status) implements Outcome {}
}
