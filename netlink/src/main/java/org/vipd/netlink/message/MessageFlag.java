package org.vipd.netlink.message;

/** Flags of a netlink message (kernel header netlink.h); combine them with {@code |}. */
public final class MessageFlag {

  /** A request to the kernel. */
  public static final int REQUEST = 0x1;

  /** The kernel shall answer even when nothing went wrong. */
  public static final int ACKNOWLEDGE = 0x4;

  /** In an answer: the listed state changed while it was listed. */
  public static final int DUMP_INTERRUPTED = 0x10;

  /** The kernel shall list everything. */
  public static final int DUMP = 0x300;

  /** Replace what exists. */
  public static final int REPLACE = 0x100;

  /** Fail with EEXIST when it exists. */
  public static final int EXCLUSIVE = 0x200;

  /** Create what does not exist. */
  public static final int CREATE = 0x400;

  private MessageFlag() {}
}
