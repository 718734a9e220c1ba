package org.vipd.daemon.notify;

import java.time.Duration;
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
        Notice.Subject.instance(name),
        before,
        state,
        priority,
        Duration.ZERO,
        List.of(new Cause(Cause.Kind.CHECK, "check chk fails")));
  }

  static Notice group(String name, String before, String state) {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.STATE,
        Notice.Subject.group(name),
        before,
        state,
        0,
        Duration.ZERO,
        List.of());
  }

  static Notice priority(String name, String state, int priority) {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.PRIORITY,
        Notice.Subject.instance(name),
        state,
        state,
        priority,
        Duration.ZERO,
        List.of());
  }

  static Notice stall(String text) {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.STALL,
        Notice.Subject.DAEMON,
        "",
        "",
        0,
        Duration.ofNanos(4_212_500_000L),
        List.of(new Cause(Cause.Kind.STALL, text)));
  }

  static Notice rival(String name, int priority) {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.RIVAL,
        Notice.Subject.instance(name),
        "MASTER",
        "MASTER",
        priority,
        Duration.ZERO,
        List.of());
  }
}
