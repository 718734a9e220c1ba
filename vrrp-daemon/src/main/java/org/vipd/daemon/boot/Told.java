package org.vipd.daemon.boot;

import java.util.List;
import org.vipd.daemon.control.EventFeed;
import org.vipd.daemon.linux.LinuxPipes;
import org.vipd.daemon.notify.History;
import org.vipd.daemon.notify.Notifier;
import org.vipd.daemon.notify.Receivers;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.NoticePort;
import org.vipd.daemon.service.RuntimeDirectory;

/** Everything that is told what happens: receivers, history, followers on the control socket. */
final class Told implements AutoCloseable {

  private final EventFeed feed = new EventFeed();
  private final History history;
  private final Notifier notifier;
  private final Thread writer;

  Told(RuntimeDirectory directory, NanoClock clock, Journal journal, String hostName) {
    history = new History(directory.historyFile(), journal, feed);
    Receivers receivers = new Receivers(new LinuxPipes(), hostName);
    notifier = new Notifier(receivers, clock, journal, List.of(history));
    writer = Threads.start("vipd-history", history);
  }

  NoticePort notices() {
    return notifier;
  }

  EventFeed feed() {
    return feed;
  }

  History history() {
    return history;
  }

  @Override
  public void close() {
    history.close();
    Threads.join(writer);
  }
}
