package org.vipd.daemon.event;

import java.time.Instant;
import java.util.List;

/**
 * Something that happened to an instance or a group, for everybody who wants to hear of it.
 *
 * @param at wall clock time
 * @param kind what happened
 * @param subject whom it happened to
 * @param before state before, in keepalived's words
 * @param state state now; the same as before unless it has changed
 * @param priority effective priority now, 0 for a group
 * @param causes why, the nearest cause first
 */
public record Notice(
    Instant at,
    Kind kind,
    Subject subject,
    String before,
    String state,
    int priority,
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
    STRANGER
  }

  /**
   * An instance or a group.
   *
   * @param isGroup whether it is a sync group
   * @param name the operator's name for it
   */
  public record Subject(boolean isGroup, String name) {

    /** {@code INSTANCE} or {@code GROUP}, as scripts and pipes are told. */
    public String word() {
      return isGroup ? "GROUP" : "INSTANCE";
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
