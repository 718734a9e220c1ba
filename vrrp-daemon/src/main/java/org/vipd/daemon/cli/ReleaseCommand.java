package org.vipd.daemon.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vipd.daemon.boot.Release;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vipd release}. */
@Command(
    name = "release",
    description = "Remove the virtual addresses that a daemon which runs no longer has left.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Touches only what the ledger in the runtime directory names and what bears vipd's mark;",
      "refuses while a daemon uses the directory.",
      "Exit status: 0 nothing is left, 1 something may be left, and the reason is said."
    })
final class ReleaseCommand implements Callable<Integer> {

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      defaultValue = RunCommand.DEFAULT_RUNTIME_DIRECTORY,
      description = "runtime directory of the daemon (default: ${DEFAULT-VALUE})")
  private Path runtimeDirectory;

  @Option(
      names = "--leave-leased",
      description = "leave addresses with a lease: they go by themselves, or the next run resumes")
  private boolean leavesLeased;

  @Override
  public Integer call() {
    return Release.run(runtimeDirectory, leavesLeased);
  }
}
