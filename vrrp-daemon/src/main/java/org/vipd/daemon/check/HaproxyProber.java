package org.vipd.daemon.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.config.probe.Probe;

/** Counts the servers of a back end that are up, as {@code show stat} of HAProxy lists them. */
final class HaproxyProber implements Prober {

  private static final byte[] QUESTION = "show stat\n".getBytes(StandardCharsets.US_ASCII);
  private static final int ANSWER_LIMIT = 4 << 20;
  private static final int BUFFER_BYTES = 16_384;
  private static final int PROXY_COLUMN = 0;
  private static final int SERVER_COLUMN = 1;
  private static final int STATUS_COLUMN = 17;

  private final Probe.Haproxy probe;

  HaproxyProber(Probe.Haproxy probe) {
    this.probe = probe;
  }

  @Override
  public String probe(Duration timeout) throws IOException {
    List<String> states = new ArrayList<>();
    int up = 0;
    for (String line : ask(timeout).split("\n", -1)) {
      String[] columns = line.split(",", -1);
      boolean isServer =
          columns.length > STATUS_COLUMN
              && columns[PROXY_COLUMN].equals(probe.backend())
              && !columns[SERVER_COLUMN].equals("BACKEND")
              && !columns[SERVER_COLUMN].equals("FRONTEND");
      if (isServer) {
        String status = columns[STATUS_COLUMN];
        states.add(columns[SERVER_COLUMN] + " " + status);
        up += isUp(status) ? 1 : 0;
      }
    }
    return judge(up, states);
  }

  /** A server that is going down is listed as {@code UP 1/3} and still gets requests. */
  private static boolean isUp(String status) {
    return status.equals("UP") || status.startsWith("UP ") || status.equals("no check");
  }

  private String judge(int up, List<String> states) throws IOException {
    if (states.isEmpty()) {
      throw new IOException("HAProxy has no back end " + probe.backend() + " with servers");
    }
    String found =
        up + " of " + states.size() + " servers are up (" + String.join(", ", states) + ")";
    if (up < probe.servers()) {
      throw new IOException(found + ", expected at least " + probe.servers());
    }
    return found;
  }

  private String ask(Duration timeout) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(probe.socket()));
        Selector selector = Selector.open()) {
      channel.write(ByteBuffer.wrap(QUESTION));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return readAll(channel, selector, timeout);
    } catch (IOException e) {
      throw new IOException("stats socket " + probe.socket() + ": " + e.getMessage(), e);
    }
  }

  private static String readAll(SocketChannel channel, Selector selector, Duration timeout)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (answer.size() < ANSWER_LIMIT) {
      if (selector.select(timeout.toMillis()) == 0) {
        throw new IOException("no answer within " + timeout.toMillis() + " ms");
      }
      selector.selectedKeys().clear();
      int count = channel.read(buffer);
      if (count < 0) {
        return answer.toString(StandardCharsets.UTF_8);
      }
      answer.write(buffer.array(), 0, count);
      buffer.clear();
    }
    throw new IOException("the answer is larger than " + (ANSWER_LIMIT >> 20) + " MiB");
  }
}
