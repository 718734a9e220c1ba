package org.vipd.daemon.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vipd.daemon.boot.CheckRun;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ReadOptions;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.PortException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vipd check-run}. */
@Command(
    name = "check-run",
    description = "Run a check script once, as the daemon does, and print what happened.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "When a daemon runs, its user, its environment and its configuration file are used.",
      "Exit status: 0 the check passes, 1 it fails, 2 it could not be looked up or run."
    })
final class CheckRunCommand implements Callable<Integer> {

  private static final String DEFAULT_FILE = "/etc/keepalived/keepalived.conf";
  private static final int UNUSABLE = 2;

  @Parameters(paramLabel = "NAME", description = "name of a check (vrrp_script)")
  private String name;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "configuration (default: the running daemon's, else " + DEFAULT_FILE + ")")
  private Optional<Path> file = Optional.empty();

  @Mixin private DaemonOption daemon;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<JsonObject> status = daemon.ask("status", err);
    Path source = file.orElseGet(() -> Path.of(status.map(this::file).orElse(DEFAULT_FILE)));
    LoadResult read = ConfigurationFile.read(source, ReadOptions.ofHost()).result();
    if (read.config().isEmpty()) {
      read.problems().forEach(err::println);
      return UNUSABLE;
    }
    Optional<CheckConfig> check = read.config().get().check(name);
    if (check.isEmpty()) {
      err.println("vipd: " + source + " defines no vrrp_script " + name);
      return UNUSABLE;
    }
    try {
      CheckRun run = prepare(status, err);
      CheckOutcome outcome = run.run(check.get());
      return print(check.get(), run, outcome, out);
    } catch (PortException | IOException e) {
      err.println("vipd: " + name + " could not be run: " + e.getMessage());
      return UNUSABLE;
    }
  }

  private String file(JsonObject status) {
    return status.getAsJsonObject("configuration").get("file").getAsString();
  }

  private static CheckRun prepare(Optional<JsonObject> status, PrintWriter err) throws IOException {
    if (status.isEmpty()) {
      err.println("vipd: the environment of this command is used, not that of a daemon");
      return CheckRun.alone();
    }
    return CheckRun.besideDaemon(status.get().get("pid").getAsString());
  }

  private static String user(CheckConfig check, CheckRun run) {
    return check
        .command()
        .account()
        .map(it -> it.user() + it.group().map(group -> ", group " + group).orElse(""))
        .orElse("the daemon's own: " + run.user());
  }

  private static int print(CheckConfig check, CheckRun run, CheckOutcome outcome, PrintWriter out) {
    if (check.probe().isPresent()) {
      out.println("question " + check.command().text() + ", asked without a process");
    } else {
      out.println("command  " + check.command().text());
      out.println("user     " + user(check, run));
    }
    run.differences().forEach(it -> out.println("differs  from the daemon: " + it));
    out.println("result   " + outcome.text() + (outcome.passed() ? ": passes" : ": fails"));
    out.println("took     " + outcome.took().toMillis() / 1000.0 + " s");
    if (outcome.hasPrinted()) {
      out.println("printed  " + outcome.output().strip().replace("\n", "\n         "));
    }
    out.flush();
    return outcome.passed() ? 0 : 1;
  }
}
