package org.vipd.daemon.config;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The notify scripts of an instance.
 *
 * @param commands by occasion; absent occasions have no script
 */
public record HookConfig(Map<Occasion, CommandConfig> commands) {

  /** When a script runs. */
  public enum Occasion {
    MASTER("notify_master"),
    BACKUP("notify_backup"),
    FAULT("notify_fault"),
    STOP("notify_stop"),
    /** When the instance is gone after a reload. */
    DELETED("notify_deleted"),
    /** When an Active hears a router of lower priority that is Active too. */
    RIVAL("notify_master_rx_lower_pri"),
    /** On each of them, with {@code INSTANCE name state priority} appended. */
    ANY("notify");

    private final String keyword;

    Occasion(String keyword) {
      this.keyword = keyword;
    }

    /** The keyword of keepalived. */
    public String keyword() {
      return keyword;
    }
  }

  public HookConfig {
    EnumMap<Occasion, CommandConfig> copy = new EnumMap<>(Occasion.class);
    copy.putAll(commands);
    commands = Map.copyOf(copy);
  }

  /** No scripts. */
  public static HookConfig none() {
    return new HookConfig(Map.of());
  }

  /** The script of an occasion. */
  public Optional<CommandConfig> command(Occasion occasion) {
    return Optional.ofNullable(commands.get(occasion));
  }
}
