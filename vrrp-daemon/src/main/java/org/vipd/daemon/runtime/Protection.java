package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.ByteText;
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
  private final Optional<Sequences> sequences;

  /** What an HMAC trailer remembers of packets sent and received, whatever its keys are. */
  private record Sequences(SequenceClock sent, ReplayMarks received) {}

  private Protection(
      AuthenticationConfig config,
      Authentication authentication,
      String key,
      SequenceStore store,
      Optional<Sequences> sequences) {
    this.config = config;
    this.authentication = authentication;
    this.key = key;
    this.store = store;
    this.sequences = sequences;
  }

  static Protection of(InstanceConfig instance, UtcClock clock, SequenceStore store) {
    return of(instance, clock, store, Optional.empty());
  }

  private static Protection of(
      InstanceConfig instance, UtcClock clock, SequenceStore store, Optional<Sequences> former) {
    String key = instance.key().toString();
    AuthenticationConfig config = instance.authentication();
    if (config instanceof AuthenticationConfig.Trailer trailer) {
      int senders = senders(instance);
      Sequences sequences =
          former.isPresent()
              ? new Sequences(former.get().sent(), former.get().received().withCapacity(senders))
              : new Sequences(
                  new SequenceClock(clock, store.load(key, TRAILER_MARGIN)),
                  new ReplayMarks(senders));
      Hmac hmac = new Hmac(trailer.settings(), sequences.sent(), sequences.received());
      return new Protection(config, hmac, key, store, Optional.of(sequences));
    }
    return new Protection(config, simple(config, key, store), key, store, Optional.empty());
  }

  private static Authentication simple(
      AuthenticationConfig config, String key, SequenceStore store) {
    if (config instanceof AuthenticationConfig.Password password) {
      return SimplePassword.of(ByteText.encode(password.secret()));
    }
    if (config instanceof AuthenticationConfig.Header header) {
      long last = store.load(key, 0);
      // a number that cannot be one comes from a damaged file
      return last > 0 && last >>> Integer.SIZE == 0
          ? AuthenticationHeader.resumed(ByteText.encode(header.secret()), last, HEADER_MARGIN)
          : AuthenticationHeader.of(ByteText.encode(header.secret()));
    }
    return NoAuthentication.INSTANCE;
  }

  /** How many senders are remembered: a forgotten one could be played back. */
  private static int senders(InstanceConfig instance) {
    return instance.transport() instanceof Transport.Unicast unicast
        ? unicast.peers().size()
        : ReplayMarks.MULTICAST_CAPACITY;
  }

  /**
   * This one when the new definition protects alike; else one that goes on with the sequences sent
   * and received, so that a new key or peer opens no door to recorded packets.
   */
  Protection redefined(InstanceConfig instance, UtcClock clock) {
    boolean hasRoom =
        sequences.isEmpty() || sequences.get().received().capacity() == senders(instance);
    return hasRoom && instance.authentication().equals(config)
        ? this
        : of(instance, clock, store, sequences);
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
