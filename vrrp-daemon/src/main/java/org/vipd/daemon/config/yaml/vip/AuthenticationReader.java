package org.vipd.daemon.config.yaml.vip;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.SimplePassword;
import org.vipd.protocol.wire.authentication.HmacKey;
import org.vipd.protocol.wire.authentication.HmacSettings;

/** Reads {@code authentication}. */
final class AuthenticationReader {

  private static final AuthenticationConfig NONE = new AuthenticationConfig.None();

  private final Reports reports;

  AuthenticationReader(Reports reports) {
    this.reports = reports;
  }

  AuthenticationConfig read(Section vip, VrrpVersion version, AdvertInterval interval) {
    Optional<Section> section = vip.section("authentication");
    Optional<String> type = section.flatMap(it -> it.text("type"));
    if (type.isEmpty()) {
      return NONE;
    }
    if (type.get().equals("hmac")) {
      return hmac(section.get(), interval);
    }
    if (version == VrrpVersion.V3 || vip.isOn("strict")) {
      boolean isStrict = version != VrrpVersion.V3;
      reports.error(
          section.get().valuePlace("type"),
          "type " + type.get() + " does not exist in " + (isStrict ? "strict mode" : "version 3"),
          "use hmac, or " + (isStrict ? "strict: false" : "version: 2") + " on every node");
    }
    boolean isPassword = type.get().equals("password");
    return secret(section.get()).map(text -> ofSecret(isPassword, text)).orElse(NONE);
  }

  private static AuthenticationConfig ofSecret(boolean isPassword, String text) {
    return isPassword
        ? new AuthenticationConfig.Password(text)
        : new AuthenticationConfig.Header(text);
  }

  private Optional<String> secret(Section section) {
    Optional<String> secret = section.text("secret");
    if (!section.has("secret") && !section.isUnreadable("secret")) {
      reports.error(section.place("type"), "authentication has no secret", "add secret:");
    }
    if (secret.filter(String::isEmpty).isPresent()) {
      reports.error(
          section.valuePlace("secret"), "secret is empty", "write it, or delete authentication");
    }
    int length = secret.map(it -> it.getBytes(StandardCharsets.UTF_8).length).orElse(0);
    if (length > SimplePassword.MAXIMUM_LENGTH) {
      reports.finding(
          "V009",
          section.place("secret"),
          "secret has " + length + " bytes; VRRP carries only the first 8, as in keepalived",
          "cut it to 8 so that nobody relies on the rest");
    }
    return secret;
  }

  private AuthenticationConfig hmac(Section section, AdvertInterval interval) {
    if (section.has("secret")) {
      reports.error(
          section.place("secret"),
          "type hmac has no secret of its own",
          "write it in one of keys, or another type");
    }
    List<HmacKey> keys = new ArrayList<>();
    section.sections("keys").forEach(entry -> key(entry, keys));
    int active = section.number("active-key").orElse(0);
    if (keys.stream().noneMatch(key -> key.id() == active)) {
      if (!isWronglyGiven(section, active)) {
        reports.error(
            section.valuePlace("active-key"),
            active == 0
                ? "authentication has no active-key"
                : "active-key " + active + " is not among the keys",
            "name one of the keys, or packets would go out unsigned");
      }
      return NONE;
    }
    int window =
        section
            .time("window")
            .map(it -> (int) it.toSeconds())
            .orElse(HmacSettings.defaultWindowSeconds(interval.nanos()));
    section
        .time("window")
        .filter(it -> !it.equals(Duration.ofSeconds(it.toSeconds())))
        .ifPresent(
            it -> reports.error(section.valuePlace("window"), "window must be whole seconds", ""));
    return new AuthenticationConfig.Trailer(
        new HmacSettings(
            keys,
            active,
            HmacSettings.AntiReplay.valueOf(constant(section, "replay")),
            window,
            HmacSettings.Mode.valueOf(constant(section, "mode"))));
  }

  /** Whether what is wrong with the active key was said where that stands. */
  private boolean isWronglyGiven(Section section, int active) {
    List<Section> keys = section.sections("keys");
    boolean isThere =
        (keys.isEmpty() && section.has("keys"))
            || keys.stream()
                .anyMatch(it -> it.isUnreadable("id") || it.number("id").orElse(0) == active);
    return reports.hasErrors()
        && (isThere || section.isUnreadable("active-key") || section.isUnreadable("keys"));
  }

  private void key(Section entry, List<HmacKey> keys) {
    if (entry.number("id").isEmpty() || entry.text("secret").isEmpty()) {
      return;
    }
    int id = entry.number("id").getAsInt();
    if (keys.stream().anyMatch(key -> key.id() == id)) {
      reports.error(entry.valuePlace("id"), "key " + id + " is given twice", "delete one");
      return;
    }
    try {
      keys.add(HmacKey.parse(id, entry.text("secret").get()));
    } catch (IllegalArgumentException e) {
      reports.error(
          entry.valuePlace("secret"), e.getMessage(), "make one: openssl rand -hex 32, after hex:");
    }
  }

  private static String constant(Section section, String key) {
    return section.text(key).orElseThrow().toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
