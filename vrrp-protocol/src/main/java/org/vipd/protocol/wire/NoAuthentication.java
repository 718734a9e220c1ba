package org.vipd.protocol.wire;

/** No protection: the only choice of RFC 3768, 5798 and 9568. */
public record NoAuthentication() implements Authentication {
  /** The one value. */
  public static final NoAuthentication INSTANCE = new NoAuthentication();

  /** Authentication type byte. */
  static final int TYPE = 0;

  @Override
  public int type() {
    return TYPE;
  }
}
