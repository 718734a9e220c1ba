package org.vipd.daemon.config.yaml.key;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.FileName;
import org.vipd.daemon.config.OddBlank;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.keepalived.KeywordTable;
import org.vipd.daemon.config.keepalived.Scope;
import org.vipd.protocol.value.IpAddress;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Takes the problems of a reading, and knows the environment that secrets may come from. */
public final class Reports {

  private static final int TEXT_LIMIT = 60;

  private final Problems problems;
  private final Map<String, String> environment;
  private final Set<String> said = new HashSet<>();

  /** Reports to a collection. */
  public Reports(Problems problems, Map<String, String> environment) {
    this.problems = problems;
    this.environment = Map.copyOf(environment);
  }

  /** Where a node stands. */
  public static Place place(Node node) {
    return place(node.getStartMark());
  }

  /** A mark of the parser as a place. */
  public static Place place(Mark mark) {
    return new Place(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** An error. */
  public void error(Place place, String text, String hint) {
    problems.error(place, text, hint);
  }

  /** Whether a file can have this name; says so when not. */
  public boolean isFileName(Place place, String name) {
    Optional<String> objection = FileName.objection(name);
    objection.ifPresent(it -> error(place, it, FileName.HINT));
    return objection.isEmpty();
  }

  /** A warning. */
  public void warning(Place place, String text, String hint) {
    problems.warning(place, text, hint);
  }

  /** A note. */
  public void note(Place place, String text, String hint) {
    problems.note(place, text, hint);
  }

  /** A problem that is told elsewhere, too. */
  public void add(ConfigProblem problem) {
    problems.add(problem);
  }

  /** What a rule of the check command is about. */
  public void finding(String rule, Place place, String text, String hint) {
    problems.add(new ConfigProblem(place, ConfigProblem.Severity.WARNING, text, hint, rule));
  }

  /** Whether something makes the configuration unusable. */
  public boolean hasErrors() {
    return problems.hasErrors();
  }

  /** Whether another error would be kept: a hint that takes time is for those only. */
  boolean keepsErrors() {
    return problems.keepsErrors();
  }

  /** A variable of the environment. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** Says that a value is not what its key needs; empty, for the caller to return. */
  Optional<Object> refuse(Node node, String label, Shape expected) {
    return refuse(node, label, expected, hint(node));
  }

  /** The same with what to write instead. */
  Optional<Object> refuse(Node node, String label, Shape expected, String hint) {
    boolean isSecret = expected.holdsSecret() && node instanceof ScalarNode;
    String found = isSecret ? "something else" : found(node);
    error(place(node), label + " must be " + expected.words() + ", found " + found, hint);
    return Optional.empty();
  }

  /** Says, once for each key, when the daemon does not do yet what it asks for. */
  void effect(Key key, Place place) {
    key.keywordScope()
        .flatMap(
            scope ->
                KeywordTable.get()
                    .find(Scope.valueOf(scope.toUpperCase(Locale.ROOT)), key.keyword()))
        .ifPresent(keyword -> effect(keyword, key.name(), place));
  }

  /** Says, once for each key, when the daemon does not do yet what a keyword asks for. */
  void effect(Keyword keyword, String name, Place place) {
    if (keyword.effect() == Keyword.Effect.YES || !said.add(name)) {
      return;
    }
    if (keyword.effect() == Keyword.Effect.LATER) {
      add(ConfigProblem.notYet(place, name));
    } else {
      add(ConfigProblem.noMeaning(place, name));
    }
  }

  /** The same of something that has no keyword. */
  public void notYetOnce(Place place, String what) {
    if (said.add(what)) {
      add(ConfigProblem.notYet(place, what, ""));
    }
  }

  private static String found(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return node.getNodeId() == org.yaml.snakeyaml.nodes.NodeId.mapping ? "keys" : "a list";
    }
    String text = scalar.getValue();
    if (text.isEmpty() && scalar.isPlain()) {
      return "nothing";
    }
    return "'" + (text.length() > TEXT_LIMIT ? text.substring(0, TEXT_LIMIT) + "..." : text) + "'";
  }

  /** The address of which YAML makes a key without a value, because it ends in a colon. */
  static Optional<String> openAddress(Node node) {
    return node instanceof MappingNode mapping
            && mapping.getValue().size() == 1
            && mapping.getValue().get(0).getKeyNode() instanceof ScalarNode key
            && mapping.getValue().get(0).getValueNode() instanceof ScalarNode value
            && value.getValue().isEmpty()
            && IpAddress.parse(key.getValue() + ":").isPresent()
        ? Optional.of(key.getValue() + ":")
        : Optional.empty();
  }

  private static String hint(Node node) {
    Optional<String> address = openAddress(node);
    if (address.isPresent()) {
      return "put the address in quotes: '" + address.get() + "'";
    }
    Optional<String> odd =
        node instanceof ScalarNode it ? OddBlank.hint(it.getValue()) : Optional.empty();
    if (odd.isPresent()) {
      return odd.get();
    }
    boolean isQuoted = node instanceof ScalarNode scalar && !scalar.isPlain();
    boolean isNumber = isQuoted && ((ScalarNode) node).getValue().matches("-?[0-9]+|true|false");
    return isNumber ? "leave the quotes out" : "";
  }
}
