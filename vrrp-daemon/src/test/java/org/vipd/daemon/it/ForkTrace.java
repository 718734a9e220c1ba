package org.vipd.daemon.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tells which processes a daemon makes while something happens. */
final class ForkTrace {

  /** The program that traces. */
  static final Path STRACE = Path.of("/usr/bin/strace");

  /** What a new thread is made with. */
  private static final String THREAD = "CLONE_THREAD";

  private ForkTrace() {}

  /** Skips the running test where there is no strace. */
  static void assumeAvailable() {
    boolean isInstalled = Files.isExecutable(STRACE);
    if (!isInstalled) {
      System.out.println("SKIPPED: strace is not installed");
    }
    assumeTrue(isInstalled, "strace is not installed");
  }

  /** The system calls with which it made processes meanwhile, one a line; those of threads not. */
  static List<String> during(VipdNode vipd, Runnable work) {
    Path file = vipd.host().home().resolve("forks.txt");
    Launched tracer =
        vipd.host()
            .start(
                "strace",
                List.of(
                    STRACE.toString(),
                    "-f",
                    "-e",
                    "trace=fork,vfork,clone,clone3,execve",
                    "-e",
                    "signal=none",
                    "-o",
                    file.toString(),
                    "-p",
                    Long.toString(vipd.process().pid())),
                Map.of());
    tracer.awaitOutput("attached");
    work.run();
    // asked to end, it waits for a thread that waits for its child, which waits for the tracer
    tracer.kill();
    return vipd.host()
        .read("forks.txt")
        .lines()
        .filter(line -> line.contains("(") && !line.contains(THREAD))
        .toList();
  }
}
