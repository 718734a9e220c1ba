package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.message.MessageFlag;
import org.vipd.netlink.message.MessageReader;
import org.vipd.netlink.message.MessageWriter;
import org.vipd.netlink.message.NetlinkError;
import org.vipd.netlink.message.RouteMessageType;
import org.vipd.netlink.socket.NetlinkSocket;

/**
 * Asks the kernel of the present network namespace. A batch is one datagram as long as it has at
 * most {@link #CHUNK} requests; only its last message asks for an answer, refusals are answered
 * anyway. For one thread.
 */
public final class RouteClient implements RouteOperations, AutoCloseable {

  /** Requests in one datagram. */
  public static final int CHUNK = 1024;

  /** In the sequence numbers of refreshes and of nothing else. */
  static final int REFRESH_BIT = 1 << 30;

  /** The number of messages whose answer nobody waits for: no other has it. */
  private static final int UNASKED = 0;

  /** How many interfaces one request may change; removals leave room for them. */
  private static final int PROMOTING_MAXIMUM = 64;

  private static final int SEQUENCE_MAXIMUM = REFRESH_BIT - 1;
  private static final int REQUEST_MAXIMUM = 160;
  // Room for a refusal of each request of a chunk: about 1 KiB of kernel memory each.
  private static final int RECEIVE_BUFFER = 4 << 20;
  private static final int LIST_ATTEMPTS = 5;

  /** So many datagrams of refreshes are kept; what is beyond is encoded each time. */
  private static final int KEPT_MAXIMUM = 8;

  private final NetlinkSocket socket;
  private final KernelAnswers answers;
  private final NativeMemory request = NativeMemory.kept(CHUNK * REQUEST_MAXIMUM);
  private final List<KeptRequests> refreshes = new ArrayList<>();
  private int sequence;

  private RouteClient(NetlinkSocket socket) {
    this.socket = socket;
    this.answers = new KernelAnswers(socket);
  }

  /** Opens the socket; needs no privilege until something is changed (then CAP_NET_ADMIN). */
  public static RouteClient open() {
    return new RouteClient(NetlinkSocket.open(RECEIVE_BUFFER));
  }

  /** Returns the number of its socket. */
  int port() {
    return socket.port();
  }

  @Override
  public List<Link> links() {
    return list(RouteMessageType.GET_LINK, RouteCodec::writeLinkQuery, RouteCodec::readLink);
  }

  @Override
  public List<InterfaceAddress> addresses() {
    return list(
        RouteMessageType.GET_ADDRESS, RouteCodec::writeAddressQuery, RouteCodec::readAddress);
  }

  @Override
  public BatchResult add(List<AddressRequest> requests) {
    return change(requests, Change.ADD, Set.of());
  }

  @Override
  public BatchResult remove(List<AddressRequest> requests) {
    return change(requests, Change.REMOVE, Set.of());
  }

  @Override
  public BatchResult removeBesideOthers(List<AddressRequest> requests) {
    Set<InterfaceIndex> promoting = new LinkedHashSet<>();
    for (AddressRequest it : requests) {
      if (it.prefix().family() == IpFamily.IPV4 && promoting.size() < PROMOTING_MAXIMUM) {
        promoting.add(it.index());
      }
    }
    promoting.removeIf(index -> promotes(index).orElse(true));
    return change(requests, Change.REMOVE, promoting);
  }

  @Override
  public BatchResult refresh(List<AddressRequest> requests) {
    Answers found = new Answers(new ArrayList<>(), new ArrayList<>());
    for (int from = 0; from < requests.size(); from += CHUNK) {
      List<AddressRequest> chunk = requests.subList(from, Math.min(from + CHUNK, requests.size()));
      if (from / CHUNK < KEPT_MAXIMUM) {
        refresh(chunk, kept(from / CHUNK), found);
      } else {
        collectAnswers(chunk, Change.REFRESH, sendChunk(chunk, Change.REFRESH, Set.of()), found);
      }
    }
    return new BatchResult(requests.size(), found.failures(), found.unchanged());
  }

  private KeptRequests kept(int number) {
    if (number == refreshes.size()) {
      refreshes.add(new KeptRequests(REQUEST_MAXIMUM));
    }
    return refreshes.get(number);
  }

  private void refresh(List<AddressRequest> chunk, KeptRequests kept, Answers found) {
    if (!kept.areOf(chunk)) {
      int first = write(kept.begin(chunk.size()), chunk, Change.REFRESH, Set.of());
      kept.written(chunk, first);
    }
    boolean isAnswered = false;
    try {
      socket.send(kept.memory(), kept.length());
      collectAnswers(chunk, Change.REFRESH, kept.firstSequence(), found);
      isAnswered = true;
    } finally {
      if (!isAnswered) {
        // an answer that comes late must not count for the next one
        kept.forget();
      }
    }
  }

  @Override
  public void hideRefreshesFrom(RouteMonitor monitor) {
    monitor.ignoreRefreshesOf(this);
  }

  /** Closes the socket. */
  @Override
  public void close() {
    socket.close();
  }

  private <T> List<T> list(
      int type, Consumer<MessageWriter> body, Function<ByteBuffer, Optional<T>> decoder) {
    for (int attempt = 0; attempt < LIST_ATTEMPTS; attempt++) {
      int number = ++sequence;
      ByteBuffer buffer = request.buffer().clear();
      MessageWriter message = new MessageWriter(buffer);
      body.accept(message.begin(type, MessageFlag.REQUEST | MessageFlag.DUMP, number));
      message.end();
      socket.send(request, buffer.position());
      List<T> entries = new ArrayList<>();
      if (collectList(number, payload -> decoder.apply(payload).ifPresent(entries::add))) {
        return List.copyOf(entries);
      }
    }
    throw new SyscallException(
        KernelAnswers.CALL,
        Errno.EAGAIN,
        "a list that changed during each of " + LIST_ATTEMPTS + " attempts");
  }

