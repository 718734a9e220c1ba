package org.vipd.daemon.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.socket.ProcessConnector;

/**
 * Lets a program in a network namespace hear of processes, which the kernel tells of in the first
 * one only: a library made on the spot opens that one socket there.
 */
final class FirstNamespace {

  private static final String SOURCE = "/first-namespace.c";

  private FirstNamespace() {}

  /** Whether there is a compiler. */
  static boolean isCompilerInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/cc"));
  }

  /** Skips the running test, and says so, where processes are not told of there either. */
  static void assumeTold() {
    Optional<String> reason =
        isCompilerInstalled() ? untold() : Optional.of("no C compiler (package gcc)");
    reason.ifPresent(text -> System.out.println("SKIPPED: " + text));
    assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
  }

  private static Optional<String> untold() {
    try {
      ProcessConnector.open().close();
      return Optional.empty();
    } catch (SyscallException e) {
      return Optional.of("the kernel tells the tests nothing of processes: " + e.getMessage());
    }
  }

  /** What the program has to have in its environment; the library lies in the host's home. */
  static Map<String, String> environment(Host host) {
    Path source = host.home().resolve("first-namespace.c");
    Path library = host.home().resolve("first-namespace.so");
    try (InputStream stream = FirstNamespace.class.getResourceAsStream(SOURCE)) {
      Files.copy(stream, source);
    } catch (IOException e) {
      throw new UncheckedIOException(SOURCE, e);
    }
    Shell.run("cc", "-Wall", "-shared", "-fPIC", "-o", library.toString(), source.toString());
    Shell.Result tried = Shell.execute(List.of("true"), Map.of("LD_PRELOAD", library.toString()));
    if (!tried.output().isEmpty()) {
      throw new IllegalStateException(library + " cannot be loaded: " + tried.output());
    }
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "VIPD_FIRST_NAMESPACE",
        "/proc/" + ProcessHandle.current().pid() + "/ns/net");
  }
}
