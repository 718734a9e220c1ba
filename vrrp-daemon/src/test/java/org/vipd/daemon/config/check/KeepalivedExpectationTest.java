package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.testkit.Corpus;

/**
 * Compares vipd with what keepalived 2.4.3 made of 190 configurations: whether it ran, and every
 * field of every instance that does not depend on running state. What differs must stand, with its
 * reason, in {@code keepalived-differences.txt}.
 */
class KeepalivedExpectationTest {

  /** Fields that keepalived sets from what happens after the start. */
  private static final Set<String> RUNNING_STATE = Set.of("auth_data");

  /** keepalived's number for FAULT: a check failed when the dump was made. */
  private static final JsonElement FAULT = new JsonPrimitive(3);

  private static final List<Decision> DECISIONS = Decision.all();

  @Test
  void agreesWithKeepalivedOnEveryCollectedConfiguration() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String collection : Corpus.COLLECTIONS) {
      Path folder = Corpus.folder(collection);
      String expected = Files.readString(folder.resolve("expected.json"));
      for (JsonElement entry : JsonParser.parseString(expected).getAsJsonArray()) {
        compare(folder, entry.getAsJsonObject(), found);
      }
    }
    assertThat(unexplained(found)).as("differences without a reason").isEmpty();
    assertThat(idle(found)).as("reasons without a difference").isEmpty();
    assertThat(DECISIONS).hasSizeLessThan(10);
  }

  private static void compare(Path folder, JsonObject entry, Map<String, String> found) {
    Path file = folder.resolve(entry.get("file").getAsString());
    String name = folder.getFileName() + "/" + file.getFileName();
    LoadResult result = KeepalivedReader.read(file, new SourceOptions("test", Map.of(), 1));
    boolean runs = entry.get("runs").getAsBoolean();
    RecordedHost host = new RecordedHost(entry);
    boolean wouldRun = result.config().filter(host::hasInterfacesOf).isPresent();
    if (wouldRun != runs) {
      found.put(name + " runs", "keepalived " + runs + ", vipd " + wouldRun);
    } else if (runs) {
      JsonArray own = new KeepalivedJson(result.config().orElseThrow(), host).instances();
      instances(name, entry.get("instances"), own, found);
    }
  }

  private static void instances(
      String name, JsonElement theirs, JsonArray own, Map<String, String> found) {
    JsonArray expected = theirs.isJsonNull() ? new JsonArray() : theirs.getAsJsonArray();
    if (expected.size() != own.size()) {
      found.put(name + " instances", "keepalived " + expected.size() + ", vipd " + own.size());
      return;
    }
    for (int i = 0; i < own.size(); i++) {
      fields(name, expected.get(i).getAsJsonObject(), own.get(i).getAsJsonObject(), found);
    }
  }

  private static void fields(
      String name, JsonObject theirs, JsonObject own, Map<String, String> found) {
    Set<String> keys = new TreeSet<>(theirs.keySet());
    keys.addAll(own.keySet());
    keys.removeAll(RUNNING_STATE);
    for (String key : keys) {
      JsonElement expected = withoutState(theirs.get(key));
      boolean isFault = key.equals("wantstate") && FAULT.equals(expected);
      if (!isFault && !same(expected, own.get(key))) {
        found.put(name + " " + key, "keepalived " + expected + ", vipd " + own.get(key));
      }
    }
  }

  private static boolean same(JsonElement one, JsonElement other) {
    if (one == null || other == null) {
      return false;
    }
    return (isNumber(one) && isNumber(other))
        ? one.getAsBigDecimal().compareTo(other.getAsBigDecimal()) == 0
        : one.equals(other);
  }

  private static boolean isNumber(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
  }

  /** An address that is on the interface is marked; that is running state. */
  private static JsonElement withoutState(JsonElement element) {
    if (element == null || !element.isJsonArray()) {
      return element;
    }
    JsonArray stripped = new JsonArray();
    for (JsonElement text : element.getAsJsonArray()) {
      stripped.add(text.getAsString().replaceAll(" (?:set|nftable_set|iptable_set)\\b", ""));
    }
    return stripped;
  }

  private static List<String> unexplained(Map<String, String> found) {
    return found.entrySet().stream()
        .filter(entry -> DECISIONS.stream().noneMatch(it -> it.explains(entry.getKey())))
        .map(Object::toString)
        .toList();
  }

  private static List<Decision> idle(Map<String, String> found) {
    return DECISIONS.stream()
        .filter(decision -> found.keySet().stream().noneMatch(decision::explains))
        .toList();
  }

  /** A difference that is wanted. */
  private record Decision(List<String> files, List<String> fields, String reason) {

    static List<Decision> all() {
      try (InputStream in =
          KeepalivedExpectationTest.class.getResourceAsStream("/keepalived-differences.txt")) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .filter(line -> !line.startsWith("values/"))
            .map(Decision::parse)
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Decision parse(String line) {
      String[] columns = line.split(" \\| ", 3);
      return new Decision(
          List.of(columns[0].split(", ")), List.of(columns[1].split(", ")), columns[2]);
    }

    boolean explains(String difference) {
      String file = difference.substring(0, difference.lastIndexOf(' '));
      String field = difference.substring(file.length() + 1);
      return fields.contains(field) && (files.contains("*") || files.contains(file));
    }
  }

  /** The host that keepalived ran on, as the entry records it. */
  private static final class RecordedHost implements HostView {

    private final Set<String> interfaces = new HashSet<>();
    private final List<String> commands = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();

    @Override
    public Optional<String> obstacle(String word, Optional<Account> account) {
      return program(word).isPresent() ? Optional.empty() : Optional.of("was not there");
    }

    @Override
    public List<Network> networks(String interfaceName) {
      return List.of();
    }

    @Override
    public OptionalInt mtu(String interfaceName) {
      return OptionalInt.empty();
    }

    RecordedHost(JsonObject entry) {
      entry.get("interfaces").getAsJsonArray().forEach(it -> interfaces.add(it.getAsString()));
      entry.get("commands").getAsJsonArray().forEach(it -> commands.add(it.getAsString()));
      entry.get("messages").getAsJsonArray().forEach(it -> messages.add(it.getAsString()));
    }

    /** keepalived refuses to start without an interface; vipd waits for it. */
    boolean hasInterfacesOf(DaemonConfig config) {
      return config.instances().stream()
          .allMatch(instance -> hasInterface(instance.key().interfaceName()));
    }

    @Override
    public boolean hasInterface(String name) {
      return interfaces.contains(name);
    }

    @Override
    public List<String> interfaces() {
      return List.copyOf(interfaces);
    }

    @Override
    public Optional<String> program(String word) {
      if (!commands.contains(word)
          || messages.contains("Wrong file type found in script path '" + word + "'.")) {
        return Optional.empty();
      }
      String start = "WARNING - script `" + word + "` resolved by path search to `";
      return messages.stream()
          .filter(message -> message.startsWith(start))
          .map(message -> message.substring(start.length(), message.indexOf('`', start.length())))
          .findFirst()
          .or(() -> Optional.of(word));
    }

    @Override
    public boolean hasUser(String name) {
      return messages.stream()
          .noneMatch(message -> message.startsWith("Script user '" + name + "' does not exist"));
    }
  }
}
