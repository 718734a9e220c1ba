package org.vipd.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.check.CheckReport;
import org.vipd.daemon.config.check.Node;
import org.vipd.daemon.config.check.Rules;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.keepalived.KeepalivedSource;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.migrate.Import;
import org.vipd.daemon.config.migrate.ImportReport;
import org.vipd.daemon.config.yaml.YamlOptions;
import org.vipd.daemon.config.yaml.YamlReader;
import org.vipd.daemon.config.yaml.write.YamlWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vipd import}. */
@Command(
    name = "import",
    description = "Print a vipd.yaml with the meaning of a keepalived.conf.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Secrets of the keepalived.conf are in the result: umask 077; vipd import FILE > vipd.yaml",
      "The report on standard error has one line for each line of the configuration: kept, changed,",
      "dropped or dangerous, and why.",
      "Exit status: 0 every line is kept or changed in its form only, 1 something was dropped, is",
      "dangerous or was warned of, 2 the configuration cannot be used."
    })
final class ImportCommand implements Callable<Integer> {

  private static final int DOUBTS = 1;
  private static final int UNUSABLE = 2;
  private static final List<String> FORMATS = List.of("text", "json");

  @Parameters(paramLabel = "FILE", description = "a keepalived.conf")
  private Path file;

  @Option(
      names = {"-i", "--config-id"},
      paramLabel = "ID",
      description = "what @ID conditions are compared with (default: the host name)")
  private String configId = SourceOptions.ofHost().configId();

  @Option(
      names = "--report",
      paramLabel = "REPORT",
      description = "file for the report (default: standard error)")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "of the report: text or json")
  private String format;

  @Spec private CommandSpec spec;

  private final Supplier<HostView> localHost;

  ImportCommand() {
    this(CheckCommand::localHost);
  }

  /** An import that takes another host for the one it runs on. */
  ImportCommand(Supplier<HostView> localHost) {
    this.localHost = localHost;
  }

  @Override
  public Integer call() {
    if (!FORMATS.contains(format)) {
      throw new ParameterException(
          spec.commandLine(), "--format must be one of " + FORMATS + ", found '" + format + "'");
    }
    boolean isYaml = ConfigurationFile.form(file) == ConfigurationFile.Form.YAML;
    if (isYaml && Files.isRegularFile(file)) {
      return refuse(file + " is a vipd.yaml already: vipd check says what it means");
    }
    KeepalivedSource source =
        KeepalivedSource.read(file, new SourceOptions(configId, System.getenv(), 0));
    LoadResult read = source.result();
    if (read.config().isEmpty()) {
      new CheckReport(read.problems()).printText(err());
      return refuse(file + " cannot be used, so nothing is imported: mend the errors above first");
    }
    Node node = new Node(file.toString(), read.config().get(), source.places(), localHost.get());
    List<ConfigProblem> findings = Rules.apply(List.of(node));
    Import imported = Import.of(source, findings);
    LoadResult again = reading(imported);
    if (again.config().isEmpty()) {
      again.problems().forEach(err()::println);
      return refuse("the result of importing " + file + " cannot be used; please report this");
    }
    if (!print(imported, holdsSecrets(read.config().get()))) {
      return UNUSABLE;
    }
    return imported.isClean() && read.problems().stream().noneMatch(ImportCommand::isWarning)
        ? 0
        : DOUBTS;
  }

  private static boolean isWarning(ConfigProblem problem) {
    return problem.severity() == ConfigProblem.Severity.WARNING;
  }

  private static boolean holdsSecrets(DaemonConfig config) {
    return !YamlWriter.text(config).equals(YamlWriter.withoutSecrets(config).text());
  }

  /** What is printed has to load. */
  private static LoadResult reading(Import imported) {
    YamlOptions options =
        new YamlOptions(new DeskSurroundings(), System.getenv(), Optional.empty());
    return YamlReader.parse(Path.of("vipd.yaml"), imported.yaml(), options).result();
  }

  /** The report first: when it cannot be written, nothing is printed that lacks one. */
  private boolean print(Import imported, boolean hasSecrets) {
    if (report.isEmpty()) {
      report(imported, err());
    } else {
      try (PrintWriter writer =
          new PrintWriter(Files.newBufferedWriter(report.get(), StandardCharsets.UTF_8))) {
        report(imported, writer);
      } catch (IOException e) {
        refuse("report " + report.get() + " cannot be written: " + e);
        return false;
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("# Imported from " + file + " by vipd import.");
    if (hasSecrets) {
      out.println("# It holds secrets in clear text: nobody but root should read it (chmod 600).");
    }
    out.print(imported.yaml());
    out.flush();
    return true;
  }

  private void report(Import imported, PrintWriter to) {
    if (format.equals("json")) {
      new ImportReport(imported).printJson(to);
    } else {
      new ImportReport(imported).printText(to);
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private int refuse(String text) {
    err().println("vipd: " + text);
    err().flush();
    return UNUSABLE;
  }
}
