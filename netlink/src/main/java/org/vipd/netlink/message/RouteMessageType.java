package org.vipd.netlink.message;

/**
 * Types of messages: those of every netlink family, and the rtnetlink ones used here (rtnetlink.h).
 */
public final class RouteMessageType {

  /** An error number, 0 as acknowledgement. */
  public static final int ERROR = 2;

  /** End of a list. */
  public static final int DONE = 3;

  /** A link exists or changed. */
  public static final int NEW_LINK = 16;

  /** A link went away. */
  public static final int DELETE_LINK = 17;

  /** Asks for links. */
  public static final int GET_LINK = 18;

  /** Changes a link. */
  public static final int SET_LINK = 19;

  /** An address exists or shall exist. */
  public static final int NEW_ADDRESS = 20;

  /** An address went away or shall go away. */
  public static final int DELETE_ADDRESS = 21;

  /** Asks for addresses. */
  public static final int GET_ADDRESS = 22;

  /** A route exists or shall exist. */
  public static final int NEW_ROUTE = 24;

  /** A route went away or shall go away. */
  public static final int DELETE_ROUTE = 25;

  /** A rule exists or shall exist. */
  public static final int NEW_RULE = 32;

  /** A rule went away or shall go away. */
  public static final int DELETE_RULE = 33;

  private RouteMessageType() {}
}
