package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.keepalived.text.BlockWords;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.track.TrackerConfig;

/** The keywords at the top of the file. */
final class RootKeywords {

  private static final Set<String> LVS_BLOCKS =
      Set.of(
          "virtual_server",
          "virtual_server_group",
          "real_server",
          "SSL",
          "local_address_group",
          "checker_threads");

  /** In so many statements of another file a keyword of this one is looked for. */
  private static final int OTHERS_LIMIT = 100;

  private final Values values;
  private final GlobalKeywords global;
  private final SettingsReader reader;
  private final TrackerKeywords trackers;
  private final NetworkKeywords network;
  private final Map<String, CheckConfig> checks = new LinkedHashMap<>();
  private final Map<String, InstanceConfig> instances = new LinkedHashMap<>();
  private final List<SyncGroup> groups = new ArrayList<>();
  private final Set<String> named = new HashSet<>();
  private final Set<String> leftOutGroups = new HashSet<>();
  private int lvsBlocks;
  private boolean isOther;
  private int others;

  RootKeywords(Problems problems) {
    this.values = new Values(problems);
    this.global = new GlobalKeywords(values);
    this.reader = new SettingsReader(values, Scope.ROOT);
    this.trackers = new TrackerKeywords(values);
    this.network = new NetworkKeywords(values);
  }

  DaemonConfig interpret(String file, List<Statement> written) {
    List<Statement> tree = new EmptyWords(values).without(written);
    // instances start from the global settings, wherever in the file those stand
    List<Statement> globalBlocks = tree.stream().filter(RootKeywords::isGlobal).toList();
    isOther = isOther(tree);
    values.useScriptDefaults(ScriptDefaults.of(globalBlocks, values));
    globalBlocks.forEach(global::interpret);
    tree.stream().filter(statement -> !isGlobal(statement)).forEach(this::statement);
    if (instances.isEmpty() && !values.hasErrors() && !isMisspelt(tree)) {
      nothing(file);
    }
    TrackerConfig known = trackers.config();
    TreePlaces places = new TreePlaces(tree);
    Resolver resolver = new Resolver(values, checks, known, places);
    instances.replaceAll((name, instance) -> resolver.instance(instance));
    resolver.reportSharedIdentities(instances.values());
    List<SyncGroup> resolved = resolver.groups(groups, instances.keySet());
    instances.replaceAll((name, instance) -> resolver.withoutIdleWeights(instance, resolved));
    instances.replaceAll((name, instance) -> resolver.grouped(instance, resolved));
    return new DaemonConfig(
        global.routerId(),
        List.copyOf(instances.values()),
        List.copyOf(checks.values()),
        resolved,
        known,
        new TrackGroups(values, tree, places).resolved(network.config(), instances.keySet()),
        global.config(reader.settings()));
  }

  /** Whether no statement is one of keepalived, nor looks as if it was meant to be one. */
  private static boolean isOther(List<Statement> tree) {
    return !tree.isEmpty()
        && tree.stream().noneMatch(it -> knows(it.keyword()))
        && tree.stream()
            .limit(OTHERS_LIMIT)
            .allMatch(it -> new Guess(it, Scope.ROOT).hint().isEmpty());
  }

  /** Whether instances are missing because of a word of which that was said. */
  private static boolean isMisspelt(List<Statement> tree) {
    return tree.stream()
        .limit(OTHERS_LIMIT)
        .filter(it -> !knows(it.keyword()))
        .anyMatch(it -> new Guess(it, Scope.ROOT).isOneOf(List.of("vrrp_instance")));
  }

  private void nothing(String file) {
    if (isOther) {
      values.warning(
          Place.ofFile(file),
          "has no keyword of keepalived.conf at its top, so there is nothing to do",
          "is it the right file? the name of a vipd.yaml ends in .yaml");
    } else {
      values.warning(
          Place.ofFile(file),
          "defines no vrrp_instance, so no address moves",
          "add a vrrp_instance block");
    }
  }

  /** Which words begin blocks. */
  static BlockWords blocks() {
    return new KnownBlocks(KeywordTable.get());
  }

  /** Whether a word may begin something at the top of a file. */
  static boolean knows(String word) {
    return LVS_BLOCKS.contains(word) || KeywordTable.get().find(Scope.ROOT, word).isPresent();
  }

  private static boolean isGlobal(Statement statement) {
    return statement.keyword().equals("global_defs");
  }

  /** Whether a block at the top of a file is skipped as a whole. */
  static boolean skips(Statement statement) {
    return LVS_BLOCKS.contains(statement.keyword());
  }

  private void statement(Statement statement) {
    if (isOther && (++others > OTHERS_LIMIT || new Guess(statement, Scope.ROOT).hint().isEmpty())) {
      // that it is another file is said once
      return;
    }
    if (skips(statement)) {
      lvsBlock(statement);
    } else if (reader.leaves(statement)) {
      block(statement);
    }
  }

  private void block(Statement statement) {
    switch (statement.keyword()) {
      case "vrrp_script" -> check(statement);
      case "vrrp_instance" -> instance(statement);
      case "vrrp_sync_group" -> group(statement);
      default -> {
        if (!trackers.accept(statement) && !network.accept(statement)) {
          throw new IllegalStateException("no code reads the block " + statement.keyword());
        }
      }
    }
  }

  private void lvsBlock(Statement statement) {
    if (lvsBlocks++ == 0) {
      values.warning(
          statement.place(),
          "LVS blocks such as " + statement.keyword() + " are skipped: vipd does not balance load",
          "keep them in a keepalived of their own");
    }
    swallowed(statement, statement);
  }

  /** Routers in such a block are there because one of its braces is missing. */
  private void swallowed(Statement block, Statement around) {
    for (Statement inside : around.children()) {
      if (inside.keyword().equals("vrrp_instance")) {
        values.error(
            inside.place(),
            "vrrp_instance stands in the block " + block.keyword() + ", which is skipped",
            "is a } missing above it?");
      } else {
        swallowed(block, inside);
      }
    }
  }

  private void check(Statement statement) {
    Optional<CheckConfig> check = new CheckKeywords(values).interpret(statement);
    if (check.isPresent() && checks.putIfAbsent(check.get().name(), check.get()) != null) {
      values.warning(
          statement.place(),
          "vrrp_script " + check.get().name() + " is defined twice; the first one is used",
          "rename or delete one");
    }
  }

  private void group(Statement statement) {
    Optional<SyncGroup> group = new GroupKeywords(values).interpret(statement);
    if (group.isEmpty()) {
      statement.argument(0).map(Word::text).ifPresent(leftOutGroups::add);
      return;
    }
    if (leftOutGroups.contains(group.get().name())) {
      values.warning(
          statement.place(),
          "vrrp_sync_group "
              + group.get().name()
              + " is defined twice; this one is used, where keepalived has only the first one,"
              + " which is left out",
          "delete the first one");
    }
    groups.add(group.get());
  }

  private void instance(Statement statement) {
    Optional<String> name = statement.argument(0).map(Word::text);
    if (name.isPresent() && !named.add(name.get())) {
      values.warning(
          statement.place(),
          "vrrp_instance "
              + name.get()
              + " is defined twice; the first one is used, as in keepalived",
          "rename or delete one; what is in this one was not looked at");
      return;
    }
    new InstanceKeywords(values, global)
        .interpret(statement)
        .ifPresent(it -> instances.put(it.name(), it));
  }
}