  /** Returns false when the list changed while the kernel was listing. */
  private boolean collectList(int number, Consumer<ByteBuffer> entry) {
    boolean consistent = true;
    while (true) {
      MessageReader messages = answers.next();
      while (messages.next()) {
        if (messages.sequence() != number) {
          continue;
        }
        consistent &= (messages.flags() & MessageFlag.DUMP_INTERRUPTED) == 0;
        if (messages.type() == RouteMessageType.DONE) {
          return consistent;
        }
        if (messages.type() == RouteMessageType.ERROR) {
          NetlinkError error = KernelAnswers.errorOf(messages);
          throw new SyscallException(KernelAnswers.CALL, Errno.of(error.errorNumber()), "list");
        }
        entry.accept(messages.payload());
      }
    }
  }

  /** Nothing when the link is gone, or the kernel does not tell. */
  private Optional<Boolean> promotes(InterfaceIndex index) {
    int number = ++sequence;
    ByteBuffer buffer = request.buffer().clear();
    MessageWriter message = new MessageWriter(buffer);
    message.begin(RouteMessageType.GET_LINK, MessageFlag.REQUEST, number);
    PromotionCodec.writeQuery(message, index);
    message.end();
    socket.send(request, buffer.position());
    while (true) {
      MessageReader messages = answers.next();
      while (messages.next()) {
        if (messages.sequence() == number) {
          return messages.type() == RouteMessageType.NEW_LINK
              ? PromotionCodec.read(messages.payload())
              : Optional.empty();
        }
      }
    }
  }

  private BatchResult change(
      List<AddressRequest> requests, Change change, Set<InterfaceIndex> promoting) {
    Answers found = new Answers(new ArrayList<>(), new ArrayList<>());
    for (int from = 0; from < requests.size(); from += CHUNK) {
      List<AddressRequest> chunk = requests.subList(from, Math.min(from + CHUNK, requests.size()));
      int first = sendChunk(chunk, change, promoting);
      collectAnswers(chunk, change, first, found);
    }
    return new BatchResult(requests.size(), found.failures(), found.unchanged());
  }

  private int sendChunk(List<AddressRequest> chunk, Change change, Set<InterfaceIndex> promoting) {
    ByteBuffer buffer = request.buffer().clear();
    int first = write(buffer, chunk, change, promoting);
    socket.send(request, buffer.position());
    return first;
  }

  /** Answers the sequence number of the first one. */
  private int write(
      ByteBuffer buffer, List<AddressRequest> chunk, Change change, Set<InterfaceIndex> promoting) {
    if (sequence > SEQUENCE_MAXIMUM - CHUNK) {
      sequence = 0;
    }
    int mark = change == Change.REFRESH ? REFRESH_BIT : 0;
    int first = (sequence + 1) | mark;
    MessageWriter message = new MessageWriter(buffer);
    promote(message, promoting, true);
    for (int i = 0; i < chunk.size(); i++) {
      boolean last = i == chunk.size() - 1;
      int flags = MessageFlag.REQUEST | change.flags | (last ? MessageFlag.ACKNOWLEDGE : 0);
      message.begin(change.type, flags, ++sequence | mark);
      RouteCodec.writeAddress(message, chunk.get(i), change == Change.REMOVE);
      message.end();
    }
    promote(message, promoting, false);
    return first;
  }

  /** In the same datagram, so that nobody dies between the two. */
  private static void promote(MessageWriter message, Set<InterfaceIndex> links, boolean isOn) {
    for (InterfaceIndex index : links) {
      message.begin(RouteMessageType.SET_LINK, MessageFlag.REQUEST, UNASKED);
      PromotionCodec.writeChange(message, index, isOn);
      message.end();
    }
  }

  private record Answers(List<BatchResult.Failure> failures, List<AddressRequest> unchanged) {}

  private void collectAnswers(List<AddressRequest> chunk, Change change, int first, Answers found) {
    while (true) {
      MessageReader messages = answers.next();
      while (messages.next()) {
        int position = messages.sequence() - first;
        if (messages.type() != RouteMessageType.ERROR || position < 0 || position >= chunk.size()) {
          continue;
        }
        if (!messages.isAcknowledgement()) {
          keep(KernelAnswers.errorOf(messages), chunk.get(position), change, found);
        }
        if (position == chunk.size() - 1) {
          return;
        }
      }
    }
  }

  private static void keep(
      NetlinkError error, AddressRequest request, Change change, Answers found) {
    Errno errno = Errno.of(error.errorNumber());
    if (!change.countsAsDone(errno)) {
      found.failures().add(new BatchResult.Failure(request, errno, error.explanation()));
    } else {
      found.unchanged().add(request);
    }
  }

  private enum Change {
    ADD(RouteMessageType.NEW_ADDRESS, MessageFlag.CREATE | MessageFlag.EXCLUSIVE),
    REFRESH(RouteMessageType.NEW_ADDRESS, MessageFlag.CREATE | MessageFlag.REPLACE),
    REMOVE(RouteMessageType.DELETE_ADDRESS, 0);

    private final int type;
    private final int flags;

    Change(int type, int flags) {
      this.type = type;
      this.flags = flags;
    }

    boolean countsAsDone(Errno errno) {
      return switch (this) {
        case ADD -> errno.equals(Errno.EEXIST);
        case REMOVE -> errno.equals(Errno.EADDRNOTAVAIL) || errno.equals(Errno.ENODEV);
        case REFRESH -> false;
      };
    }
  }
}
