package org.vipd.protocol.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/**
 * Checked-in packets: blocks of {@code [name]} and {@code key value} lines; {@code bytes} lines are
 * put together.
 */
final class PacketFile {
  private PacketFile() {}

  /** One block. */
  record Entry(String name, Map<String, String> values) {
    String value(String key) {
      String value = values.get(key);
      if (value == null) {
        throw new IllegalArgumentException("[" + name + "] has no line \"" + key + "\"");
      }
      return value;
    }

    String value(String key, String otherwise) {
      return values.getOrDefault(key, otherwise);
    }

    IpAddress address(String key) {
      return Frames.address(value(key));
    }

    ByteBuffer bytes() {
      return Frames.bytes(value("bytes").replace(" ", ""));
    }

    /** The words {@code key=value} of a line. */
    Map<String, String> words(String key) {
      Map<String, String> words = new HashMap<>();
      for (String word : value(key).split(" ", -1)) {
        int equals = word.indexOf('=');
        words.put(word.substring(0, equals), word.substring(equals + 1));
      }
      return words;
    }

    Advertisement advertisement() {
      Map<String, String> said = words("says");
      LocalRouter router = router(said);
      return new Advertisement(
          router.version(),
          router.vrid(),
          Priority.of(Integer.parseInt(said.get("priority"))),
          router.interval(),
          router.addresses());
    }
  }

  static LocalRouter router(Map<String, String> words) {
    List<IpAddress> addresses =
        Stream.of(words.get("addresses").split(",", -1)).map(Frames::address).toList();
    return new LocalRouter(
        words.get("version").equals("2") ? VrrpVersion.V2 : VrrpVersion.V3,
        Vrid.of(Integer.parseInt(words.get("vrid"))),
        AdvertInterval.ofCentiseconds(Integer.parseInt(words.get("interval"))),
        AddressList.of(addresses.get(0).family(), addresses));
  }

  static Authentication authentication(String text) {
    String[] parts = text.split(":", 2);
    return switch (parts[0]) {
      case "none" -> NoAuthentication.INSTANCE;
      case "pass" -> SimplePassword.of(parts[1]);
      case "ah" -> AuthenticationHeader.of(parts[1]);
      default -> throw new IllegalArgumentException("unknown authentication " + text);
    };
  }

  /** The blocks of a file beside this class; an empty file is an error. */
  static List<Entry> read(String file) {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines(file)) {
      if (line.startsWith("[")) {
        entries.add(new Entry(line.substring(1, line.length() - 1), new HashMap<>()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" ", 2);
        String value = parts.length > 1 ? parts[1] : "";
        entries
            .get(entries.size() - 1)
            .values()
            .merge(parts[0], value, (before, more) -> before + " " + more);
      }
    }
    if (entries.isEmpty()) {
      throw new IllegalStateException("no packets in " + file);
    }
    return entries;
  }

  private static List<String> lines(String file) {
    try (InputStream in = PacketFile.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
