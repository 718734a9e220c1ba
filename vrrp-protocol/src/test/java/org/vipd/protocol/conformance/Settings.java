package org.vipd.protocol.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.vipd.protocol.machine.AnnouncePolicy;
import org.vipd.protocol.machine.Behaviour;
import org.vipd.protocol.machine.Preemption;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Authentication;
import org.vipd.protocol.wire.AuthenticationHeader;
import org.vipd.protocol.wire.ChecksumPolicy;
import org.vipd.protocol.wire.Delivery;
import org.vipd.protocol.wire.LocalRouter;
import org.vipd.protocol.wire.NoAuthentication;
import org.vipd.protocol.wire.ReceivePolicy;
import org.vipd.protocol.wire.SimplePassword;
import org.vipd.protocol.wire.Strictness;

/** The settings of a scenario's router, as {@code key=value} words over defaults. */
final class Settings {
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("version", "3"),
          Map.entry("vrid", "1"),
          Map.entry("priority", "100"),
          Map.entry("interval", "100"),
          Map.entry("address", "192.0.2.12"),
          Map.entry("vips", "192.0.2.1"),
          Map.entry("preempt", "on"),
          Map.entry("delay", "0"),
          Map.entry("answers", "yes"),
          Map.entry("spacing", "10"),
          Map.entry("adverts", "3"),
          Map.entry("owneryields", "yes"),
          Map.entry("announce", "1/0/0/1/0/0"),
          Map.entry("authentication", "none"),
          Map.entry("checksum", "AUTO"),
          Map.entry("strict", "no"),
          Map.entry("peers", ""));

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  static Settings defaults() {
    return new Settings(DEFAULTS);
  }

  /** The same with some words changed; an unknown key is an error of the scenario. */
  Settings with(List<String> words) {
    Map<String, String> changed = new HashMap<>(values);
    for (String word : words) {
      String key = word.substring(0, word.indexOf('='));
      if (!DEFAULTS.containsKey(key)) {
        throw new IllegalArgumentException("unknown setting " + word);
      }
      changed.put(key, word.substring(word.indexOf('=') + 1));
    }
    return new Settings(Map.copyOf(changed));
  }

  RouterConfig config() {
    Preemption preemption =
        new Preemption(values.get("preempt").equals("on"), millis(values.get("delay")));
    return RouterConfig.of(version(), vrid(), addresses(), address(values.get("address")))
        .withPriority(Priority.of(number("priority")))
        .withInterval(AdvertInterval.ofCentiseconds(number("interval")))
        .withPreemption(preemption)
        .withBehaviour(
            new Behaviour(
                number("adverts"),
                values.get("answers").equals("yes"),
                values.get("owneryields").equals("yes"),
                millis(values.get("spacing"))))
        .withAnnouncePolicy(announcements());
  }

  /** A new policy, with new replay marks. */
  ReceivePolicy policy() {
    Set<IpAddress> own = Set.of(address(values.get("address")));
    Delivery delivery =
        values.get("peers").isEmpty()
            ? Delivery.multicast(own)
            : Delivery.unicast(own, Set.copyOf(list(values.get("peers"))));
    boolean isStrict = values.get("strict").equals("yes");
    return ReceivePolicy.of(
            new LocalRouter(
                version(), vrid(), AdvertInterval.ofCentiseconds(number("interval")), addresses()),
            delivery)
        .withAuthentication(authentication())
        .withChecksum(ChecksumPolicy.valueOf(values.get("checksum")))
        .withStrictness(isStrict ? Strictness.STRICT : Strictness.LENIENT);
  }

  static IpAddress address(String literal) {
    return IpAddress.parse(literal).orElseThrow();
  }

  static AddressList addresses(String literals) {
    if (literals.isEmpty()) {
      return AddressList.empty(AddressFamily.IPV4);
    }
    List<IpAddress> list = list(literals);
    return AddressList.of(list.get(0).family(), list);
  }

  private AddressList addresses() {
    return addresses(values.get("vips"));
  }

  private VrrpVersion version() {
    return values.get("version").equals("2") ? VrrpVersion.V2 : VrrpVersion.V3;
  }

  private Vrid vrid() {
    return Vrid.of(number("vrid"));
  }

  private Authentication authentication() {
    String[] parts = values.get("authentication").split(":", 2);
    return switch (parts[0]) {
      case "pass" -> SimplePassword.of(parts[1]);
      case "ah" -> AuthenticationHeader.of(parts[1]);
      default -> NoAuthentication.INSTANCE;
    };
  }

  private AnnouncePolicy announcements() {
    String[] parts = values.get("announce").split("/", -1);
    return new AnnouncePolicy(
        Integer.parseInt(parts[0]),
        millis(parts[1]),
        millis(parts[2]),
        Integer.parseInt(parts[3]),
        new AnnouncePolicy.Rival(Integer.parseInt(parts[4]), millis(parts[5])));
  }

  private int number(String key) {
    return Integer.parseInt(values.get(key));
  }

  private static List<IpAddress> list(String literals) {
    return Stream.of(literals.split(",", -1)).map(Settings::address).toList();
  }

  private static long millis(String text) {
    return Long.parseLong(text) * 1_000_000L;
  }
}
