package org.vipd.daemon.status;

import java.util.List;
import java.util.Map;

/**
 * A snapshot of the daemon.
 *
 * @param version of the program
 * @param pid process id
 * @param uptimeSeconds since the start
 * @param configuration what is in force
 * @param instances the virtual routers in the order of the configuration
 * @param statics what this host has whatever the state of the instances
 * @param sessions the BFD sessions that some of them depend on
 * @param interfaces counters of packets that belong to no instance, by interface
 * @param notifications what became of the last ones, by receiver and instance
 * @param daemon counters of the daemon itself
 */
public record DaemonStatus(
    String version,
    long pid,
    double uptimeSeconds,
    ConfigurationStatus configuration,
    List<InstanceStatus> instances,
    StaticStatus statics,
    List<SessionStatus> sessions,
    List<InterfaceStatus> interfaces,
    List<DeliveryStatus> notifications,
    Map<String, Long> daemon) {

  /**
   * The configuration in force.
   *
   * @param file where it was read from
   * @param generation 1 for the first, one more for each that was applied
   * @param hash SHA-256 of all files that it was read from, one after the other, in hexadecimal
   * @param since when it was put in force, in ISO 8601
   * @param problems what was found in it
   * @param lastReload result of the last attempt to read it again; empty when there was none
   * @param lastReloadAt when that was, in ISO 8601; empty when there was none
   * @param lastReloadRefused whether that attempt failed, so that an older configuration stays
   */
  public record ConfigurationStatus(
      String file,
      int generation,
      String hash,
      String since,
      List<String> problems,
      String lastReload,
      String lastReloadAt,
      boolean lastReloadRefused) {

    private static final int SHORT_LENGTH = 12;

    /** What is shown to people of the hash: enough to compare nodes. */
    public String shortHash() {
      return hash.substring(0, Math.min(SHORT_LENGTH, hash.length()));
    }
  }

  /**
   * Static addresses, routes and rules.
   *
   * @param entries those of the configuration
   * @param held those that this daemon has added and that are there
   */
  public record StaticStatus(List<String> entries, List<String> held) {

    /** None. */
    public static final StaticStatus NONE = new StaticStatus(List.of(), List.of());

    /** Copies the lists. */
    public StaticStatus {
      entries = List.copyOf(entries);
      held = List.copyOf(held);
    }
  }

  /**
   * Packets on an interface that no instance takes.
   *
   * @param name interface and family
   * @param counters by reject reason
   */
  public record InterfaceStatus(String name, Map<String, Long> counters) {}
}
