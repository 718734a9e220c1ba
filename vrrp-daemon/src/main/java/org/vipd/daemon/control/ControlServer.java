package org.vipd.daemon.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;

/**
 * Serves clients on one thread, at most {@value #CLIENT_LIMIT} at a time; one that does not finish
 * its line or take its answer in five seconds is disconnected. A socket that somebody removes is
 * made anew within a second or two.
 */
public final class ControlServer implements Runnable, AutoCloseable {

  private static final int CLIENT_LIMIT = 32;
  private static final long FAILURE_PAUSE_NANOS = 500_000_000L;
  private static final long TICK_MILLIS = 500;
  private static final long LOOK_NANOS = 1_000_000_000L;

  /** The bound socket and what waits on it. */
  private record Door(ServerSocketChannel server, Selector selector, Path path, EventFeed feed) {}

  private final Selector selector;
  private final EventFeed feed;
  private final RequestHandler handler;
  private final Journal journal;
  private final NanoClock clock;
  private final Path path;
  private volatile ServerSocketChannel server;
  private volatile boolean closed;
  private Restoration restoration = () -> {};
  private Object fileKey;
  private long nextLookNanos;
  private String trouble = "";

  private ControlServer(Door door, RequestHandler handler, Journal journal, NanoClock clock)
      throws IOException {
    this.server = door.server();
    this.selector = door.selector();
    this.path = door.path();
    this.feed = door.feed();
    feed.wakeWith(selector::wakeup);
    this.handler = handler;
    this.journal = journal;
    this.clock = clock;
    this.fileKey = fileKey();
    this.nextLookNanos = clock.nanos() + LOOK_NANOS;
  }

  /**
   * Binds the socket, mode 0600. A socket file that is there is stale, because the caller holds the
   * lock of the directory.
   */
  public static ControlServer open(
      Path path, RequestHandler handler, EventFeed feed, Journal journal, NanoClock clock)
      throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel server = bind(path, selector);
    return new ControlServer(new Door(server, selector, path, feed), handler, journal, clock);
  }

  private static ServerSocketChannel bind(Path path, Selector selector) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** What is to be done before a socket that is gone is made anew; to be called before it runs. */
  public void restoreWith(Restoration first) {
    restoration = first;
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        selector.select(TICK_MILLIS);
        serve();
        lookAfterSocket();
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          journal.warn("control socket: " + e);
          LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
        }
      }
    }
  }

  private void serve() throws IOException {
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid() && key.isAcceptable()) {
        accept();
      } else if (key.isValid()) {
        advance(key);
      }
    }
    selector.selectedKeys().clear();
    for (SelectionKey key : new ArrayList<>(selector.keys())) {
      tell(key);
      if (key.attachment() instanceof ControlClient client && client.isOverdue(clock.nanos())) {
        client.close();
      }
    }
  }

  /** Not while it is closed: then the next process may have a socket there. */
  private synchronized void lookAfterSocket() {
    if (closed || clock.nanos() < nextLookNanos) {
      return;
    }
    nextLookNanos = clock.nanos() + LOOK_NANOS;
    if (isThere()) {
      return;
    }
    try {
      restoration.restore();
      ServerSocketChannel old = server;
      server = bind(path, selector);
      fileKey = fileKey();
      old.close();
      trouble = "";
      journal.warn(
          "somebody has removed "
              + path
              + ": runtime directory, lock and socket are made anew; whatever clears "
              + path.getParent()
              + " should leave it alone");
    } catch (IOException e) {
      complain(e.getMessage());
    }
  }

  private void complain(String why) {
    if (!why.equals(trouble)) {
      trouble = why;
      journal.error(
          "somebody has removed "
              + path
              + ", and it cannot be made anew: "
              + why
              + "; the daemon goes on, but vipd status and vipd reload do not reach it; tried again"
              + " every second; SIGHUP reloads, a restart helps");
    }
  }

  private boolean isThere() {
    try {
      return fileKey().equals(fileKey);
    } catch (IOException e) {
      return false;
    }
  }

  private Object fileKey() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    if (selector.keys().size() > CLIENT_LIMIT) {
      channel.close();
      return;
    }
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    key.attach(new ControlClient(channel, handler, feed, clock.nanos()));
  }

  private void tell(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof ControlClient client) {
      try {
        client.tell(clock.nanos());
        key.interestOps(client.wantsToWrite() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      } catch (IOException e) {
        client.close();
      }
    }
  }

  private void advance(SelectionKey key) {
    ControlClient client = (ControlClient) key.attachment();
    try {
      if (client.advance(clock.nanos())) {
        key.interestOps(client.wantsToWrite() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      } else {
        client.close();
      }
    } catch (IOException e) {
      journal.debug("control client went away: " + e.getMessage());
      client.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    selector.wakeup();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof ControlClient client) {
        client.close();
      }
    }
    server.close();
    if (isThere()) {
      Files.deleteIfExists(path);
    }
  }
}
