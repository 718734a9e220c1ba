package org.vipd.daemon.config.keepalived;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.wire.authentication.HmacKey;
import org.vipd.protocol.wire.authentication.HmacSettings;

/** The keywords of {@code auth_hmac}: keys, the one that signs, replay protection and mode. */
final class HmacKeywords {

  private static final String FILE_PREFIX = "file:";
  private static final int KEY_FILE_LIMIT = 4096;

  private final Values values;
  private final List<HmacKey> keys = new ArrayList<>();
  private Optional<Statement> block = Optional.empty();
  private OptionalInt activeKey = OptionalInt.empty();
  private OptionalInt window = OptionalInt.empty();
  private HmacSettings.AntiReplay antiReplay = HmacSettings.AntiReplay.TIME;
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
      case "time_window" -> window = values.integer(statement, 1, 300);
      case "anti_replay" -> antiReplay(statement);
      case "mode" -> mode(statement);
      default -> values.unknownIn(statement, "auth_hmac");
    }
  }

  private void antiReplay(Statement statement) {
    String word = values.required(statement, "time or monotonic").map(Word::text).orElse("time");
    switch (word) {
      case "time" -> antiReplay = HmacSettings.AntiReplay.TIME;
      case "monotonic" -> antiReplay = HmacSettings.AntiReplay.MONOTONIC;
      default ->
          values.error(
              statement.place(), "anti_replay must be time or monotonic, found '" + word + "'", "");
    }
  }

  private void mode(Statement statement) {
    String word = values.required(statement, "a mode").map(Word::text).orElse("enforce");
    switch (word) {
      case "enforce" -> mode = HmacSettings.Mode.ENFORCE;
      case "permissive" -> mode = HmacSettings.Mode.PERMISSIVE;
      case "receive-only" -> mode = HmacSettings.Mode.RECEIVE_ONLY;
      default ->
          values.error(
              statement.place(),
              "mode must be enforce, permissive or receive-only, found '" + word + "'",
              "");
    }
  }

  private void key(Statement statement) {
    Optional<Word> number = values.required(statement, "a number from 1 to 255 and the key");
    Optional<Word> value = statement.argument(1);
    if (number.isEmpty()) {
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
      values.error(word.place(), e.getMessage(), "make one: openssl rand -hex 32, after hex:");
    }
  }

  private Optional<String> secret(Word word) {
    if (!word.text().startsWith(FILE_PREFIX)) {
      return Optional.of(word.text());
    }
    Path path = Path.of(word.text().substring(FILE_PREFIX.length()));
    try {
      if (Files.size(path) > KEY_FILE_LIMIT) {
        values.error(word.place(), path + " is larger than a key can be", "is it the right file?");
        return Optional.empty();
      }
      warnOfReaders(path, word);
      return Optional.of(Files.readString(path, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      values.error(word.place(), "key file " + path + " cannot be read: " + e.getMessage(), "");
      return Optional.empty();
    }
  }

  private void warnOfReaders(Path path, Word word) throws IOException {
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(path);
    open.removeIf(permission -> permission.name().startsWith("OWNER"));
    if (!open.isEmpty()) {
      values.warning(
          word.place(), "key file " + path + " can be used by others", "run: chmod 600 " + path);
    }
  }
}
