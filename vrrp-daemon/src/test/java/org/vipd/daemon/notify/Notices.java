package org.vipd.daemon.notify;

import java.time.Instant;
import java.util.List;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Notice;

/** Notices for tests. */
final class Notices {

  private Notices() {}

  static Notice state(String name, String before, String state, int priority) {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.STATE,
        new Notice.Subject(false, name),
        before,
        state,
        priority,
        List.of(new Cause(Cause.Kind.CHECK, "check chk fails")));
  }

  static Notice group(String name, String before, String state) {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.STATE,
        new Notice.Subject(true, name),
        before,
        state,
        0,
        List.of());
  }

  static Notice priority(String name, String state, int priority) {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.PRIORITY,
        new Notice.Subject(false, name),
        state,
        state,
        priority,
        List.of());
  }

  static Notice rival(String name, int priority) {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.RIVAL,
        new Notice.Subject(false, name),
        "MASTER",
        "MASTER",
        priority,
        List.of());
  }
}
