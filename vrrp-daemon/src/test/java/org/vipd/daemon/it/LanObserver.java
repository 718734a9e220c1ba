package org.vipd.daemon.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Watches who advertises on a switch: the truth about who is Active, whatever a daemon says. */
final class LanObserver implements AutoCloseable {

  /** Packets in a row from one sender, after which it counts as the only one. */
  private static final int CERTAIN = 2;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Capture capture;
  private final String title;

  LanObserver(Lab lab, String title) {
    this.capture = Capture.start(lab, Lab.BRIDGE, VrrpPacket.FILTER);
    this.title = title;
  }

  /** How many advertisements there were so far: the place to look from after something is done. */
  int mark() {
    return packets().size();
  }

  List<VrrpPacket> packets() {
    return VrrpPacket.of(capture.frames());
  }

  Capture capture() {
    return capture;
  }

  /**
   * Waits until one node alone advertises.
   *
   * @param mark what was there before the event
   * @param event what happened, for the report
   * @param node the one expected
   * @param sources the addresses it sends from
   * @return seconds from the last advertisement before its first one to that one
   */
  double awaitSole(int mark, String event, String node, List<String> sources) {
    Await.until(
        title + ": " + event + ": only " + node + " advertises",
        Await.GENEROUS,
        () -> isSole(mark, sources),
        () -> tail(mark));
    List<VrrpPacket> packets = packets();
    double seconds = 0;
    for (int i = Math.max(mark, 1); i < packets.size(); i++) {
      if (packets.get(i).claims() && sources.contains(packets.get(i).source())) {
        long gap = packets.get(i).timeNanos() - packets.get(i - 1).timeNanos();
        seconds = gap / NANOS_PER_SECOND;
        break;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %s: %s is Active, %.2f s after the packet before%n",
        title,
        event,
        node,
        seconds);
    return seconds;
  }

  private boolean isSole(int mark, List<String> sources) {
    List<VrrpPacket> packets = packets();
    return packets.size() >= mark + CERTAIN
        && packets.subList(packets.size() - CERTAIN, packets.size()).stream()
            .allMatch(packet -> packet.claims() && sources.contains(packet.source()));
  }

  private String tail(int mark) {
    return packets().stream()
        .skip(mark)
        .map(VrrpPacket::toString)
        .collect(Collectors.joining("\n"));
  }

  /** Ends the capture and asks tshark what is wrong with the packets from some addresses. */
  List<String> complaints(List<String> sources, String... preferences) {
    capture.stop();
    List<String> complaints = new ArrayList<>();
    long known = packets().stream().filter(packet -> sources.contains(packet.source())).count();
    long dissected = Tshark.count(capture.file(), Tshark.from(sources) + " && vrrp", preferences);
    if (known == 0 || known != dissected) {
      complaints.add(known + " packets of ours, of which tshark takes " + dissected + " for VRRP");
    }
    complaints.addAll(Tshark.faults(capture.file(), Tshark.from(sources), preferences));
    return complaints;
  }

  @Override
  public void close() {
    capture.close();
  }
}
