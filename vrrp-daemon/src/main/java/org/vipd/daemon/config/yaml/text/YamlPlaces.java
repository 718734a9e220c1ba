package org.vipd.daemon.config.yaml.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.yaml.key.Key;
import org.vipd.daemon.config.yaml.key.KeyTable;
import org.vipd.daemon.config.yaml.key.OptionNames;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.protocol.value.IpAddress;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds keys by their own names and by those that they have in keepalived. */
public final class YamlPlaces implements PlaceFinder {

  private static final Map<String, Set<String>> NATIVE = natives();

  /** Lists that go by another key than the keyword has elsewhere. */
  private static final Map<String, String> LISTS =
      Map.of(
          "virtual_ipaddress_excluded", "addresses",
          "track_interface", "track",
          "track_file", "track",
          "track_process", "track",
          "track_bfd", "track");

  private final List<MappingNode> trees;
  private final Map<Place, Node> blocks = new HashMap<>();

  YamlPlaces(List<MappingNode> trees) {
    this.trees = List.copyOf(trees);
    trees.forEach(this::index);
  }

  private static Map<String, Set<String>> natives() {
    Map<String, Set<String>> names = new HashMap<>();
    for (Map<String, Key> section : KeyTable.get().sections().values()) {
      for (Key key : section.values()) {
        names.computeIfAbsent(key.keyword(), it -> new HashSet<>()).add(key.name());
      }
    }
    return names;
  }

  /** Named sections are two levels deep: under vips, checks and the like. */
  private void index(MappingNode tree) {
    for (NodeTuple top : tree.getValue()) {
      if (top.getValueNode() instanceof MappingNode named) {
        named
            .getValue()
            .forEach(it -> blocks.put(Reports.place(it.getKeyNode()), it.getValueNode()));
      }
    }
  }

  /** The names under a key at the top, also of what cannot be used. */
  public Set<String> names(String key) {
    return values(key)
        .filter(MappingNode.class::isInstance)
        .flatMap(it -> ((MappingNode) it).getValue().stream())
        .map(NodeTuple::getKeyNode)
        .filter(ScalarNode.class::isInstance)
        .map(it -> ((ScalarNode) it).getValue())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Whether names should stand under a key at the top, and what stands there has none. */
  public boolean isNameless(String key) {
    return values(key).anyMatch(it -> !(it instanceof MappingNode));
  }

  private Stream<Node> values(String key) {
    return trees.stream()
        .flatMap(tree -> tree.getValue().stream())
        .filter(it -> it.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key))
        .map(NodeTuple::getValueNode);
  }

  @Override
  public Place find(Place block, String list, String word) {
    Optional<NodeTuple> entry =
        inside(block).flatMap(node -> entry(node, listNames(list)).stream()).findFirst();
    return entry
        .map(
            it ->
                find(it.getValueNode(), Set.of(word))
                    .orElseGet(() -> Reports.place(it.getKeyNode())))
        .orElse(block);
  }

  @Override
  public Place findIn(Place block, String section, String keyword) {
    return inside(block)
        .flatMap(node -> entry(node, Set.of(section)).stream())
        .flatMap(it -> entry(it.getValueNode(), wordings(keyword)).stream())
        .findFirst()
        .map(it -> Reports.place(it.getKeyNode()))
        .orElse(block);
  }

  private Stream<? extends Node> inside(Place block) {
    return block.line() == 0 ? trees.stream() : Stream.ofNullable(blocks.get(block));
  }

  private static Set<String> listNames(String keyword) {
    return LISTS.containsKey(keyword) ? Set.of(LISTS.get(keyword)) : wordings(keyword);
  }

  private static Set<String> wordings(String keyword) {
    Set<String> names = new HashSet<>(NATIVE.getOrDefault(keyword, Set.of()));
    names.add(keyword);
    names.add(OptionNames.option(keyword));
    return names;
  }

  /** A key of a block with its value. */
  private static Optional<NodeTuple> entry(Node block, Set<String> names) {
    return block instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(
                it -> it.getKeyNode() instanceof ScalarNode key && names.contains(key.getValue()))
            .findFirst()
        : Optional.empty();
  }

  @Override
  public Place find(Place block, String keyword) {
    Set<String> names = wordings(keyword);
    Optional<Place> found = Optional.empty();
    if (block.line() == 0) {
      for (MappingNode tree : trees) {
        found = found.or(() -> find(tree, names));
      }
    } else if (blocks.containsKey(block)) {
      found = find(blocks.get(block), names);
    }
    return found.orElse(block);
  }

  @Override
  public boolean isOfKeepalived() {
    return false;
  }

  @Override
  public String name(String keyword) {
    return NATIVE.getOrDefault(keyword, Set.of()).stream().sorted().findFirst().orElse(keyword);
  }

  @Override
  public String wording(String keepalived, String own) {
    return own;
  }

  private static Optional<Place> find(Node node, Set<String> names) {
    if (node instanceof MappingNode mapping) {
      Optional<Place> key = entry(mapping, names).map(it -> Reports.place(it.getKeyNode()));
      if (key.isPresent()) {
        return key;
      }
      return first(mapping.getValue().stream().map(NodeTuple::getValueNode).toList(), names);
    }
    if (node instanceof SequenceNode sequence) {
      return first(sequence.getValue(), names);
    }
    boolean isMatch = node instanceof ScalarNode scalar && isNamed(scalar.getValue(), names);
    return isMatch ? Optional.of(Reports.place(node)) : Optional.empty();
  }

  /** An address is found with its prefix length and in any form, too. */
  private static boolean isNamed(String text, Set<String> names) {
    int slash = text.indexOf('/');
    String start = slash < 0 ? text : text.substring(0, slash);
    return names.contains(text)
        || names.contains(start)
        || IpAddress.parse(start).filter(it -> names.contains(it.toString())).isPresent();
  }

  private static Optional<Place> first(List<Node> nodes, Set<String> names) {
    for (Node node : nodes) {
      Optional<Place> found = find(node, names);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
