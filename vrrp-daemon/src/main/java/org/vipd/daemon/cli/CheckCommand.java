package org.vipd.daemon.cli;

import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.ConfigProblem.Severity;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Printable;
import org.vipd.daemon.config.check.CheckReport;
import org.vipd.daemon.config.check.KeepalivedJson;
import org.vipd.daemon.config.check.KnownCauses;
import org.vipd.daemon.config.check.Node;
import org.vipd.daemon.config.check.RepeatedNotes;
import org.vipd.daemon.config.check.Rules;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.check.host.LocalHost;
import org.vipd.daemon.config.file.ReadOptions;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.yaml.YamlOptions;
import org.vipd.daemon.config.yaml.write.YamlWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vipd check}. */
@Command(
    name = "check",
    description = "Explain what is wrong with a configuration before it hurts.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Several files are the nodes of one cluster and are compared, and so are the nodes that a file lists.",
      "What they need of this host (interfaces, programs, users) is looked for only when one file is given.",
      "One file is for this host, several, or with --elsewhere or --node, are for others.",
      "Exit status: 0 would run there, 1 would run but has warnings and --strict is given, 2 would not run."
    })
final class CheckCommand implements Callable<Integer> {

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final int WARNINGS = 1;
  private static final int UNUSABLE = 2;

  /** What can be printed. */
  private static final List<String> FORMATS = List.of("text", "json", "keepalived-json");

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "a vipd.yaml, or a keepalived.conf of each node")
  private List<Path> files;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text (default), json, or keepalived-json: the instances as keepalived would dump them")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--effective",
      description = "print the resulting model as a vipd.yaml with every default")
  private boolean effective;

  @Option(names = "--strict", description = "exit with 1 when there are warnings")
  private boolean strict;

  @Option(
      names = {"-i", "--config-id"},
      paramLabel = "ID",
      description = "what @ID conditions are compared with (default: the host name)")
  private String configId = SourceOptions.ofHost().configId();

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description =
          "read a vipd.yaml as this node of its nodes (default: this host, and compare all)")
  private String node;

  @Option(
      names = "--elsewhere",
      description =
          "the file is for other hosts: this one need not be among its nodes, and what it lacks counts"
              + " for nothing")
  private boolean elsewhere;

  @Spec private CommandSpec spec;

  private final Supplier<HostView> localHost;

  CheckCommand() {
    this(CheckCommand::localHost);
  }

  /** A check that takes another host for the one it runs on. */
  CheckCommand(Supplier<HostView> localHost) {
    this.localHost = localHost;
  }

  @Override
  public Integer call() {
    refuseOddOptions();
    HostView host = localHost.get();
    CheckedFiles checked = checked(host);
    Set<ConfigProblem> found = checked.problems();
    List<Node> nodes = checked.nodes();
    List<ConfigProblem> ofRules = new ArrayList<>(ofPartialNodes(checked, found));
    checked.clusters().forEach(it -> ofRules.addAll(Rules.apply(it, checked.isWhole())));
    found.addAll(KnownCauses.without(ofRules, found));
    List<ConfigProblem> problems = distinct(found);
    problems.sort(Comparator.comparing(ConfigProblem::place));
    print(problems, nodes, host);
    boolean isWarned = problems.stream().anyMatch(it -> it.severity() == Severity.WARNING);
    if (!checked.isUsable()) {
      return UNUSABLE;
    }
    return strict && isWarned ? WARNINGS : 0;
  }

  /** One of those that say the same of one place: two files may include one by different paths. */
  private static List<ConfigProblem> distinct(Set<ConfigProblem> found) {
    Map<String, Path> files = new HashMap<>();
    Set<List<Object>> said = new HashSet<>();
    List<ConfigProblem> kept = new ArrayList<>();
    for (ConfigProblem it : found) {
      Place place = it.place();
      Path file = files.computeIfAbsent(place.file(), name -> CheckedFiles.identity(Path.of(name)));
      if (said.add(List.of(file, place.line(), place.column(), it.text()))) {
        kept.add(it);
      }
    }
    return kept;
  }

  /**
   * Each for itself, for what another one lacks may stand where the error is. A line with an error
   * is judged when that is mended: its default is not what it says.
   */
  private static List<ConfigProblem> ofPartialNodes(
      CheckedFiles checked, Set<ConfigProblem> known) {
    Set<Place> wrong =
        known.stream()
            .filter(ConfigProblem::isError)
            .map(it -> line(it.place()))
            .collect(Collectors.toSet());
    return checked.partialNodes().stream()
        .flatMap(it -> Rules.apply(List.of(it), false).stream())
        .filter(it -> !wrong.contains(line(it.place())))
        .toList();
  }

  private static Place line(Place place) {
    return new Place(place.file(), place.line(), 0);
  }

  private void refuseOddOptions() {
    if (format.filter(it -> !FORMATS.contains(it)).isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--format must be one of " + FORMATS + ", found '" + format.get() + "'");
    }
    if (effective && format.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--effective prints a vipd.yaml and --format "
              + format.get()
              + " something else: give one of them");
    }
  }

  /** This host as scripts will find it. */
  static HostView localHost() {
    return new LocalHost(System.getenv().getOrDefault("PATH", DEFAULT_PATH));
  }

  private CheckedFiles checked(HostView host) {
    SourceOptions keepalived = new SourceOptions(configId, System.getenv(), 0);
    YamlOptions desk = new YamlOptions(new DeskSurroundings(), System.getenv(), Optional.empty());
    CheckedFiles checked =
        new CheckedFiles(
            new ReadOptions(keepalived, YamlOptions.ofHost()),
            new ReadOptions(keepalived, desk),
            Optional.ofNullable(node),
            files.size() == 1 && !elsewhere ? Optional.of(host) : Optional.empty());
    checked.read(files);
    return checked;
  }

  private void print(List<ConfigProblem> problems, List<Node> nodes, HostView host) {
    PrintWriter out = spec.commandLine().getOut();
    CheckReport report = new CheckReport(RepeatedNotes.condensed(problems));
    if (effective) {
      report.printText(spec.commandLine().getErr());
      boolean areSeveral = nodes.size() > 1;
      out.print(
          nodes.stream()
              .map(
                  it ->
                      (areSeveral ? "# " + Printable.of(it.file()) + "\n" : "")
                          + YamlWriter.effective(it.config()))
              .collect(Collectors.joining("---\n")));
    } else if (format.filter("keepalived-json"::equals).isPresent()) {
      report.printText(spec.commandLine().getErr());
      printInstances(out, nodes, host);
    } else if (format.filter("json"::equals).isPresent()) {
      new CheckReport(problems).printJson(out);
    } else {
      report.printText(out);
    }
    out.flush();
    spec.commandLine().getErr().flush();
  }

  private static void printInstances(PrintWriter out, List<Node> nodes, HostView host) {
    for (Node node : nodes) {
      var instances = new KeepalivedJson(node.config(), host).instances();
      out.println(new GsonBuilder().disableHtmlEscaping().create().toJson(instances));
    }
  }
}
