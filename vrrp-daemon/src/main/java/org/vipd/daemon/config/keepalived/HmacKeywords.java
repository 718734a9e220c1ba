package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.keepalived.text.SecretFile;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.wire.authentication.HmacKey;
import org.vipd.protocol.wire.authentication.HmacSettings;

/** The keywords of {@code auth_hmac}: keys, the one that signs, replay protection and mode. */
final class HmacKeywords {

  private static final List<String> KNOWN =
      List.of("key", "active_key", "time_window", "anti_replay", "mode");

  private static final String FILE_PREFIX = "file:";

  private final Values values;
  private final List<HmacKey> keys = new ArrayList<>();
  private Optional<Statement> block = Optional.empty();
  private OptionalInt activeKey = OptionalInt.empty();
  private OptionalInt window = OptionalInt.empty();
  private HmacSettings.AntiReplay antiReplay = HmacSettings.AntiReplay.TIME;
  private boolean isUnreadable;
  private HmacSettings.Mode mode = HmacSettings.Mode.ENFORCE;

  HmacKeywords(Values values) {
    this.values = values;
  }

  void interpret(Statement statement) {
    block = Optional.of(statement);
    statement.children().forEach(this::keyword);
  }

  /** The settings; empty without a block or when the block cannot be used, which is an error. */
  Optional<AuthenticationConfig> assemble(long intervalNanos) {
    if (block.isEmpty()) {
      return Optional.empty();
    }
    int seconds = window.orElse(HmacSettings.defaultWindowSeconds(intervalNanos));
    int active = activeKey.orElse(0);
    if (isUnreadable) {
      return Optional.empty();
    }
    if (keys.stream().noneMatch(key -> key.id() == active)) {
      values.error(
          block.get().place(),
          activeKey.isEmpty()
              ? "auth_hmac has no active_key"
              : "active_key " + active + " is not among the keys of auth_hmac",
          "name one of the keys, or packets would go out unsigned");
      return Optional.empty();
    }
    return Optional.of(
        new AuthenticationConfig.Trailer(
            new HmacSettings(keys, active, antiReplay, seconds, mode)));
  }

  private void keyword(Statement statement) {
    switch (statement.keyword()) {
      case "key" -> key(statement);
      case "active_key" -> activeKey = values.integer(statement, 1, 255);
      case "time_window" -> window(statement);
      case "anti_replay" -> antiReplay(statement);
      case "mode" -> mode(statement);
      default -> unknown(statement);
    }
  }

  /** A key that is misspelt is missing, and that was said then. */
  private void unknown(Statement statement) {
    if (statement.keyword().matches("key[0-9:=].*")) {
      isUnreadable = true;
      values.error(
          statement.place(),
          "unknown keyword in auth_hmac, which begins with key",
          "write: key NUMBER SECRET");
    } else {
      values.unknownIn(statement, "auth_hmac", KNOWN);
    }
  }

  private void window(Statement statement) {
    Optional<Word> word = values.required(statement, "a number from 1 to 300");
    if (word.isPresent()) {
      window =
          values.numbers().exact("time_window", word.get(), 1, 300, "that of the interval is used");
    }
  }

  private void antiReplay(Statement statement) {
    String word = values.required(statement, "time or monotonic").map(Word::text).orElse("time");
    switch (word) {
      case "time" -> antiReplay = HmacSettings.AntiReplay.TIME;
      case "monotonic" -> antiReplay = HmacSettings.AntiReplay.MONOTONIC;
      default ->
          values.warning(
              statement.valuePlace(),
              "anti_replay must be time or monotonic, found '" + word + "'; it is ignored",
              "write time or monotonic");
    }
  }

  private void mode(Statement statement) {
    String word = values.required(statement, "a mode").map(Word::text).orElse("enforce");
    switch (word) {
      case "enforce" -> mode = HmacSettings.Mode.ENFORCE;
      case "permissive" -> mode = HmacSettings.Mode.PERMISSIVE;
      case "receive-only" -> mode = HmacSettings.Mode.RECEIVE_ONLY;
      default ->
          values.warning(
              statement.valuePlace(),
              "mode must be enforce, permissive or receive-only, found '"
                  + word
                  + "'; it is ignored",
              "write one of them");
    }
  }

  private void key(Statement statement) {
    Optional<Word> number = values.required(statement, "a number from 1 to 255 and the key");
    Optional<Word> value = statement.argument(1);
    if (number.isEmpty()) {
      return;
    }
    if (!number.get().text().matches("[0-9]{1,9}")) {
      // it may be the key
      values.error(
          number.get().place(),
          "key must be a whole number from 1 to 255 and the key, found something else",
          "write: key NUMBER SECRET");
      return;
    }
    OptionalInt id = values.integer("key", number.get(), 1, 255);
    if (value.isEmpty()) {
      values.error(statement.place(), "key " + number.get().text() + " has no value", "");
    } else if (id.isPresent() && keys.stream().anyMatch(key -> key.id() == id.getAsInt())) {
      values.error(statement.place(), "key " + id.getAsInt() + " is given twice", "delete one");
    } else if (id.isPresent()) {
      secret(value.get()).ifPresent(text -> add(id.getAsInt(), text, value.get()));
    }
  }

  private void add(int id, String text, Word word) {
    try {
      keys.add(HmacKey.parse(id, text));
    } catch (IllegalArgumentException e) {
      isUnreadable = true;
      values.error(word.place(), e.getMessage(), "make one: openssl rand -hex 32, after hex:");
    }
  }

  private Optional<String> secret(Word word) {
    if (!word.text().startsWith(FILE_PREFIX)) {
      return Optional.of(word.text());
    }
    String name = word.text().substring(FILE_PREFIX.length());
    String path = SecretFile.path(name, word.place());
    SecretFile file = SecretFile.read(path);
    if (!file.obstacle().isEmpty()) {
      isUnreadable = true;
      values.error(
          word.place(),
          "key file " + path + " cannot be read: " + file.obstacle(),
          SecretFile.hint(name));
      return Optional.empty();
    }
    if (file.isOpenToOthers()) {
      values.warning(
          word.place(), "key file " + path + " can be used by others", "run: chmod 600 " + path);
    }
    return Optional.of(file.text());
  }
}
