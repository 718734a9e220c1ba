package org.vipd.daemon.config;

import org.vipd.protocol.wire.authentication.HmacSettings;

/** How the packets of an instance are protected, as configured. The text forms show no secret. */
public sealed interface AuthenticationConfig {

  /** Not at all. */
  record None() implements AuthenticationConfig {}

  /**
   * The clear-text password of RFC 2338; VRRPv2 only.
   *
   * @param secret at most 8 bytes of it are used
   */
  record Password(String secret) implements AuthenticationConfig {
    @Override
    public String toString() {
      return "Password[hidden]";
    }
  }

  /**
   * The IP authentication header of RFC 2338 in keepalived's variant; VRRPv2 over IPv4 only.
   *
   * @param secret at most 8 bytes of it are used
   */
  record Header(String secret) implements AuthenticationConfig {
    @Override
    public String toString() {
      return "Header[hidden]";
    }
  }

  /**
   * keepalived's HMAC trailer; any version and family.
   *
   * @param settings keys and how they are used
   */
  record Trailer(HmacSettings settings) implements AuthenticationConfig {}
}
