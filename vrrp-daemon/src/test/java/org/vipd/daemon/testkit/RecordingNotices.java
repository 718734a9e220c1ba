package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.NoticePort;
import org.vipd.daemon.status.DeliveryStatus;

/** Keeps what the world would be told. */
public final class RecordingNotices implements NoticePort {

  private final List<Notice> notices = new ArrayList<>();
  private boolean recording = true;
  private long refused;
  private boolean isBroken;

  /** Lets the next configuration meet a defect. */
  public void breakDown() {
    isBroken = true;
  }

  @Override
  public void configure(DaemonConfig config) {
    if (isBroken) {
      throw new IllegalStateException("a bug");
    }
  }

  @Override
  public void publish(Notice notice) {
    if (recording) {
      notices.add(notice);
    }
  }

  @Override
  public long refused() {
    return refused;
  }

  @Override
  public List<DeliveryStatus> deliveries() {
    return List.of();
  }

  @Override
  public void stop(long graceNanos) {
    recording = false;
  }

  /** Has lost so many more. */
  public void lose(long count) {
    refused += count;
  }

  /** All notices so far. */
  public List<Notice> all() {
    return List.copyOf(notices);
  }

  /** The last one. */
  public Notice last() {
    return notices.get(notices.size() - 1);
  }
}
