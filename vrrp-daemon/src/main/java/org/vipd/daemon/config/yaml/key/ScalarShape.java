package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.vipd.daemon.config.Digits;
import org.vipd.daemon.config.Similar;
import org.vipd.protocol.value.IpAddress;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A single value. */
record ScalarShape(
    String words, Style style, List<String> choices, Function<String, Optional<Object>> reader)
    implements Shape {

  private static final String ADDRESS_PATTERN = "^[0-9A-Fa-f.:]+$";
  private static final String NETWORK_PATTERN = "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$";
  private static final String DEVICE_PATTERN = "^[!-.0-9;-~]{1,15}$";
  private static final Pattern DEVICE = Pattern.compile(DEVICE_PATTERN);

  private static final int FILE_WEIGHT = 254;

  private static final Map<String, String> SWITCHES =
      Map.of(
          "yes", "true", "on", "true", "true", "true", "no", "false", "off", "false", "false",
          "false");

  /** Words of keepalived that are called otherwise here. */
  private static final Map<String, String> KEEPALIVED =
      Map.of("pass", "password", "ah", "header", "auth_hmac", "hmac", "unicast", "auto");

  /** Some readers of YAML take such a number for octal, others for decimal. */
  private static final Pattern OCTAL = Pattern.compile("-?0[0-9]{1,9}");

  /** Which form a value has in YAML, and the JSON Schema of it. */
  private record Style(String type, boolean isPlain, String pattern, Optional<Range> range) {}

  private record Range(long lowest, long highest) {}

  static ScalarShape text() {
    return of("a text", "string", "", Optional::of);
  }

  /** A text that says something. */
  static ScalarShape filled() {
    return of(
        "a text", "string", "", text -> text.isBlank() ? Optional.empty() : Optional.of(text));
  }

  static ScalarShape toggle() {
    return new ScalarShape(
        "true or false",
        new Style("boolean", true, "", Optional.empty()),
        List.of(),
        text ->
            text.equals("true") || text.equals("false")
                ? Optional.of(text.equals("true"))
                : Optional.empty());
  }

  static ScalarShape number(long lowest, long highest) {
    return new ScalarShape(
        "a whole number from " + lowest + " to " + highest,
        new Style("integer", true, "", Optional.of(new Range(lowest, highest))),
        List.of(),
        text -> whole(text, lowest, highest));
  }

  /** That of an entry of {@code track}: whoever reads the entry knows which of the two it is. */
  static ScalarShape trackWeight() {
    ScalarShape widest = number(-FILE_WEIGHT, FILE_WEIGHT);
    return new ScalarShape(
        "a whole number from -253 to 253, or from -254 to 254 for a file or process",
        widest.style,
        widest.choices,
        widest.reader);
  }

  static ScalarShape time(String lowest, String highest) {
    return of(
        "a time from " + lowest + " to " + highest + " with its unit",
        "string",
        TimeText.PATTERN,
        TimeText.within(lowest, highest));
  }

  static ScalarShape choice(List<String> choices) {
    return new ScalarShape(
        "one of " + String.join(", ", choices),
        new Style("string", false, "", Optional.empty()),
        choices,
        text -> choices.contains(text) ? Optional.of(text) : Optional.empty());
  }

  static ScalarShape address() {
    return of(
        "an IP address", "string", ADDRESS_PATTERN, text -> IpAddress.parse(text).map(it -> it));
  }

  static ScalarShape network() {
    return of(
        "an IP address, perhaps with its prefix length",
        "string",
        NETWORK_PATTERN,
        text -> Prefix.parse(text).map(it -> it));
  }

  static ScalarShape device() {
    return of(
        "the name of a network interface (1 to 15 characters, no slash, no colon)",
        "string",
        DEVICE_PATTERN,
        text -> DEVICE.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  private static ScalarShape of(
      String words, String type, String pattern, Function<String, Optional<Object>> reader) {
    return new ScalarShape(
        words, new Style(type, false, pattern, Optional.empty()), List.of(), reader);
  }

  private static Optional<Object> whole(String text, long lowest, long highest) {
    boolean hasZeroFirst = text.startsWith("0") || text.startsWith("-0");
    if ((hasZeroFirst && OCTAL.matcher(text).matches()) || text.startsWith("+")) {
      return Optional.empty();
    }
    OptionalLong value = Digits.whole(text);
    return value.isPresent() && value.getAsLong() >= lowest && value.getAsLong() <= highest
        ? Optional.of(value.getAsLong())
        : Optional.empty();
  }

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (!fits(node)) {
      return reports.refuse(node, label, this);
    }
    String text = ((ScalarNode) node).getValue();
    Optional<Object> value = reader.apply(text);
    if (value.isPresent()) {
      return value;
    }
    if (text.isBlank() && isText()) {
      reports.error(Reports.place(node), label + " is empty", "write it, or delete the line");
      return Optional.empty();
    }
    if (style.pattern().equals(TimeText.PATTERN) && text.matches("[0-9.]+")) {
      reports.error(
          Reports.place(node),
          label + " needs a unit, found '" + text + "'",
          "write " + text + "s, or " + text + "ms");
      return Optional.empty();
    }
    if (style.range().isPresent() && OCTAL.matcher(text).matches()) {
      reports.error(
          Reports.place(node),
          label + " has a leading zero, which YAML takes for octal: '" + text + "'",
          "write it without the zero: " + Long.parseLong(text));
      return Optional.empty();
    }
    Optional<String> meant = meant(text);
    return meant.isPresent()
        ? reports.refuse(node, label, this, "write " + meant.get())
        : reports.refuse(node, label, this);
  }

  private boolean reads(String text) {
    return reader.apply(text).isPresent();
  }

  private boolean isText() {
    return style.type().equals("string") && choices.isEmpty() && style.pattern().isEmpty();
  }

  /** What is written in another language, or nearly right. */
  private Optional<String> meant(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (style.pattern().equals(TimeText.PATTERN)) {
      return TimeText.meant(lower).filter(it -> reader.apply(it).isPresent());
    }
    if (style.type().equals("boolean")) {
      return Optional.ofNullable(SWITCHES.get(lower));
    }
    if (text.matches("\\+[0-9]+")) {
      return Optional.of(text.substring(1)).filter(it -> reads(it));
    }
    boolean isAddress = style.pattern().equals(ADDRESS_PATTERN);
    if ((isAddress || style.pattern().equals(NETWORK_PATTERN))
        && text.matches("[A-Za-z][A-Za-z0-9.-]*\\.[A-Za-z]+|[G-Zg-z][A-Za-z0-9.-]*|[A-Za-z]+")) {
      return Optional.of("its address: names are not looked up");
    }
    if (isAddress && text.indexOf('/') > 0) {
      return Optional.of(text.substring(0, text.indexOf('/'))).filter(it -> reads(it));
    }
    if (text.matches(".+[,;]")) {
      return Optional.of(text.substring(0, text.length() - 1)).filter(it -> reads(it));
    }
    return Optional.ofNullable(KEEPALIVED.get(lower))
        .filter(choices::contains)
        .or(() -> Similar.to(lower, choices));
  }

  /** A word such as {@code no} that YAML takes for something else is no text. */
  @Override
  public boolean fits(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return false;
    }
    boolean isText = !scalar.isPlain();
    boolean isOther = scalar.getTag().equals(Tag.NULL) || scalar.getTag().equals(Tag.BOOL);
    return style.isPlain() ? !isText : isText || !isOther;
  }

  @Override
  public Object literal(String text) {
    return reader
        .apply(text)
        .orElseThrow(() -> new IllegalStateException("default is not " + words + ": " + text));
  }

  @Override
  public JsonObject schema() {
    JsonObject schema = new JsonObject();
    if (isText()) {
      JsonArray types = new JsonArray();
      types.add("string");
      types.add("number");
      schema.add("type", types);
      return schema;
    }
    schema.addProperty("type", style.type());
    if (!style.pattern().isEmpty()) {
      schema.addProperty("pattern", style.pattern());
    }
    style.range().ifPresent(range -> schema.addProperty("minimum", range.lowest()));
    style.range().ifPresent(range -> schema.addProperty("maximum", range.highest()));
    if (!choices.isEmpty()) {
      JsonArray values = new JsonArray();
      choices.forEach(values::add);
      schema.add("enum", values);
    }
    return schema;
  }
}
