package org.vipd.daemon.cli;

import java.util.concurrent.Callable;
import org.vipd.daemon.config.yaml.key.JsonSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vipd schema}. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of vipd.yaml, for editors.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(JsonSchema.text());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
