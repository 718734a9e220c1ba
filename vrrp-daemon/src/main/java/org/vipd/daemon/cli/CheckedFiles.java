package org.vipd.daemon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.check.Node;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.check.host.UnknownHost;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ConfigurationFile.Reading;
import org.vipd.daemon.config.file.ReadOptions;
import org.vipd.daemon.config.yaml.write.YamlWriter;

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
  private final Set<Path> read = new HashSet<>();
  private final Map<String, Described> described = new HashMap<>();
  private final List<List<Node>> clusters = new ArrayList<>(List.of(new ArrayList<>()));
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
    for (Path file : files) {
      if (read.add(identity(file))) {
        read(file, node.map(elsewhere::as).orElse(usual));
      } else {
        note(file, "is given twice and was read once", "");
      }
    }
  }

  /** A file by what it is, whatever leads to it. */
  static Path identity(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      // the reader says why it cannot be read
      return file.toAbsolutePath().normalize();
    }
  }

  private void note(Path file, String text, String hint) {
    Place place = Place.ofFile(file.toString());
    problems.add(new ConfigProblem(place, ConfigProblem.Severity.NOTE, text, hint));
  }

  /** Whether braces, quotes or indentation left the rules nothing to look at. */
  private static boolean isReadInPart(Reading reading) {
    return reading.result().config().isEmpty()
        && reading.understood().isEmpty()
        && reading.result().problems().stream()
            .anyMatch(it -> it.isError() && it.place().line() > 0)
        && reading.result().problems().stream().noneMatch(ConfigProblem::isTemplate);
  }

  /** A node of a file that lists its nodes. */
  private record Described(Path file, Node node) {}

  private void read(Path file, ReadOptions options) {
    Reading reading = ConfigurationFile.read(file, options);
    if (isReadInPart(reading)) {
      note(
          file,
          "mend the errors first, then check again: they leave open what belongs where, so no rule was"
              + " applied",
          "");
    }
    if (node.isPresent() && reading.form() == ConfigurationFile.Form.KEEPALIVED) {
      note(
          file, "is a keepalived.conf, which lists no nodes: --node has no effect", "leave it out");
    }
    List<String> listed = reading.nodes().names();
    List<String> names = node.isPresent() ? List.of() : listed;
    Map<String, Described> own = new LinkedHashMap<>();
    if (names.isEmpty() || reading.nodes().hasOwn()) {
      boolean isOfOthers = node.isPresent() && !listed.isEmpty();
      String key = names.isEmpty() ? node.orElse("") : names.get(0);
      String title = names.isEmpty() ? file.toString() : Node.title(file.toString(), names.get(0));
      add(title, reading, isOfOthers ? new UnknownHost() : host.orElseGet(UnknownHost::new))
          .ifPresent(it -> own.put(key, new Described(file, it)));
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
                        new UnknownHost())
                    .ifPresent(it -> own.put(name, new Described(file, it))));
    take(own, listed.isEmpty());
  }

  /**
   * A file that lists its nodes is the same on each of them: two that describe one node are two
   * versions of one file, and to compare nodes of one with those of the other would mean nothing.
   *
   * @param isOfOne whether the file does not list its nodes
   */
  private void take(Map<String, Described> own, boolean isOfOne) {
    List<Node> usable = own.values().stream().map(Described::node).toList();
    Optional<String> shared =
        isOfOne
            ? Optional.empty()
            : own.keySet().stream().filter(described::containsKey).findFirst();
    if (shared.isEmpty()) {
      clusters.get(0).addAll(usable);
      own.keySet().removeIf(ignored -> isOfOne);
      described.putAll(own);
    } else if (own.entrySet().stream().allMatch(it -> isSaid(it.getKey(), it.getValue()))) {
      note(
          own.get(shared.get()).file(),
          "says the same of its nodes as " + described.get(shared.get()).file(),
          "one of the two files is enough: each describes all nodes");
    } else {
      clusters.add(usable);
      problems.add(difference(shared.get(), own.get(shared.get())));
    }
  }

  private boolean isSaid(String name, Described again) {
    return Optional.ofNullable(described.get(name))
        .map(it -> YamlWriter.effective(it.node().config()))
        .filter(it -> it.equals(YamlWriter.effective(again.node().config())))
        .isPresent();
  }

  private ConfigProblem difference(String name, Described again) {
    Path first = described.get(name).file();
    return new ConfigProblem(
        firstDifference(first, again.file()),
        ConfigProblem.Severity.WARNING,
        "node " + name + " is described in " + first + ", too, and differently",
        "put the same file on all nodes, and check that one alone");
  }

  /** The first line that is another one; the file as a whole when what they include differs. */
  private static Place firstDifference(Path one, Path other) {
    Place file = Place.ofFile(other.toString());
    try {
      long index = Files.mismatch(one, other);
      if (index < 0) {
        return file;
      }
      byte[] same = Arrays.copyOf(Files.readAllBytes(other), (int) index);
      long lines = new String(same, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      return new Place(other.toString(), (int) lines + 1, 1);
    } catch (IOException e) {
      // it was readable a moment ago; the message does without the line
      return file;
    }
  }

  /** This host would not run the file, however good it is for those that it is for. */
  private void refuse(ConfigProblem problem) {
    isRefused = true;
    String hint = problem.hint() + "; to check a file for other hosts, give --elsewhere";
    problems.add(
        new ConfigProblem(
            problem.place(), problem.severity(), problem.text(), hint, problem.kind()));
  }

  private Optional<Node> add(String title, Reading reading, HostView of) {
    List<ConfigProblem> said = reading.result().problems();
    said.stream()
        .filter(it -> !it.isOfThisHost() || !(of instanceof UnknownHost))
        .forEach(problems::add);
    Optional<Node> usable =
        reading.result().config().map(it -> new Node(title, it, reading.places(), of, said));
    if (usable.isEmpty()) {
      unusable(title, reading, of);
    }
    return usable;
  }

  private void unusable(String title, Reading reading, HostView of) {
    unusable++;
    reading
        .understood()
        .ifPresent(
            config ->
                partial.add(
                    new Node(title, config, reading.places(), of, reading.result().problems())));
  }

  /** What was found, without repetition. */
  Set<ConfigProblem> problems() {
    return problems;
  }

  /** The nodes whose configuration can be used. */
  List<Node> nodes() {
    return clusters.stream().flatMap(List::stream).toList();
  }

  /** The same, those together that can be compared. */
  List<List<Node>> clusters() {
    return clusters.stream().filter(it -> !it.isEmpty()).toList();
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
