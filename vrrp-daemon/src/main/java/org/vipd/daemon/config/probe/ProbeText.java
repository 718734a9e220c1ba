package org.vipd.daemon.config.probe;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** What the parts of a probe look like in either language; says what was expected otherwise. */
public final class ProbeText {

  private static final int PORT_MAXIMUM = 65_535;

  private ProbeText() {}

  /** {@code HOST:PORT}, an IPv6 address in brackets. */
  public static Probe.Tcp tcp(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("expected HOST:PORT, found '" + text + "'");
    }
    String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
    return new Probe.Tcp(host, number(text.substring(colon + 1), 1, PORT_MAXIMUM));
  }

  /** A web address that has a host. */
  public static String webAddress(String text) {
    if (!isWebAddress(text)) {
      throw new IllegalArgumentException("expected a web address, found '" + text + "'");
    }
    return text;
  }

  /** Whether a text is a web address that has a host. */
  public static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return Set.of("http", "https").contains(scheme) && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** {@code default}, or an address with its prefix length. */
  public static String network(String text) {
    if (!text.equals("default") && !isNetwork(text)) {
      throw new IllegalArgumentException(
          "expected default, or an address with its prefix length, found '" + text + "'");
    }
    return text;
  }

  private static boolean isNetwork(String text) {
    if (!text.matches("[0-9A-Fa-f.:]+/(0|[1-9][0-9]{0,2})")) {
      return false;
    }
    int slash = text.indexOf('/');
    int length = Integer.parseInt(text.substring(slash + 1));
    return IpAddress.parse(text.substring(0, slash))
        .filter(it -> length <= (it.family() == AddressFamily.IPV4 ? 32 : 128))
        .isPresent();
  }

  /** A whole number within limits. */
  public static int number(String text, int lowest, int highest) {
    if (text.matches("[0-9]{1,8}")) {
      int number = Integer.parseInt(text);
      if (number >= lowest && number <= highest) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "expected a number from " + lowest + " to " + highest + ", found '" + text + "'");
  }
}
