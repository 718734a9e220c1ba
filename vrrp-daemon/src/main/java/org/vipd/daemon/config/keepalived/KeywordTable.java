package org.vipd.daemon.config.keepalived;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All keywords by scope, from the resource {@code keywords.txt}. Only what somebody asks for is
 * understood: a daemon that starts uses a few of several hundred lines.
 */
public final class KeywordTable {

  private static final String RESOURCE = "keywords.txt";
  private static final String BLOCK = "block";
  private static final Set<String> ONE_VALUE = Set.of("int", "sec", "word");
  private static final Set<String> TOLERANT = Set.of("root", "global");
  private static final KeywordTable INSTANCE = new KeywordTable(text());

  /**
   * Keywords whose values have a record of their own in the model, so that no settings need them.
   */
  private static final Set<String> RECORDED =
      Set.of(
          "strict_mode",
          "vrrp_strict",
          "vrrp_min_garp",
          "smtp_server",
          "notification_email_from",
          "smtp_connect_timeout",
          "smtp_alert_vrrp",
          "enable_script_security",
          "startup_script",
          "shutdown_script",
          "notify_fifo",
          "vrrp_notify_fifo",
          "notify_fifo_script",
          "vrrp_notify_fifo_script",
          "nftables",
          "vrrp_iptables",
          "vrrp_ipsets",
          "vrrp_startup_delay",
          "vrrp_delay_after_boot",
          "dynamic_interfaces");

  private final Map<String, String> lines = new HashMap<>();
  private final Map<String, Keyword> read = new ConcurrentHashMap<>();

  private KeywordTable(String text) {
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      if (end > start && text.charAt(start) != '#') {
        add(text.substring(start, end));
      }
      start = end + 1;
    }
  }

  /** The table. */
  public static KeywordTable get() {
    return INSTANCE;
  }

  /** A keyword of a scope; empty when it is not known. */
  public Optional<Keyword> find(Scope scope, String name) {
    String key = key(scope.name().toLowerCase(Locale.ROOT), name);
    Keyword known = read.get(key);
    if (known == null && lines.containsKey(key)) {
      known = read.computeIfAbsent(key, it -> keyword(lines.get(it)));
    }
    return Optional.ofNullable(known);
  }

  /** The keywords of a scope, sorted. */
  public Set<String> names(Scope scope) {
    String prefix = key(scope.name().toLowerCase(Locale.ROOT), "");
    Set<String> names = new TreeSet<>();
    for (String key : lines.keySet()) {
      if (key.startsWith(prefix)) {
        names.add(key.substring(prefix.length()));
      }
    }
    return names;
  }

  /** The keywords of a scope that are nothing without braces. */
  Set<String> blocks(Scope scope) {
    return names(scope).stream()
        .filter(name -> find(scope, name).filter(Keyword::isBlock).isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the values of a keyword have a record of their own in the model. */
  public static boolean isRecorded(Scope scope, String keyword) {
    return RECORDED.contains(keyword) || (scope == Scope.GLOBAL && keyword.equals("smtp_alert"));
  }

  private void add(String line) {
    String key = line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1));
    if (lines.put(key, line) != null) {
      throw new IllegalStateException(RESOURCE + " lists twice: " + line);
    }
  }

  private static Keyword keyword(String line) {
    String[] columns = line.split(" ", 4);
    String shape = columns[2].replaceAll("[!?]$", "");
    String[] kind = shape.split(":", 3);
    boolean isOwn = kind[0].equals("own") || kind[0].equals(BLOCK);
    double without = isOwn ? Integer.MAX_VALUE : 0;
    return new Keyword(
        columns[1],
        Keyword.Kind.valueOf(kind[0].toUpperCase(Locale.ROOT)),
        kind.length == 3 ? Double.parseDouble(kind[1]) : 0,
        kind.length > 1 ? Double.parseDouble(kind[kind.length - 1]) : without,
        alone(columns[0], columns[2], kind[0]),
        Keyword.Effect.valueOf(columns[3].toUpperCase(Locale.ROOT)));
  }

  /** In blocks of its own keepalived ends for want of any value, elsewhere where the table says. */
  private static Keyword.Alone alone(String scope, String column, String kind) {
    if (column.endsWith("!")) {
      return Keyword.Alone.REFUSED;
    }
    if (column.endsWith("?")) {
      return Keyword.Alone.SKIPPED;
    }
    if (!ONE_VALUE.contains(kind)) {
      return Keyword.Alone.FINE;
    }
    return TOLERANT.contains(scope) ? Keyword.Alone.SKIPPED : Keyword.Alone.REFUSED;
  }

  private static String key(String scope, String name) {
    return scope + " " + name;
  }

  private static String text() {
    try (InputStream in = KeywordTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", e);
    }
  }
}
