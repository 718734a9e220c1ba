package org.vipd.netlink.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.process.ChildProcess;
import org.vipd.netlink.process.Command;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.NetworkNamespace;

/** Prints what one packet and one child process cost; needs root. Run its main by hand. */
final class SocketBench {

  private static final int ROUNDS = 5;
  private static final int PACKETS = 100_000;
  private static final int CHILDREN = 200;
  private static final InetAddress GROUP = Addresses.ip("224.0.0.200");

  private SocketBench() {}

  /** Runs each measurement five times. */
  public static void main(String[] arguments) {
    try (NetworkNamespace left = NetworkNamespace.create("netlink-bench-a");
        NetworkNamespace right = NetworkNamespace.create("netlink-bench-b")) {
      NetworkNamespace.connect(left, "a0", right, "b0");
      left.run("ip", "addr", "add", "10.9.0.1/24", "dev", "a0");
      try (RawIpSocket sender = open(left, "a0");
          RawIpSocket receiver = open(right, "b0")) {
        for (int round = 0; round < ROUNDS; round++) {
          measurePackets(sender, receiver);
        }
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      measureChildren();
    }
  }

  private static void measurePackets(RawIpSocket sender, RawIpSocket receiver) {
    Destination to = sender.destination(Addresses.ip("10.9.0.1"), GROUP, 255);
    ByteBuffer payload = ByteBuffer.allocateDirect(20);
    Datagram datagram = new Datagram();
    long sending = 0;
    long receiving = 0;
    int received = 0;
    for (int i = 0; i < PACKETS; i++) {
      long start = System.nanoTime();
      sender.send(payload, to, 253);
      long sent = System.nanoTime();
      while (receiver.receive(datagram)) {
        received++;
      }
      sending += sent - start;
      receiving += System.nanoTime() - sent;
    }
    System.out.printf(
        "send %d ns, receive %d ns with its empty look, %d of %d arrived%n",
        sending / PACKETS, receiving / PACKETS, received, PACKETS);
  }

  private static void measureChildren() {
    Command command = new Command(List.of("/bin/true"), Map.of());
    long spawning = 0;
    long total = 0;
    try (Poller poller = Poller.open()) {
      for (int i = 0; i < CHILDREN; i++) {
        long start = System.nanoTime();
        try (ChildProcess child = ChildProcess.spawn(command)) {
          spawning += System.nanoTime() - start;
          poller.watch(child.pidFd(), Poller.READABLE, 0);
          poller.await(Long.MAX_VALUE);
          child.reap();
        }
        total += System.nanoTime() - start;
      }
    }
    System.out.printf(
        "spawn %d us, to its end %d us%n", spawning / CHILDREN / 1000, total / CHILDREN / 1000);
  }

  private static RawIpSocket open(NetworkNamespace namespace, String name) {
    RawIpSocket.Options options =
        new RawIpSocket.Options(
            IpFamily.IPV4,
            new InterfaceIndex(namespace.interfaceIndex(name)),
            name,
            253,
            Optional.of(GROUP),
            Optional.empty());
    return namespace.call(() -> RawIpSocket.open(options));
  }
}
