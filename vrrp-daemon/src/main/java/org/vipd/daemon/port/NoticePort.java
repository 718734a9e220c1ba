package org.vipd.daemon.port;

import java.util.List;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.status.DeliveryStatus;

/** Tells the world what happens. No method but {@link #stop} waits for anybody. */
public interface NoticePort {

  /** Takes note of the configuration in force: who wants to be told, and of what. */
  void configure(DaemonConfig config);

  /** Passes something on. */
  void publish(Notice notice);

  /** What became of the last deliveries. */
  List<DeliveryStatus> deliveries();

  /** How many notices were lost because too many waited. */
  default long refused() {
    return 0;
  }

  /** Delivers what waits, as far as it can be done within the time, then ends. */
  void stop(long graceNanos);
}
