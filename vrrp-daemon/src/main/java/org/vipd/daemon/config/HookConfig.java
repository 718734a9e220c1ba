package org.vipd.daemon.config;

import java.util.EnumMap;
import java.util.Locale;
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
    /** Before an Active gives its addresses up of its own accord; that waits for its end. */
    BEFORE_RELEASE("before_release"),
    /** On each change of state, with {@code INSTANCE name state priority} appended. */
    ANY("notify");

    private final String keyword;

    Occasion(String keyword) {
      this.keyword = keyword;
    }

    /** The keyword in keepalived.conf. */
    public String keyword() {
      return keyword;
    }

    /** The key in vipd.yaml. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
