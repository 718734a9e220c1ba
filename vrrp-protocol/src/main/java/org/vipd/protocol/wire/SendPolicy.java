package org.vipd.protocol.wire;

/**
 * How advertisements of one virtual router are written.
 *
 * @param authentication protection added
 * @param form checksum form for version 3 over IPv4; without effect elsewhere
 */
public record SendPolicy(Authentication authentication, ChecksumForm form) {
  /** No authentication, and the checksum form that stock keepalived and FRR understand. */
  public static final SendPolicy DEFAULT =
      new SendPolicy(NoAuthentication.INSTANCE, ChecksumForm.PSEUDO_HEADER);
}
