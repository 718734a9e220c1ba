package org.vipd.daemon.config.yaml.write;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.yaml.key.KeyTable;

/** Prints keys as YAML in block style, and keeps on which line each section begins. */
final class Emitter {

  /** Text that YAML reads as the same text without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+@%=-]*( [A-Za-z0-9_./+@%=-]+)*");

  private static final Pattern RESERVED =
      Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|\\.inf|\\.nan|auto");

  private static final Pattern IPV4 =
      Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+(/[0-9]+)?");
  private static final Pattern TIME = Pattern.compile("[0-9]+(ns|us|ms|s)");

  /** A secret that is left out; reading it is refused. */
  enum Hidden {
    SECRET;

    @Override
    public String toString() {
      return "{" + KeyTable.NOT_SHOWN + ": true}";
    }
  }

  private final StringBuilder out = new StringBuilder();
  private final Map<Place, Integer> lines = new HashMap<>();
  private int line;
  private final Gson quotes = new GsonBuilder().disableHtmlEscaping().create();

  Written written(Keys top) {
    top.values().forEach((name, value) -> entry("", name, value));
    return new Written(out.toString(), lines);
  }

  private void begin(Keys keys) {
    if (keys.place().line() > 0) {
      lines.putIfAbsent(keys.place(), line);
    }
  }

  private void end(String rest) {
    out.append(rest).append('\n');
    line++;
  }

  private void entry(String indent, String name, Object value) {
    if (value instanceof Keys keys) {
      begin(keys);
    }
    out.append(indent).append(scalar(name)).append(':');
    rest(indent, value);
  }

  private void rest(String indent, Object value) {
    if ((value instanceof Keys keys && keys.values().isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty())) {
      end(" {}");
    } else if (value instanceof List<?> list && list.isEmpty()) {
      end(" []");
    } else if (value instanceof Keys keys) {
      end("");
      keys.values().forEach((name, it) -> entry(indent + "  ", name, it));
    } else if (value instanceof Map<?, ?> map) {
      end("");
      map.forEach((name, it) -> entry(indent + "  ", name.toString(), it));
    } else if (value instanceof List<?> list) {
      end("");
      list.forEach(it -> item(indent + "  ", it));
    } else {
      end(" " + scalar(value));
    }
  }

  private void item(String indent, Object value) {
    if (!(value instanceof Keys keys) || keys.values().isEmpty()) {
      out.append(indent).append('-');
      rest(indent, value);
      return;
    }
    begin(keys);
    String lead = indent + "- ";
    for (Map.Entry<String, Object> it : keys.values().entrySet()) {
      out.append(lead).append(scalar(it.getKey())).append(':');
      rest(indent + "  ", it.getValue());
      lead = indent + "  ";
    }
  }

  private String scalar(Object value) {
    if (value instanceof Number || value instanceof Boolean || value instanceof Hidden) {
      return value.toString();
    }
    String text = value.toString();
    boolean isPlain = PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches();
    boolean isSafe = isPlain || IPV4.matcher(text).matches() || TIME.matcher(text).matches();
    return isSafe ? text : quotes.toJson(text);
  }
}
