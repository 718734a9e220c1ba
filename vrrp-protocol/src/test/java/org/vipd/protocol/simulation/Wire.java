package org.vipd.protocol.simulation;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;

/** What connects the hosts: delays, losses, copies and cuts. */
final class Wire {
  private final Random random;
  private final long maximumDelayNanos;
  private final boolean[][] isCut;
  private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>();
  private int lossPercent;
  private int duplicatePercent;
  private int stragglerPercent;
  private final long stragglerNanos;
  private long count;

  Wire(Random random, Scenario scenario) {
    int hosts = scenario.configs().size();
    this.random = random;
    this.maximumDelayNanos = scenario.maximumDelayNanos();
    this.isCut = new boolean[hosts][hosts];
    this.lossPercent = scenario.lossPercent();
    this.duplicatePercent = scenario.duplicatePercent();
    this.stragglerPercent = scenario.stragglers().percent();
    this.stragglerNanos = scenario.stragglers().maximumDelayNanos();
  }

  /** A packet on its way. */
  record Arrival(long at, long number, Node to, Node.Packet packet) implements Comparable<Arrival> {
    @Override
    public int compareTo(Arrival other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
    }
  }

  /** When the next packet arrives. */
  long nextAt() {
    return arrivals.isEmpty() ? Long.MAX_VALUE : arrivals.peek().at();
  }

  Arrival take() {
    return arrivals.remove();
  }

  /** Carries a packet from one host to another, if nothing is in the way. */
  void carry(long now, Node from, Node to, Node.Packet packet) {
    if (!isCut[from.index][to.index]) {
      transmit(now, to, packet);
      if (random.nextInt(100) < duplicatePercent) {
        transmit(now, to, packet);
      }
    }
  }

  /** Puts a packet before a host at once. */
  void inject(long now, Node to, Node.Packet packet) {
    arrivals.add(new Arrival(now, count++, to, packet));
  }

  void cut(Node from, Node to, boolean isOneWay) {
    isCut[from.index][to.index] = true;
    if (!isOneWay) {
      isCut[to.index][from.index] = true;
    }
  }

  void mend() {
    for (boolean[] row : isCut) {
      Arrays.fill(row, false);
    }
  }

  /** No losses, no copies, no stragglers and no cuts from now on. */
  void heal() {
    mend();
    lossPercent = 0;
    duplicatePercent = 0;
    stragglerPercent = 0;
  }

  private void transmit(long now, Node to, Node.Packet packet) {
    if (random.nextInt(100) >= lossPercent) {
      boolean straggles = random.nextInt(100) < stragglerPercent;
      long longest = straggles ? stragglerNanos : maximumDelayNanos;
      long delay = 1 + (long) (random.nextDouble() * longest);
      arrivals.add(new Arrival(now + delay, count++, to, packet));
    }
  }
}
