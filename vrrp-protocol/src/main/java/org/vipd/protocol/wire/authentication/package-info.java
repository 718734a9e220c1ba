/**
 * Digests and replay marks that protect advertisements: the authentication header of RFC 2402 as
 * keepalived writes it, and keepalived's HMAC trailer.
 *
 * <p>May use: {@code value}. Must not use: {@code wire}, {@code machine}, files, system clocks;
 * time comes from {@link org.vipd.protocol.wire.authentication.UtcClock}.
 */
package org.vipd.protocol.wire.authentication;
