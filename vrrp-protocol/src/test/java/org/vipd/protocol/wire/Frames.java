package org.vipd.protocol.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** Test packets: Ethernet frames in hexadecimal, cut into envelope and payload as a socket does. */
final class Frames {
  private static final Path SHARED = Path.of("..", "..", "shared", "packets");
  private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*\\}");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\\s*\"([^\"]*)\"");

  private Frames() {}

  /** A packet as the decoder gets it. */
  record Packet(IpEnvelope envelope, ByteBuffer payload) {}

  /** A file beside the repository; without it the test is skipped, and says so. */
  static Path reference(String file) {
    Path path = SHARED.resolve(file);
    if (!Files.isReadable(path)) {
      System.out.println("SKIPPED: reference packets are not here: " + path);
    }
    assumeTrue(Files.isReadable(path), "skipped: reference packets are not here: " + path);
    return path;
  }

  /** Rows of one of the reference packet files; without it the test is skipped. */
  static List<Map<String, String>> shared(String file) {
    Path path = reference(file);
    List<Map<String, String>> rows = new ArrayList<>();
    try {
      Matcher objects = OBJECT.matcher(Files.readString(path));
      while (objects.find()) {
        Map<String, String> row = new HashMap<>();
        Matcher fields = FIELD.matcher(objects.group());
        while (fields.find()) {
          row.put(fields.group(1), fields.group(2));
        }
        rows.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  static IpAddress address(String literal) {
    return IpAddress.parse(literal).orElseThrow();
  }

  /** Cuts a frame by the lengths of the IP header. */
  static Packet packet(String frameHex) {
    ByteBuffer frame = bytes(frameHex);
    int ip = 14;
    if (frame.get(ip) >>> 4 == 4) {
      int headerLength = (frame.get(ip) & 0x0F) * 4;
      int total = Math.min(frame.getShort(ip + 2), frame.limit() - ip);
      IpEnvelope envelope =
          new IpEnvelope(
              IpAddress.read(AddressFamily.IPV4, frame, ip + 12),
              IpAddress.read(AddressFamily.IPV4, frame, ip + 16),
              Byte.toUnsignedInt(frame.get(ip + 8)),
              Byte.toUnsignedInt(frame.get(ip + 9)),
              frame.slice(ip, headerLength));
      return new Packet(envelope, frame.slice(ip + headerLength, total - headerLength));
    }
    IpEnvelope envelope =
        new IpEnvelope(
            IpAddress.read(AddressFamily.IPV6, frame, ip + 8),
            IpAddress.read(AddressFamily.IPV6, frame, ip + 24),
            Byte.toUnsignedInt(frame.get(ip + 7)),
            Byte.toUnsignedInt(frame.get(ip + 6)));
    return new Packet(envelope, frame.slice(ip + 40, frame.getShort(ip + 4)));
  }
}
