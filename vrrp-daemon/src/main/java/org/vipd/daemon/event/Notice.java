package org.vipd.daemon.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened to an instance, a group or the daemon, for everybody who wants to hear of
 * it.
 *
 * @param at wall clock time
 * @param kind what happened
 * @param subject whom it happened to
 * @param before state before, in keepalived's words; empty for the daemon
 * @param state state now; the same as before unless it has changed
 * @param priority effective priority now, 0 for a group and for the daemon
 * @param late how late the loop woke up; zero unless that is what happened
 * @param causes why, the nearest cause first
 */
public record Notice(
    Instant at,
    Kind kind,
    Subject subject,
    String before,
    String state,
    int priority,
    Duration late,
    List<Cause> causes) {

  /** What happened. */
  public enum Kind {
    /** Another state. */
    STATE,
    /** Another effective priority. */
    PRIORITY,
    /** An Active heard one of lower priority. */
    RIVAL,
    /** Another host has one of its addresses, or uses its VRID and is rejected. */
    STRANGER,
    /** The loop woke up late. */
    STALL
  }

  /**
   * Whom it happened to.
   *
   * @param type what sort
   * @param name the operator's name for it; {@code vipd} for the daemon
   */
  public record Subject(Type type, String name) {

    /** The daemon itself. */
    public static final Subject DAEMON = new Subject(Type.DAEMON, "vipd");

    /** Sorts of subjects; scripts and pipes are told these words. */
    public enum Type {
      /** A virtual router. */
      INSTANCE,
      /** A sync group. */
      GROUP,
      /** The process, and with it all instances. */
      DAEMON
    }

    /** An instance of that name. */
    public static Subject instance(String name) {
      return new Subject(Type.INSTANCE, name);
    }

    /** A sync group of that name. */
    public static Subject group(String name) {
      return new Subject(Type.GROUP, name);
    }

    /** Whether it is a sync group. */
    public boolean isGroup() {
      return type == Type.GROUP;
    }
  }

  public Notice {
    causes = List.copyOf(causes);
  }

  /** Whether it says again what was said before, for pipes after a reload that asks for it. */
  public boolean isRepeated() {
    return kind == Kind.STATE && before.equals(state);
  }

  /** The states that end an instance. */
  public boolean isFinal() {
    return state.equals("STOP") || state.equals("DELETED");
  }

  /** All causes in one line: {@code a, because b, because c}. */
  public String explanation() {
    return String.join(", because ", causes.stream().map(Cause::text).toList());
  }
}
