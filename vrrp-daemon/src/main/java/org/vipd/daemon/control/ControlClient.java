package org.vipd.daemon.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection: collects a line, hands it to the handler, writes the answer. */
final class ControlClient {

  private static final int LINE_LIMIT = 65_536;
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final SocketChannel channel;
  private final RequestHandler handler;
  private final ByteBuffer input = ByteBuffer.allocate(LINE_LIMIT);
  private ByteBuffer output = ByteBuffer.allocate(0);
  private long lastProgressNanos;

  ControlClient(SocketChannel channel, RequestHandler handler, long nowNanos) {
    this.channel = channel;
    this.handler = handler;
    this.lastProgressNanos = nowNanos;
  }

  boolean wantsToWrite() {
    return output.hasRemaining();
  }

  boolean isOverdue(long nowNanos) {
    return nowNanos - lastProgressNanos > PATIENCE_NANOS;
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
    output = ByteBuffer.wrap((handler.handle(line) + "\n").getBytes(StandardCharsets.UTF_8));
    lastProgressNanos = nowNanos;
    channel.write(output);
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is lost: the peer is gone and the descriptor is released either way
      output.clear();
    }
  }
}
