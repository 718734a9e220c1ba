package org.vipd.daemon.runtime;

import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.port.SequenceStore;
import org.vipd.protocol.wire.Authentication;
import org.vipd.protocol.wire.AuthenticationHeader;
import org.vipd.protocol.wire.Hmac;
import org.vipd.protocol.wire.NoAuthentication;
import org.vipd.protocol.wire.SimplePassword;
import org.vipd.protocol.wire.authentication.ReplayMarks;
import org.vipd.protocol.wire.authentication.SequenceClock;
import org.vipd.protocol.wire.authentication.UtcClock;

/** The working authentication of one router, with its sequences, made of what is configured. */
final class Protection {

  /** Two seconds: the numbers are times in units of 2^-32 s. */
  private static final long TRAILER_MARGIN = 2L << 32;

  /** The numbers count packets, at most 100 a second. */
  private static final long HEADER_MARGIN = 1000;

  private final AuthenticationConfig config;
  private final Authentication authentication;
  private final String key;
  private final SequenceStore store;

  private Protection(
      AuthenticationConfig config, Authentication authentication, String key, SequenceStore store) {
    this.config = config;
    this.authentication = authentication;
    this.key = key;
    this.store = store;
  }

  static Protection of(InstanceConfig instance, UtcClock clock, SequenceStore store) {
    String key = instance.key().toString();
    AuthenticationConfig config = instance.authentication();
    Authentication authentication = NoAuthentication.INSTANCE;
    if (config instanceof AuthenticationConfig.Password password) {
      authentication = SimplePassword.of(password.secret());
    } else if (config instanceof AuthenticationConfig.Header header) {
      long last = store.load(key, 0);
      // a number that cannot be one comes from a damaged file
      authentication =
          last > 0 && last >>> Integer.SIZE == 0
              ? AuthenticationHeader.resumed(header.secret(), last, HEADER_MARGIN)
              : AuthenticationHeader.of(header.secret());
    } else if (config instanceof AuthenticationConfig.Trailer trailer) {
      int senders =
          instance.transport() instanceof Transport.Unicast unicast
              ? unicast.peers().size()
              : ReplayMarks.MULTICAST_CAPACITY;
      authentication =
          new Hmac(
              trailer.settings(),
              new SequenceClock(clock, store.load(key, TRAILER_MARGIN)),
              new ReplayMarks(senders));
    }
    return new Protection(config, authentication, key, store);
  }

  /**
   * This one when the new definition protects alike, so that its sequences go on; else a fresh one.
   */
  Protection redefined(InstanceConfig instance, UtcClock clock) {
    return instance.authentication().equals(config) ? this : of(instance, clock, store);
  }

  Authentication authentication() {
    return authentication;
  }

  boolean usesHeader() {
    return authentication instanceof AuthenticationHeader;
  }

  /** Identification of the IPv4 header that the authentication header covers; 0 leaves it free. */
  int identification() {
    return authentication instanceof AuthenticationHeader header ? header.identification() : 0;
  }

  /** To be called after each packet sent. */
  void sent() {
    if (authentication instanceof Hmac hmac) {
      store.save(key, hmac.lastSequence());
    } else if (authentication instanceof AuthenticationHeader header) {
      store.save(key, header.sequence());
    }
  }
}
