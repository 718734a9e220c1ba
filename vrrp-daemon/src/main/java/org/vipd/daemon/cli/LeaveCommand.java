package org.vipd.daemon.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vipd.daemon.boot.HandOver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vipd leave}. */
@Command(
    name = "leave",
    description = "Ask the daemon to end without resigning, for one that is started at once.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The addresses stay until their lease ends; the next 'vipd run' resumes, if it is there",
      "before. A file that it could not use is refused. The unit does this when it is restarted:",
      "'vipd leave --if-restarting UNIT ...' does nothing when systemd does not start UNIT again.",
      "Exit status: 0 it leaves, 1 it does not or nobody runs, 2 configuration unusable."
    })
final class LeaveCommand implements Callable<Integer> {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "configuration of the next process")
  private Path file;

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      defaultValue = RunCommand.DEFAULT_RUNTIME_DIRECTORY,
      description = "runtime directory of the daemon (default: ${DEFAULT-VALUE})")
  private Path runtimeDirectory;

  @Override
  public Integer call() {
    return HandOver.run(file, runtimeDirectory);
  }
}
