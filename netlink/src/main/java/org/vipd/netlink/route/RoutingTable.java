package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.message.MessageFlag;
import org.vipd.netlink.message.MessageReader;
import org.vipd.netlink.message.MessageWriter;
import org.vipd.netlink.message.NetlinkError;
import org.vipd.netlink.message.RouteMessageType;
import org.vipd.netlink.socket.NetlinkSocket;

/**
 * Adds and removes routes and rules in the present network namespace, a batch in one datagram as
 * long as it has at most {@link #CHUNK} of them. For one thread.
 */
public final class RoutingTable implements RoutingOperations, AutoCloseable {

  /** Routes and rules in one datagram. */
  public static final int CHUNK = 256;

  private static final int REQUEST_MAXIMUM = 256;
  private static final int RECEIVE_BUFFER = 1 << 20;
  private static final int SEQUENCE_MAXIMUM = 1 << 30;

  private final NetlinkSocket socket;
  private final KernelAnswers answers;
  private final NativeMemory request = NativeMemory.kept(CHUNK * REQUEST_MAXIMUM);
  private int sequence;

  private RoutingTable(NetlinkSocket socket) {
    this.socket = socket;
    this.answers = new KernelAnswers(socket);
  }

  /** Opens the socket; needs no privilege until something is changed (then CAP_NET_ADMIN). */
  public static RoutingTable open() {
    return new RoutingTable(NetlinkSocket.open(RECEIVE_BUFFER));
  }

  /** Returns the number of its socket. */
  @Override
  public int port() {
    return socket.port();
  }

  @Override
  public List<RouteOutcome> add(List<? extends RoutingRequest> requests) {
    return change(requests, false);
  }

  @Override
  public List<RouteOutcome> remove(List<? extends RoutingRequest> requests) {
    return change(requests, true);
  }

  /** Closes the socket. */
  @Override
  public void close() {
    socket.close();
  }

  private List<RouteOutcome> change(List<? extends RoutingRequest> requests, boolean isRemoval) {
    List<RouteOutcome> outcomes =
        new ArrayList<>(Collections.nCopies(requests.size(), RouteOutcome.DONE));
    for (int from = 0; from < requests.size(); from += CHUNK) {
      int to = Math.min(from + CHUNK, requests.size());
      int first = send(requests.subList(from, to), isRemoval);
      collect(outcomes.subList(from, to), first);
    }
    return outcomes;
  }

  private int send(List<? extends RoutingRequest> chunk, boolean isRemoval) {
    if (sequence > SEQUENCE_MAXIMUM - CHUNK) {
      sequence = 0;
    }
    int first = sequence + 1;
    int wanted = isRemoval ? 0 : MessageFlag.CREATE | MessageFlag.EXCLUSIVE;
    ByteBuffer buffer = request.buffer().clear();
    MessageWriter message = new MessageWriter(buffer);
    for (int i = 0; i < chunk.size(); i++) {
      int last = i == chunk.size() - 1 ? MessageFlag.ACKNOWLEDGE : 0;
      int flags = MessageFlag.REQUEST | wanted | last;
      if (chunk.get(i) instanceof IpRoute route) {
        int type = isRemoval ? RouteMessageType.DELETE_ROUTE : RouteMessageType.NEW_ROUTE;
        IpRouteCodec.write(message.begin(type, flags, ++sequence), route, isRemoval);
      } else if (chunk.get(i) instanceof IpRule rule) {
        int type = isRemoval ? RouteMessageType.DELETE_RULE : RouteMessageType.NEW_RULE;
        IpRuleCodec.write(message.begin(type, flags, ++sequence), rule);
      }
      message.end();
    }
    socket.send(request, buffer.position());
    return first;
  }

  private void collect(List<RouteOutcome> outcomes, int first) {
    while (true) {
      MessageReader messages = answers.next();
      while (messages.next()) {
        int position = messages.sequence() - first;
        boolean isOurs = position >= 0 && position < outcomes.size();
        if (messages.type() != RouteMessageType.ERROR || !isOurs) {
          continue;
        }
        NetlinkError error = KernelAnswers.errorOf(messages);
        Errno errno = Errno.of(error.errorNumber());
        outcomes.set(position, new RouteOutcome(errno, error.explanation()));
        if (position == outcomes.size() - 1) {
          return;
        }
      }
    }
  }
}
