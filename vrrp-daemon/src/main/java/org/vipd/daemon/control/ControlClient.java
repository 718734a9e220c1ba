package org.vipd.daemon.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One connection: collects a line, hands it to the handler, writes the answer. */
final class ControlClient {

  private static final int LINE_LIMIT = 65_536;
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private static final byte[] BLANK = {' '};

  private final SocketChannel channel;
  private final RequestHandler handler;
  private final EventFeed feed;
  private Optional<EventFeed.Follower> follower = Optional.empty();
  private final ByteBuffer input = ByteBuffer.allocate(LINE_LIMIT);
  private ByteBuffer output = ByteBuffer.allocate(0);
  private long lastProgressNanos;

  ControlClient(SocketChannel channel, RequestHandler handler, EventFeed feed, long nowNanos) {
    this.channel = channel;
    this.handler = handler;
    this.feed = feed;
    this.lastProgressNanos = nowNanos;
  }

  boolean wantsToWrite() {
    return output.hasRemaining();
  }

  boolean isOverdue(long nowNanos) {
    boolean isIdleFollower = follower.isPresent() && !wantsToWrite();
    return !isIdleFollower && nowNanos - lastProgressNanos > PATIENCE_NANOS;
  }

  /** Reads or writes what is possible now; false when the connection is over. */
  boolean advance(long nowNanos) throws IOException {
    if (wantsToWrite()) {
      if (channel.write(output) > 0) {
        lastProgressNanos = nowNanos;
      }
      answerLines(nowNanos);
      return true;
    }
    int count = channel.read(input);
    answerLines(nowNanos);
    return wantsToWrite() || (count >= 0 && input.hasRemaining());
  }

  /** Sends events that wait to a client that follows them and took the ones before. */
  void tell(long nowNanos) throws IOException {
    if (follower.isPresent() && !wantsToWrite()) {
      String lines = follower.get().take();
      if (!lines.isEmpty()) {
        output = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        lastProgressNanos = nowNanos;
        channel.write(output);
      }
    }
  }

  /** Answers what has arrived, but never more than the client takes. */
  private void answerLines(long nowNanos) throws IOException {
    int end = lineEnd();
    while (end >= 0 && !wantsToWrite()) {
      answerLine(end, nowNanos);
      end = lineEnd();
    }
  }

  private int lineEnd() {
    for (int i = 0; i < input.position(); i++) {
      if (input.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void answerLine(int end, long nowNanos) throws IOException {
    String line = new String(input.array(), 0, end, StandardCharsets.UTF_8);
    input.flip().position(end + 1);
    input.compact();
    output =
        ByteBuffer.wrap(
            (handler.handle(line, this::isThere) + "\n").getBytes(StandardCharsets.UTF_8));
    if (follower.isEmpty() && handler.follows(line)) {
      follower = Optional.of(feed.follow());
    }
    lastProgressNanos = nowNanos;
    channel.write(output);
  }

  /**
   * Whether somebody would read the answer: the kernel refuses a blank, which may stand before any
   * answer, when the other end is closed.
   */
  private boolean isThere() {
    try {
      channel.write(ByteBuffer.wrap(BLANK));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void close() {
    follower.ifPresent(feed::leave);
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is lost: the peer is gone and the descriptor is released either way
      output.clear();
    }
  }
}
