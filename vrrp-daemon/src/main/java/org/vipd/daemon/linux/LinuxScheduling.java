package org.vipd.daemon.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.port.Journal;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.process.RealTime;

/**
 * Real-time priority for the loop, and for the thread of the Java virtual machine that stops it for
 * garbage collection; memory that is not paged out. Both on request; what is refused is said once.
 */
public final class LinuxScheduling {

  private static final Path THREADS = Path.of("/proc/self/task");
  private static final String VM_THREAD = "VM Thread";
  private static final int LOWEST = 1;

  private final Journal journal;

  public LinuxScheduling(Journal journal) {
    this.journal = journal;
  }

  /** Applies {@code vrrp_rt_priority} and {@code vrrp_no_swap}; the caller is the loop thread. */
  public void apply(Settings settings) {
    OptionalLong priority = settings.number("vrrp_rt_priority");
    if (priority.isPresent()) {
      schedule((int) priority.getAsLong());
    }
    if (settings.isOn("vrrp_no_swap")) {
      lockMemory();
    }
  }

  private void schedule(int priority) {
    try {
      RealTime.schedule(RealTime.THIS_THREAD, priority);
      // below the loop, above everybody else: the loop waits for it during a collection
      for (int thread : threadsNamed(VM_THREAD)) {
        RealTime.schedule(thread, Math.max(LOWEST, priority - 1));
      }
      journal.info("the loop runs with real-time priority " + priority);
    } catch (SyscallException | IOException e) {
      journal.warn(
          "vrrp_rt_priority "
              + priority
              + " is not possible: "
              + e.getMessage()
              + "; the loop runs like any other thread (CAP_SYS_NICE or LimitRTPRIO= permits it,"
              + " unless the control group has no real-time budget)");
    }
  }

  private void lockMemory() {
    try {
      RealTime.lockMemory();
    } catch (SyscallException e) {
      journal.warn(
          "vrrp_no_swap is not possible: "
              + e.getMessage()
              + "; memory may be paged out (CAP_IPC_LOCK or LimitMEMLOCK=infinity permits it)");
    }
  }

  private static List<Integer> threadsNamed(String name) throws IOException {
    try (Stream<Path> threads = Files.list(THREADS)) {
      return threads
          .filter(thread -> name.equals(nameOf(thread)))
          .map(thread -> Integer.parseInt(thread.getFileName().toString()))
          .toList();
    }
  }

  private static String nameOf(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      // it ended while the list was made
      return "";
    }
  }
}
