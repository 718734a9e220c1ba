package org.vipd.protocol.wire;

/**
 * What one virtual router accepts.
 *
 * @param local own configuration
 * @param delivery where packets may come from
 * @param authentication how they must be protected
 * @param checksum which forms are accepted in version 3 over IPv4
 * @param strictness which tolerated faults drop a packet
 */
public record ReceivePolicy(
    LocalRouter local,
    Delivery delivery,
    Authentication authentication,
    ChecksumPolicy checksum,
    Strictness strictness) {

  /** Lenient policy without authentication that accepts either checksum form. */
  public static ReceivePolicy of(LocalRouter local, Delivery delivery) {
    return new ReceivePolicy(
        local, delivery, NoAuthentication.INSTANCE, ChecksumPolicy.AUTO, Strictness.LENIENT);
  }

  /** The same with another authentication. */
  public ReceivePolicy withAuthentication(Authentication other) {
    return new ReceivePolicy(local, delivery, other, checksum, strictness);
  }

  /** The same with another checksum policy. */
  public ReceivePolicy withChecksum(ChecksumPolicy other) {
    return new ReceivePolicy(local, delivery, authentication, other, strictness);
  }

  /** The same with another strictness. */
  public ReceivePolicy withStrictness(Strictness other) {
    return new ReceivePolicy(local, delivery, authentication, checksum, other);
  }
}
