package org.vipd.protocol.wire;

/** Offsets and sizes of the VRRP message (RFC 9568 section 5.2, RFC 3768 section 5.3). */
final class MessageLayout {
  static final int VERSION_TYPE_OFFSET = 0;
  static final int VRID_OFFSET = 1;
  static final int PRIORITY_OFFSET = 2;
  static final int COUNT_OFFSET = 3;

  /** Version 2: authentication type; version 3: four reserved bits and the interval's top bits. */
  static final int AUTHENTICATION_TYPE_OFFSET = 4;

  static final int INTERVAL_OFFSET = 5;
  static final int CHECKSUM_OFFSET = 6;
  static final int HEADER_LENGTH = 8;
  static final int AUTHENTICATION_DATA_LENGTH = 8;
  static final int ADVERTISEMENT_TYPE = 1;
  static final int V3_INTERVAL_MASK = 0x0FFF;

  private MessageLayout() {}
}
