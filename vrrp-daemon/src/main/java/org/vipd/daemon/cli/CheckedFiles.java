package org.vipd.daemon.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.check.Node;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.check.host.UnknownHost;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ConfigurationFile.Reading;
import org.vipd.daemon.config.file.ReadOptions;

/**
 * The nodes that files on a command line describe: each file one, or all nodes of a file that lists
 * them.
 */
final class CheckedFiles {

  private final ReadOptions here;
  private final ReadOptions elsewhere;
  private final Optional<String> node;
  private final Optional<HostView> host;
  private final Set<ConfigProblem> problems = new LinkedHashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Node> partial = new ArrayList<>();
  private int unusable;
  private boolean isRefused;

  /**
   * Reads with options.
   *
   * @param here for a file that this host would run
   * @param elsewhere for files of other hosts, about whose interfaces nothing is known
   * @param node the node to read as; empty for this host, or each node where it is none of them
   * @param host what the only file is for; empty when files are for other hosts
   */
  CheckedFiles(
      ReadOptions here, ReadOptions elsewhere, Optional<String> node, Optional<HostView> host) {
    this.here = here;
    this.elsewhere = elsewhere;
    this.node = node;
    this.host = host;
  }

  /** Reads one file, which is what this host would run, or several, which are those of nodes. */
  void read(List<Path> files) {
    ReadOptions usual = host.isPresent() ? here : elsewhere;
    files.forEach(file -> read(file, node.map(elsewhere::as).orElse(usual)));
  }

  private void read(Path file, ReadOptions options) {
    Reading reading = ConfigurationFile.read(file, options);
    List<String> names = node.isPresent() ? List.of() : reading.nodes().names();
    if (names.isEmpty() || reading.nodes().hasOwn()) {
      boolean isOfOthers = node.isPresent() && !reading.nodes().names().isEmpty();
      add(
          names.isEmpty() ? file.toString() : Node.title(file.toString(), names.get(0)),
          reading,
          isOfOthers ? new UnknownHost() : host.orElseGet(UnknownHost::new));
    }
    if (host.isPresent() && !names.isEmpty()) {
      reading.nodes().refusal().ifPresent(this::refuse);
    }
    names.stream()
        .skip(reading.nodes().hasOwn() ? 1 : 0)
        .forEach(
            name ->
                add(
                    Node.title(file.toString(), name),
                    ConfigurationFile.read(file, elsewhere.as(name)),
                    new UnknownHost()));
  }

  /** This host would not run the file, however good it is for those that it is for. */
  private void refuse(ConfigProblem problem) {
    isRefused = true;
    String hint = problem.hint() + "; to check a file for other hosts, give --elsewhere";
    problems.add(new ConfigProblem(problem.place(), problem.severity(), problem.text(), hint));
  }

  private void add(String title, Reading reading, HostView of) {
    problems.addAll(reading.result().problems());
    reading
        .result()
        .config()
        .ifPresentOrElse(
            config -> nodes.add(new Node(title, config, reading.places(), of)),
            () -> unusable(title, reading, of));
  }

  private void unusable(String title, Reading reading, HostView of) {
    unusable++;
    reading
        .understood()
        .ifPresent(config -> partial.add(new Node(title, config, reading.places(), of)));
  }

  /** What was found, without repetition. */
  Set<ConfigProblem> problems() {
    return problems;
  }

  /** The nodes whose configuration can be used. */
  List<Node> nodes() {
    return nodes;
  }

  /** What could be understood of those that cannot be used; something is missing in each. */
  List<Node> partialNodes() {
    return partial;
  }

  /** Whether each node could run its file, and this host the only one unless that is for others. */
  boolean isUsable() {
    return isWhole() && !isRefused;
  }

  /** Whether no node is left out because its file cannot be used. */
  boolean isWhole() {
    return unusable == 0;
  }
}
