package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/** The keywords of {@code vrrp_sync_group}. */
final class GroupKeywords {

  private final Values values;
  private final SettingsReader reader;
  private final TrackKeywords tracks;
  private final HookKeywords hooks;
  private final List<String> members = new ArrayList<>();

  GroupKeywords(Values values) {
    this.values = values;
    this.reader = new SettingsReader(values, Scope.GROUP);
    this.tracks = new TrackKeywords(values);
    this.hooks = new HookKeywords(values);
  }

  Optional<SyncGroup> interpret(Statement block) {
    Optional<Word> name = values.wanted(block, "a name");
    values.enter(block);
    block.children().stream().filter(reader::leaves).forEach(this::keyword);
    if (name.isPresent() && members.isEmpty()) {
      if (values.isWhole() && !values.isSaid("group", Scope.GROUP)) {
        values.warning(
            block.place(),
            "vrrp_sync_group " + name.get().text() + " has no members and is left out",
            "list them: group { NAME NAME }");
      }
      return Optional.empty();
    }
    return name.filter(it -> BlockNames.isUsable("vrrp_sync_group", it, values))
        .map(
            word ->
                new SyncGroup(
                    word.text(),
                    block.place(),
                    members,
                    tracks.checks(),
                    tracks.tracks(),
                    hooks.config(),
                    reader.settings()));
  }

  private void keyword(Statement statement) {
    if (statement.keyword().equals("group")) {
      members.addAll(names(statement));
    } else if (!tracks.accept(statement) && !hooks.accept(statement)) {
      throw new IllegalStateException("no code reads the keyword " + statement.keyword());
    }
  }

  /** All words of a block that lists names. */
  static List<String> names(Statement block) {
    return block.children().stream()
        .flatMap(statement -> statement.words().stream())
        .map(Word::text)
        .toList();
  }
}
