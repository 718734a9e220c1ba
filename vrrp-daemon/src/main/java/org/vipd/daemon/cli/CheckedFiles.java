package org.vipd.daemon.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.check.Node;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ConfigurationFile.Reading;
import org.vipd.daemon.config.file.ReadOptions;

/**
 * The nodes that files on a command line describe: each file one, or all nodes of a file that lists
 * them.
 */
final class CheckedFiles {

  private final ReadOptions options;
  private final Optional<String> node;
  private final Set<ConfigProblem> problems = new LinkedHashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private int unusable;

  /**
   * Reads with options.
   *
   * @param node the node to read as; empty for this host, or each node where it is none of them
   */
  CheckedFiles(ReadOptions options, Optional<String> node) {
    this.options = options;
    this.node = node;
  }

  void read(Path file) {
    Reading reading = ConfigurationFile.read(file, node.map(options::as).orElse(options));
    List<String> names = node.isPresent() ? List.of() : reading.nodes().names();
    if (names.isEmpty() || reading.nodes().hasOwn()) {
      add(names.isEmpty() ? file.toString() : file + " as " + names.get(0), reading);
    }
    names.stream()
        .skip(reading.nodes().hasOwn() ? 1 : 0)
        .forEach(
            name ->
                add(
                    Node.title(file.toString(), name),
                    ConfigurationFile.read(file, options.as(name))));
  }

  private void add(String title, Reading reading) {
    problems.addAll(reading.result().problems());
    reading
        .result()
        .config()
        .ifPresentOrElse(
            config -> nodes.add(new Node(title, config, reading.places())), () -> unusable++);
  }

  /** What was found, without repetition. */
  Set<ConfigProblem> problems() {
    return problems;
  }

  /** The nodes whose configuration can be used. */
  List<Node> nodes() {
    return nodes;
  }

  boolean isUsable() {
    return unusable == 0;
  }
}
