package org.vipd.daemon.cli;

import com.google.gson.Gson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.daemon.status.EventRecord;
import org.vipd.daemon.status.InstanceStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vipd why}. */
@Command(
    name = "why",
    description = "Explain the state of an instance: what, since when, because of what.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 explained, 1 no daemon answers, 2 there is no such instance."})
final class WhyCommand implements Callable<Integer> {

  private static final int UNKNOWN = 2;

  @Parameters(paramLabel = "INSTANCE", description = "name of the instance")
  private String name;

  @Mixin private DaemonOption daemon;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    return daemon
        .ask("status", DaemonStatus.class, err)
        .map(it -> explain(new Gson().fromJson(it, DaemonStatus.class).instances(), err))
        .orElse(1);
  }

  private int explain(List<InstanceStatus> instances, PrintWriter err) {
    Optional<InstanceStatus> found =
        instances.stream().filter(it -> it.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      List<String> names = instances.stream().map(InstanceStatus::name).toList();
      err.println("vipd: no instance " + name + "; there are: " + String.join(", ", names));
      return UNKNOWN;
    }
    PrintWriter out = spec.commandLine().getOut();
    print(found.get(), out);
    out.flush();
    return 0;
  }

  private static void print(InstanceStatus instance, PrintWriter out) {
    out.println(
        instance.name()
            + " is "
            + instance.state()
            + " since "
            + instance.since()
            + ", with priority "
            + instance.priorityArithmetic()
            + ".");
    for (EventRecord.CauseRecord cause : instance.explanation().causes()) {
      sentence("Because: ", cause.text(), out);
    }
    instance.warnings().forEach(it -> sentence("Warning: ", it, out));
    instance.explanation().changes().forEach(it -> sentence("Next: ", it, out));
    instance.explanation().powerless().forEach(it -> sentence("Without effect: ", it, out));
  }

  private static void sentence(String head, String text, PrintWriter out) {
    out.println(head + text.strip().replace("\n", "\n    ") + ".");
  }
}
