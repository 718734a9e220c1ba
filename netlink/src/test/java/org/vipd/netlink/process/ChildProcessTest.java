package org.vipd.netlink.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.libc.SystemCalls;
import org.vipd.netlink.socket.Poller;

/** The time limit only ends a test that would hang. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChildProcessTest {

  private static final int SIGTERM = 15;

  /** Numbers 32 and 33 belong to the C library, which leaves them alone. */
  private static final long C_LIBRARY_SIGNALS = 0x1_8000_0000L;

  private static final int OUTPUT = 1;
  private static final int END = 2;

  @Test
  void returnsTheExitCode() {
    assertThat(run(shell("exit 3")).status()).isEqualTo(new ExitStatus(true, 3));
    assertThat(run(shell("exit 0")).status().succeeded()).isTrue();
  }

  @Test
  void returnsTheSignal() {
    assertThat(run(shell("kill -TERM $$")).status()).isEqualTo(new ExitStatus(false, SIGTERM));
  }

  @Test
  void collectsOutputAndErrors() {
    assertThat(run(shell("echo out; echo err >&2")).output()).isEqualTo("out\nerr\n");
  }

  @Test
  void passesArgumentsAndOnlyTheGivenEnvironment() {
    Command command = new Command(List.of("/usr/bin/env"), Map.of("A", "1", "B", "zwei ä"));

    assertThat(run(command).output()).isEqualTo("A=1\nB=zwei ä\n");
    assertThat(run(new Command(List.of("/bin/echo", "a b", "", "c"), Map.of())).output())
        .isEqualTo("a b  c\n");
  }

  @Test
  void givesTheChildThreeDescriptorsOnly() {
    try (FileDescriptor inheritable = new FileDescriptor(SystemCalls.get().libC().eventfd(0, 0))) {
      assertThat(inheritable.number()).isGreaterThan(2);
      // The directory that ls itself reads is the fourth.
      assertThat(run(shell("exec ls /proc/self/fd")).output()).isEqualTo("0\n1\n2\n3\n");
    }
    assertThat(run(shell("readlink /proc/self/fd/0")).output()).isEqualTo("/dev/null\n");
  }

  @Test
  void givesTheChildNoBlockedOrIgnoredSignal() {
    Command command =
        new Command(List.of("/bin/grep", "-h", "Sig[BI]", "/proc/self/status"), Map.of());

    assertThat(run(command).output().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(signals(line) & ~C_LIBRARY_SIGNALS).isZero());
  }

  @Test
  void startsAGroupOfItsOwn() {
    try (ChildProcess child = ChildProcess.spawn(shell("cut -d' ' -f5 /proc/$$/stat"))) {
      assertThat(finish(child).output().strip()).isEqualTo(Integer.toString(child.pid()));
    }
  }

  @Test
  void killsItsGroupWithGrandchildren() {
    try (ChildProcess child = ChildProcess.spawn(shell("sleep 1000 & echo started; wait"))) {
      awaitOutput(child);

      child.signalGroup(ChildProcess.SIGKILL);

      // The end of output shows that the grandchild, who holds the other end, is gone too.
      assertThat(finish(child).status()).isEqualTo(new ExitStatus(false, ChildProcess.SIGKILL));
    }
  }

  @Test
  void sendsNothingAfterTheProcessIsReaped() {
    try (ChildProcess child = ChildProcess.spawn(shell("exit 0"))) {
      ExitStatus status = finish(child).status();
      child.signalGroup(ChildProcess.SIGKILL);

      assertThat(child.reap()).contains(status);
    }
  }

  @Test
  void killsARunningProcessOnClose() {
    ChildProcess child = ChildProcess.spawn(shell("sleep 1000"));
    assertThat(child.reap()).isEmpty();
    assertThat(child.readOutput(new byte[10])).isZero();

    child.close();

    assertThat(Path.of("/proc", Integer.toString(child.pid()))).doesNotExist();
    assertThat(child.reap()).contains(new ExitStatus(false, ChildProcess.SIGKILL));
    assertThat(child.readOutput(new byte[10])).isEqualTo(-1);
  }

  @Test
  void reportsWhyAProgramCannotStart(@TempDir Path directory) throws IOException {
    Path noFormat = Files.writeString(directory.resolve("garbage"), "garbage");
    assertThatThrownBy(() -> ChildProcess.spawn(command(noFormat)))
        .isInstanceOfSatisfying(
            SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EACCES));
    Files.setPosixFilePermissions(noFormat, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> ChildProcess.spawn(command(noFormat)))
        .isInstanceOfSatisfying(
            SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOEXEC));
    assertThatThrownBy(() -> ChildProcess.spawn(command(directory.resolve("missing"))))
        .hasMessageMatching("posix_spawn: ENOENT .* on .*missing; .*");
  }

  @Test
  void rejectsCommandsThatCannotBePassedOn() {
    assertThatThrownBy(() -> new Command(List.of(), Map.of()))
        .hasMessageContaining("absolute path");
    assertThatThrownBy(() -> new Command(List.of("sh"), Map.of()))
        .hasMessageContaining("absolute path");
    assertThatThrownBy(() -> new Command(List.of("/bin/sh", "a\0b"), Map.of()))
        .hasMessageContaining("zero");
    assertThatThrownBy(() -> new Command(List.of("/bin/sh"), Map.of("A=B", "1")))
        .hasMessageContaining("A=B");
  }

  @Test
  void leavesNoZombieAndNoDescriptorBehind() throws IOException {
    run(shell("exit 0"));
    long before = openDescriptors();
    for (int i = 0; i < 200; i++) {
      assertThat(run(new Command(List.of("/bin/true"), Map.of())).status().succeeded()).isTrue();
    }

    // 200 children: one descriptor each would show, one that the JVM opens or closes beside does
    // not
    assertThat(openDescriptors()).isBetween(before - 20, before + 20);
    assertThat(zombiesOfThisProcess()).isZero();
  }

  private static long signals(String statusLine) {
    return Long.parseUnsignedLong(statusLine.substring(statusLine.indexOf(':') + 1).strip(), 16);
  }

  private record Finished(ExitStatus status, String output) {}

  private static Finished run(Command command) {
    try (ChildProcess child = ChildProcess.spawn(command)) {
      return finish(child);
    }
  }

  private static Finished finish(ChildProcess child) {
    StringBuilder output = new StringBuilder();
    byte[] buffer = new byte[4096];
    try (Poller poller = Poller.open()) {
      poller.watch(child.outputFd(), Poller.READABLE, OUTPUT);
      int count = child.readOutput(buffer);
      while (count >= 0) {
        output.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        if (count == 0) {
          poller.await(Long.MAX_VALUE);
        }
        count = child.readOutput(buffer);
      }
      poller.unwatch(child.outputFd());
      poller.watch(child.pidFd(), Poller.READABLE, END);
      poller.await(Long.MAX_VALUE);
      assertThat(poller.token(0)).isEqualTo(END);
    }
    return new Finished(child.reap().orElseThrow(), output.toString());
  }

  private static void awaitOutput(ChildProcess child) {
    try (Poller poller = Poller.open()) {
      poller.watch(child.outputFd(), Poller.READABLE, OUTPUT);
      poller.await(Long.MAX_VALUE);
    }
  }

  private static Command shell(String script) {
    return new Command(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"));
  }

  private static Command command(Path program) {
    return new Command(List.of(program.toString()), Map.of());
  }

  private static long openDescriptors() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    }
  }

  private static long zombiesOfThisProcess() throws IOException {
    Path children = Path.of("/proc/self/task");
    try (Stream<Path> tasks = Files.list(children)) {
      return tasks
          .flatMap(task -> childrenOf(task).stream())
          .filter(ChildProcessTest::isZombie)
          .count();
    }
  }

  private static List<String> childrenOf(Path task) {
    try {
      String text = Files.readString(task.resolve("children")).strip();
      return text.isEmpty() ? List.of() : List.of(text.split(" "));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isZombie(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }
}
