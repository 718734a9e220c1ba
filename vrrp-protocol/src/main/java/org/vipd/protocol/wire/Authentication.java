package org.vipd.protocol.wire;

/** How the packets of one virtual router are protected. */
public sealed interface Authentication
    permits NoAuthentication, SimplePassword, AuthenticationHeader, Hmac {

  /** Value of the authentication type byte of version 2 (RFC 2338 section 5.3.6). */
  int type();
}
