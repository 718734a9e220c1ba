package org.vipd.daemon.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vipd.daemon.boot.Daemon;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vipd run}. */
@Command(
    name = "run",
    description = "Run the daemon in the foreground.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Signals: TERM and INT resign and stop, HUP reads the configuration again.",
      "Exit status: 0 stopped, 1 failed, 2 configuration unusable, 4 permission missing."
    })
final class RunCommand implements Callable<Integer> {

  static final String DEFAULT_RUNTIME_DIRECTORY = "/run/vipd";

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "configuration: a keepalived.conf or a vipd.yaml")
  private Path file;

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      defaultValue = DEFAULT_RUNTIME_DIRECTORY,
      description = "directory for lock and control socket (default: ${DEFAULT-VALUE})")
  private Path runtimeDirectory;

  @Option(
      names = "--takeover",
      description = {
        "ask the daemon that uses the runtime directory to leave without resigning, and go on as",
        "the Active that it was; for an upgrade that moves no address"
      })
  private boolean takesOver;

  @Override
  public Integer call() {
    return new Daemon(file, runtimeDirectory, Version.text(), takesOver).run();
  }
}
