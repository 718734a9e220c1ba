package org.vipd.daemon.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vipd.daemon.status.ReloadReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vipd reload}. */
@Command(
    name = "reload",
    description = "Make the running daemon read its configuration again.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit status: 0 applied (with --plan: could be applied), 1 no daemon answers, 2 refused."
    })
final class ReloadCommand implements Callable<Integer> {

  @Option(
      names = "--plan",
      description = "only say what would change, and whether an address moves")
  private boolean plan;

  @Mixin private DaemonOption daemon;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Optional<JsonObject> answer = daemon.ask(plan ? "plan" : "reload", ReloadReport.class, err);
    return answer.map(it -> print(new Gson().fromJson(it, ReloadReport.class), err)).orElse(1);
  }

  private int print(ReloadReport report, PrintWriter err) {
    PrintWriter out = spec.commandLine().getOut();
    report.problems().forEach(err::println);
    report.changes().forEach(out::println);
    if (plan && report.movesAddresses()) {
      out.println("an address leaves this node, or may");
    }
    out.println(report.message());
    out.flush();
    return report.usable() ? 0 : 2;
  }
}
