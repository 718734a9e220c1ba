package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;

/**
 * Hears of every process that starts or ends (linux/cn_proc.h). Needs CAP_NET_ADMIN and, with most
 * kernels, the first network namespace. For one thread.
 */
public final class ProcessConnector implements AutoCloseable {

  /** Hears what happened, while {@link #dispatch} runs. */
  public interface Listener {

    /** A process copied itself; both ids are those of whole processes, not threads. */
    void forked(int parent, int child);

    /** A process became another program, or another name. */
    void changed(int pid);

    /** A process ended. */
    void ended(int pid);

    /** Events were lost: everything has to be looked at again. */
    void lost();
  }

  private static final int NETLINK_CONNECTOR = 11;
  private static final int INDEX_PROCESSES = 1;
  private static final int LISTEN = 1;
  private static final int RECEIVE_BUFFER = 1 << 20;
  private static final int HEADER = 16;
  private static final int CONNECTOR_HEADER = 20;
  private static final int REQUEST = HEADER + CONNECTOR_HEADER + Integer.BYTES;
  private static final short TYPE_DONE = 3;
  private static final int GROUPS_OFFSET = 8;
  private static final int WHAT_OFFSET = HEADER + CONNECTOR_HEADER;
  private static final int DATA_OFFSET = WHAT_OFFSET + 16;
  private static final int WHAT_FORK = 0x1;
  private static final int WHAT_EXEC = 0x2;
  private static final int WHAT_NAME = 0x200;
  private static final int WHAT_EXIT = 0x8000_0000;
  private static final int DATAGRAM = 4096;
  private static final String CONTEXT = "process events";

  private final FileDescriptor fd;
  private final MessageHeader incoming = new MessageHeader();
  private final NativeMemory peer = NativeMemory.kept(SocketAddress.NETLINK_LENGTH);
  private final NativeMemory datagram = NativeMemory.kept(DATAGRAM);

  private ProcessConnector(FileDescriptor fd) {
    this.fd = fd;
    incoming.setData(datagram.address(), DATAGRAM);
  }

  /**
   * Opens it and asks for events.
   *
   * @throws org.vipd.netlink.libc.SyscallException EPROTONOSUPPORT when the kernel, or this network
   *     namespace, has none; EPERM without the privilege
   */
  public static ProcessConnector open() {
    FileDescriptor fd =
        SocketSetup.open(
            SocketAddress.AF_NETLINK, SocketSetup.SOCK_DGRAM, NETLINK_CONNECTOR, CONTEXT);
    try (NativeMemory name = NativeMemory.scoped(SocketAddress.NETLINK_LENGTH)) {
      name.buffer()
          .putShort(0, (short) SocketAddress.AF_NETLINK)
          .putInt(GROUPS_OFFSET, INDEX_PROCESSES);
      SocketSetup.of(fd, CONTEXT)
          .receiveBuffer(RECEIVE_BUFFER)
          .bind(name, SocketAddress.NETLINK_LENGTH);
      listen(fd);
      return new ProcessConnector(fd);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  private static void listen(FileDescriptor fd) {
    try (NativeMemory request = NativeMemory.scoped(REQUEST);
        NativeMemory kernel = NativeMemory.scoped(SocketAddress.NETLINK_LENGTH)) {
      ByteBuffer fields = request.buffer();
      fields.putInt(0, REQUEST).putShort(4, TYPE_DONE);
      fields.putInt(HEADER, INDEX_PROCESSES).putInt(HEADER + 4, INDEX_PROCESSES);
      fields.putShort(HEADER + 16, (short) Integer.BYTES);
      fields.putInt(HEADER + CONNECTOR_HEADER, LISTEN);
      kernel.buffer().putShort(0, (short) SocketAddress.AF_NETLINK);
      MessageHeader message = new MessageHeader();
      message.setName(kernel.address(), SocketAddress.NETLINK_LENGTH);
      message.setData(request.address(), REQUEST);
      int sent = message.send(fd.number());
      if (sent < 0) {
        throw SocketSetup.failure("sendmsg", sent, CONTEXT);
      }
    }
  }

  /** Returns the descriptor to watch for reading. */
  public int fd() {
    return fd.number();
  }

  /** Delivers all events that wait. */
  public void dispatch(Listener listener) {
    while (true) {
      incoming.setName(peer.address(), SocketAddress.NETLINK_LENGTH);
      int length = incoming.receive(fd.number(), 0);
      if (length == -Errno.EAGAIN.number()) {
        return;
      }
      if (length == -Errno.ENOBUFS.number()) {
        listener.lost();
      } else if (length < 0) {
        throw SocketSetup.failure("recvmsg", length, CONTEXT);
      } else if (peer.buffer().getInt(SocketAddress.NETLINK_PORT_OFFSET) == 0) {
        deliver(length, listener);
      }
    }
  }

  private void deliver(int length, Listener listener) {
    ByteBuffer event = datagram.buffer();
    if (length < DATA_OFFSET + 8) {
      return;
    }
    int first = event.getInt(DATA_OFFSET);
    int second = event.getInt(DATA_OFFSET + 4);
    switch (event.getInt(WHAT_OFFSET)) {
      case WHAT_FORK -> {
        int child = event.getInt(DATA_OFFSET + 8);
        if (child == event.getInt(DATA_OFFSET + 12)) {
          listener.forked(second, child);
        }
      }
      case WHAT_EXEC, WHAT_NAME -> {
        if (first == second) {
          listener.changed(first);
        }
      }
      case WHAT_EXIT -> {
        if (first == second) {
          listener.ended(first);
        }
      }
      default -> {
        // users, sessions, traces: of no interest
      }
    }
  }

  /** Closes it; the kernel stops counting on this listener. */
  @Override
  public void close() {
    fd.close();
  }
}
