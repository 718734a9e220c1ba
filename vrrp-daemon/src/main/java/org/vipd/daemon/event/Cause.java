package org.vipd.daemon.event;

/**
 * One link of the chain that explains an event; the first link of a chain is the nearest cause,
 * each further one explains the link before it.
 *
 * @param kind what sort, for programs
 * @param text in words, for people
 */
public record Cause(Kind kind, String text) {

  /** Sorts of causes. */
  public enum Kind {
    /** An advertisement was heard. */
    ADVERTISEMENT,
    /** Advertisements were missed. */
    SILENCE,
    /** A health check, or what else is tracked. */
    CHECK,
    /** The effective priority. */
    PRIORITY,
    /** An interface, its addresses or its sockets. */
    LINK,
    /** Virtual addresses that cannot be held. */
    ADDRESSES,
    /** A request to stop. */
    OPERATOR,
    /** A new configuration. */
    RELOAD,
    /** The start of the instance. */
    START,
    /** The loop woke up late. */
    STALL,
    /** Anything else that keeps the instance from running. */
    CONDITION
  }
}
