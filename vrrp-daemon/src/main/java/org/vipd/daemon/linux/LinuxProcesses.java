package org.vipd.daemon.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.ProcessPort;
import org.vipd.daemon.port.StartedProcess;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.process.ChildProcess;
import org.vipd.netlink.process.Command;
import org.vipd.netlink.process.ExitStatus;
import org.vipd.netlink.socket.Poller;

/** Starts children in process groups of their own and waits for them with one epoll. */
public final class LinuxProcesses implements ProcessPort {

  private static final int SIGTERM = 15;

  /** What children must not inherit: loader tricks, and what belongs to the daemon alone. */
  private static final Set<String> WITHHELD =
      Set.of(
          "IFS",
          "LD_PRELOAD",
          "LD_LIBRARY_PATH",
          "NOTIFY_SOCKET",
          "WATCHDOG_USEC",
          "WATCHDOG_PID",
          "JDK_JAVA_OPTIONS",
          "JAVA_TOOL_OPTIONS",
          "VIPD_JAVA_OPTIONS");

  private final Identities identities = new Identities();
  private final Poller poller;
  private final MonotonicClock clock;
  private final Map<String, String> environment;
  private final List<String> prefix;

  private LinuxProcesses(
      Poller poller, MonotonicClock clock, Map<String, String> environment, List<String> prefix) {
    this.poller = poller;
    this.clock = clock;
    this.environment = environment;
    this.prefix = List.copyOf(prefix);
  }

  /**
   * Opens the poller.
   *
   * @param environment of the daemon; children get it without what they must not have
   * @param searchPath their PATH
   */
  public static LinuxProcesses open(
      MonotonicClock clock, Map<String, String> environment, String searchPath)
      throws PortException {
    return open(clock, environment, searchPath, List.of());
  }

  /**
   * Opens the poller.
   *
   * @param environment of the daemon; children get it without what they must not have
   * @param searchPath their PATH
   * @param prefix words in front of each command
   */
  public static LinuxProcesses open(
      MonotonicClock clock, Map<String, String> environment, String searchPath, List<String> prefix)
      throws PortException {
    Map<String, String> passed =
        environment.entrySet().stream()
            .filter(entry -> !WITHHELD.contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Map<String, String> complete = new HashMap<>(passed);
    complete.put("PATH", searchPath);
    try {
      return new LinuxProcesses(Poller.open(), clock, Map.copyOf(complete), prefix);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public StartedProcess start(List<String> argv, Optional<Account> account) throws PortException {
    try {
      List<String> words = new ArrayList<>(prefix);
      words.addAll(account.isEmpty() ? argv : identities.argv(account.get(), argv));
      return new Child(spawn(words));
    } catch (SyscallException e) {
      throw Failures.of(e);
    } catch (IllegalArgumentException e) {
      throw new PortException(e.getMessage(), false);
    }
  }

  private ChildProcess spawn(List<String> argv) {
    try {
      return ChildProcess.spawn(new Command(argv, environment));
    } catch (SyscallException e) {
      if (e.errno().equals(Errno.ENOEXEC)) {
        // a script without an interpreter line: what execvp(3) does
        List<String> words = new ArrayList<>();
        words.add("/bin/sh");
        words.addAll(argv);
        return ChildProcess.spawn(new Command(words, environment));
      }
      throw e;
    }
  }

  @Override
  public void await(long deadlineNanos) {
    poller.await(clock.systemNanos(deadlineNanos));
  }

  @Override
  public void wakeUp() {
    poller.wakeUp();
  }

  @Override
  public void close() {
    poller.close();
  }

  /** One child. */
  private final class Child implements StartedProcess {

    private final ChildProcess child;
    private boolean outputEnded;
    private boolean isFollowed;
    private boolean isListening;

    Child(ChildProcess child) {
      this.child = child;
    }

    @Override
    public void follow() {
      isFollowed = true;
      poller.watch(child.pidFd(), Poller.READABLE, 0);
      listen(true);
    }

    @Override
    public int readOutput(byte[] into) {
      if (outputEnded) {
        return -1;
      }
      int count = child.readOutput(into);
      if (count < 0) {
        endOutput();
      }
      return count;
    }

    @Override
    public void listen(boolean listens) {
      if (outputEnded || listens == isListening) {
        return;
      }
      isListening = listens;
      if (listens) {
        poller.watch(child.outputFd(), Poller.READABLE, 0);
      } else {
        poller.unwatch(child.outputFd());
      }
    }

    private void endOutput() {
      outputEnded = true;
      if (isListening) {
        poller.unwatch(child.outputFd());
      }
    }

    @Override
    public Optional<End> poll(boolean killGroup) {
      if (killGroup && child.hasEnded()) {
        killGroup();
      }
      Optional<ExitStatus> status = child.reap();
      return status.map(it -> new End(!it.exited(), it.code()));
    }

    @Override
    public void terminateGroup() {
      signal(SIGTERM);
    }

    @Override
    public void killGroup() {
      signal(ChildProcess.SIGKILL);
    }

    private void signal(int number) {
      try {
        child.signalGroup(number);
      } catch (SyscallException e) {
        if (!e.errno().equals(Errno.EPERM)) {
          throw e;
        }
        // it became another user: the time limit ends it only as far as that user's group allows
      }
    }

    @Override
    public void close() {
      if (isFollowed) {
        poller.unwatch(child.pidFd());
      }
      if (!outputEnded) {
        endOutput();
      }
      child.close();
    }
  }
}
