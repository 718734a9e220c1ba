package org.vipd.daemon.control;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The client side of the control socket. */
public final class ControlConnection {

  private static final long PATIENCE_MILLIS = 5000;
  private static final int ANSWER_LIMIT = 64 << 20;

  private ControlConnection() {}

  /**
   * Sends one request and waits for the answer.
   *
   * @throws IOException when there is no daemon, or none that answers within five seconds
   */
  public static String request(Path socket, String line) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Selector selector = Selector.open()) {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(65_536);
      while (answer.size() < ANSWER_LIMIT) {
        if (selector.select(PATIENCE_MILLIS) == 0) {
          throw new IOException("no answer within " + PATIENCE_MILLIS / 1000 + " s");
        }
        selector.selectedKeys().clear();
        int count = channel.read(buffer);
        if (count < 0) {
          throw new EOFException("the daemon closed the connection");
        }
        answer.write(buffer.array(), 0, count);
        if (count > 0 && buffer.get(count - 1) == '\n') {
          return answer.toString(StandardCharsets.UTF_8).strip();
        }
        buffer.clear();
      }
      throw new IOException("the answer is larger than " + (ANSWER_LIMIT >> 20) + " MiB");
    }
  }

  /**
   * Sends one request and hands over each line of the answer until the daemon ends.
   *
   * @throws IOException when there is no daemon
   */
  public static void follow(Path socket, String line, Consumer<String> lines) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        lines.accept(text);
      }
    }
  }
}
