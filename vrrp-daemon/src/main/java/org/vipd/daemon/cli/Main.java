package org.vipd.daemon.cli;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.boot.Daemon;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code vipd} program. */
@Command(
    name = "vipd",
    description = "Keeps virtual IP addresses on exactly one healthy machine (VRRP).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main {

  private static final int USAGE = 64;
  private static final String RUN = "run";
  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          CheckCommand.class,
          ImportCommand.class,
          SchemaCommand.class,
          StatusCommand.class,
          WhyCommand.class,
          HistoryCommand.class,
          EventsCommand.class,
          ReloadCommand.class,
          ReleaseCommand.class,
          LeaveCommand.class,
          CheckRunCommand.class,
          WarmUpCommand.class);

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(RUN)) {
      Daemon.loadAhead();
    }
    System.exit(execute(arguments));
  }

  /** Runs the command and returns its exit status; 64 for a command line that makes no sense. */
  static int execute(String... arguments) {
    Optional<QuickRun> quick = QuickRun.of(arguments);
    return quick.isPresent() ? quick.get().execute() : parse(arguments);
  }

  private static int parse(String... arguments) {
    List<Class<?>> named = arguments.length == 0 ? List.of() : named(arguments[0]);
    CommandLine line = line(CommandLine.defaultFactory(), named.isEmpty() ? COMMANDS : named);
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return USAGE;
    }
    return line.execute(arguments);
  }

  /** The one command of that name: the other ones take time to prepare. */
  private static List<Class<?>> named(String word) {
    return COMMANDS.stream()
        .filter(it -> it.getAnnotation(Command.class).name().equals(word))
        .toList();
  }

  /** The command line with all commands. */
  static CommandLine line() {
    return line(CommandLine.defaultFactory());
  }

  /** The command line with commands from a factory. */
  static CommandLine line(CommandLine.IFactory factory) {
    return line(factory, COMMANDS);
  }

  private static CommandLine line(CommandLine.IFactory factory, List<Class<?>> commands) {
    CommandLine line = new CommandLine(new Main(), factory);
    commands.forEach(it -> line.addSubcommand(new CommandLine(it, factory)));
    line.setOut(PlainWriter.to(System.out));
    line.setErr(PlainWriter.to(System.err));
    // help has no colours: they would be escaped
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          command.getErr().println("vipd: unexpected failure: " + failure);
          return 1;
        });
    line.getCommandSpec().exitCodeOnInvalidInput(USAGE);
    line.getSubcommands().values().forEach(it -> it.getCommandSpec().exitCodeOnInvalidInput(USAGE));
    return line;
  }
}
