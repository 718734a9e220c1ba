package org.vipd.daemon.notify;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.status.EventRecord;

/** The forms in which a notice leaves the daemon. */
final class NoticeText {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1000.0;

  private NoticeText() {}

  /** {@code INSTANCE "VI_1" MASTER 100}, as keepalived writes it to pipes. */
  static String line(Notice notice) {
    String word =
        switch (notice.kind()) {
          case STATE -> notice.state();
          case PRIORITY -> notice.state() + "_PRIORITY";
          case RIVAL -> "MASTER_RX_LOWER_PRI";
          case STRANGER -> "STRANGER";
          case STALL -> "STALL";
        };
    Notice.Subject subject = notice.subject();
    return subject.type() + " \"" + subject.name() + "\" " + word + " " + notice.priority() + "\n";
  }

  /** The fields for programs. */
  static EventRecord record(long number, Notice notice) {
    return new EventRecord(
        number,
        stamp(notice),
        notice.kind().name().toLowerCase(Locale.ROOT),
        notice.subject().type().name(),
        notice.subject().name(),
        notice.before(),
        notice.state(),
        notice.priority(),
        Math.round(notice.late().toNanos() / NANOS_PER_MILLI) / MILLIS_PER_SECOND,
        notice.causes().stream()
            .map(
                cause ->
                    new EventRecord.CauseRecord(
                        cause.kind().name().toLowerCase(Locale.ROOT), cause.text()))
            .toList());
  }

  static String stamp(Notice notice) {
    return STAMP.format(notice.at().truncatedTo(ChronoUnit.MILLIS).atZone(ZoneId.systemDefault()));
  }
}
