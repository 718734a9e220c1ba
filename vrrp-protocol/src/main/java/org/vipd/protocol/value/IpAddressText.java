package org.vipd.protocol.value;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads and writes the text form of addresses (RFC 4291 section 2.2, RFC 5952). */
final class IpAddressText {
  private static final int GROUPS = 8;

  private IpAddressText() {}

  static Optional<IpAddress> parse(String literal) {
    if (literal.indexOf(':') >= 0) {
      return parseIpv6(literal);
    }
    OptionalLong number = parseIpv4(literal);
    return number.isPresent()
        ? Optional.of(new IpAddress(AddressFamily.IPV4, 0, number.getAsLong()))
        : Optional.empty();
  }

  static String format(IpAddress address) {
    if (address.family() == AddressFamily.IPV4) {
      return formatIpv4(address.low());
    }
    if (address.high() == 0 && address.low() >>> 32 == 0xFFFFL) {
      return "::ffff:" + formatIpv4(address.low() & 0xFFFF_FFFFL);
    }
    return formatIpv6(address);
  }

  private static OptionalLong parseIpv4(String literal) {
    long number = 0;
    int start = 0;
    for (int octets = 1; octets <= 4; octets++) {
      int dot = literal.indexOf('.', start);
      int end = dot < 0 ? literal.length() : dot;
      OptionalInt octet = parseOctet(literal.substring(start, end));
      if (octet.isEmpty() || dot < 0 != (octets == 4)) {
        return OptionalLong.empty();
      }
      number = number << 8 | octet.getAsInt();
      start = end + 1;
    }
    return OptionalLong.of(number);
  }

  // A leading zero is refused: some readers take it for octal.
  private static OptionalInt parseOctet(String part) {
    if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
      return OptionalInt.empty();
    }
    int octet = 0;
    for (int i = 0; i < part.length(); i++) {
      char digit = part.charAt(i);
      if (digit < '0' || digit > '9') {
        return OptionalInt.empty();
      }
      octet = octet * 10 + (digit - '0');
    }
    return octet <= 255 ? OptionalInt.of(octet) : OptionalInt.empty();
  }

  private static Optional<IpAddress> parseIpv6(String literal) {
    int gap = literal.indexOf("::");
    if (gap >= 0 && literal.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    int[] head = new int[GROUPS];
    int[] tail = new int[GROUPS];
    int headCount = parseGroups(gap >= 0 ? literal.substring(0, gap) : literal, head, gap < 0);
    int tailCount = gap >= 0 ? parseGroups(literal.substring(gap + 2), tail, true) : 0;
    boolean fits = gap >= 0 ? headCount + tailCount < GROUPS : headCount == GROUPS;
    if (headCount < 0 || tailCount < 0 || !fits) {
      return Optional.empty();
    }
    System.arraycopy(tail, 0, head, GROUPS - tailCount, tailCount);
    return Optional.of(new IpAddress(AddressFamily.IPV6, join(head, 0), join(head, 4)));
  }

  /** Number of 16-bit groups found, or -1 when the text is not a list of groups. */
  private static int parseGroups(String text, int[] into, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean isIpv4 = mayEndInIpv4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
      int size = isIpv4 ? 2 : 1;
      OptionalLong number = isIpv4 ? parseIpv4(parts[i]) : parseGroup(parts[i]);
      if (number.isEmpty() || count + size > GROUPS) {
        return -1;
      }
      if (isIpv4) {
        into[count] = (int) (number.getAsLong() >>> 16);
      }
      into[count + size - 1] = (int) (number.getAsLong() & 0xFFFF);
      count += size;
    }
    return count;
  }

  private static OptionalLong parseGroup(String part) {
    if (part.isEmpty() || part.length() > 4) {
      return OptionalLong.empty();
    }
    long group = 0;
    for (int i = 0; i < part.length(); i++) {
      char letter = part.charAt(i);
      int digit = letter < 128 ? Character.digit(letter, 16) : -1;
      if (digit < 0) {
        return OptionalLong.empty();
      }
      group = group << 4 | digit;
    }
    return OptionalLong.of(group);
  }

  private static long join(int[] groups, int from) {
    long number = 0;
    for (int i = from; i < from + 4; i++) {
      number = number << 16 | groups[i];
    }
    return number;
  }

  private static String formatIpv4(long number) {
    return (number >>> 24)
        + "."
        + (number >>> 16 & 0xFF)
        + "."
        + (number >>> 8 & 0xFF)
        + "."
        + (number & 0xFF);
  }

  private static String formatIpv6(IpAddress address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      long half = i < 4 ? address.high() : address.low();
      groups[i] = (int) ((half >>> ((3 - i % 4) * 16)) & 0xFFFF);
    }
    int gap = longestZeroRun(groups);
    int gapEnd = gap + zeroRun(groups, gap);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i = gapEnd - 1;
      } else {
        text.append(i == 0 || i == gapEnd ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** Start of the first longest run of at least two zero groups, or 8 when there is none. */
  private static int longestZeroRun(int[] groups) {
    int best = GROUPS;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int length = zeroRun(groups, i);
      if (length > bestLength) {
        best = i;
        bestLength = length;
      }
    }
    return best;
  }

  private static int zeroRun(int[] groups, int from) {
    int end = from;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - from;
  }
}
