package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.check.host.UnknownHost;
import org.vipd.protocol.value.IpAddress;

/**
 * The configuration of one node of a cluster.
 *
 * @param file its file as the operator named it, or its {@link #title}
 * @param config what it says
 * @param places where it says it
 * @param host the host that it is for, as far as something is known of it here
 * @param said what was said when it was read, of all of its files
 */
public record Node(
    String file, DaemonConfig config, PlaceFinder places, HostView host, List<ConfigProblem> said) {

  private static final String AS = " as ";

  /** Nothing is called so, and its place is that of the list. */
  private static final String NO_NAME = "";

  public Node {
    said = List.copyOf(said);
  }

  /** A configuration of which nothing was said. */
  public Node(String file, DaemonConfig config, PlaceFinder places, HostView host) {
    this(file, config, places, host, List.of());
  }

  /** The configuration of another host than this one. */
  public Node(String file, DaemonConfig config, PlaceFinder places) {
    this(file, config, places, new UnknownHost());
  }

  /** The same, for a host of which nothing is known. */
  Node elsewhere() {
    return new Node(file, config, places, new UnknownHost(), said);
  }

  /**
   * Whether one of these keywords stands in it, or may, and it was said why that is not used: a
   * rule that misses it need not say so again.
   */
  boolean isLeftOut(Set<String> keywords) {
    return said.stream()
        .anyMatch(
            it ->
                it.is(ProblemKind.Type.BRACE)
                    || (it.is(ProblemKind.Type.LEFT_OUT)
                        && keywords.contains(it.kind().subject())));
  }

  /** Whether what an instance says with a keyword was refused: its value is a guess then. */
  boolean isGuessed(InstanceConfig instance, String keyword) {
    Place own = place(instance, keyword);
    return hasWritten(instance, keyword)
        && said.stream()
            .filter(ConfigProblem::isError)
            .map(ConfigProblem::place)
            .anyMatch(it -> it.file().equals(own.file()) && it.line() == own.line());
  }

  /** A file read as one of the nodes that it lists. */
  public static String title(String file, String node) {
    return file + AS + node;
  }

  Place place(InstanceConfig instance, String keyword) {
    return places.find(instance.place(), keyword);
  }

  /** Where an address stands, with a prefix length or without. */
  Place placeOf(InstanceConfig instance, IpAddress address) {
    String list =
        instance.addresses().stream()
                .filter(it -> it.address().equals(address))
                .allMatch(VirtualAddressConfig::isAdvertised)
            ? "virtual_ipaddress"
            : "virtual_ipaddress_excluded";
    Place found = placeIn(instance, list, address.toString());
    return found.equals(instance.place()) ? place(instance, address.toString()) : found;
  }

  /** Where a text stands that is a word or value of its own, such as a path; else the file. */
  Place placeOfText(String text) {
    return places.find(Place.ofFile(file), text);
  }

  /** Where a word stands in a list. */
  Place placeIn(InstanceConfig instance, String list, String word) {
    return places.find(instance.place(), list, word);
  }

  /** Where that stands which an instance or else its group tracks. */
  Place placeOfTrack(InstanceConfig instance, String list, String name) {
    return trackingGroup(instance, list, name)
        .map(group -> places.find(group.place(), list, name))
        .orElseGet(() -> placeIn(instance, list, name));
  }

  /** The same in words, behind what is tracked: nothing when the instance itself tracks it. */
  String byGroup(InstanceConfig instance, String list, String name) {
    return trackingGroup(instance, list, name)
        .map(group -> ", which group " + group.name() + " tracks,")
        .orElse("");
  }

  private Optional<SyncGroup> trackingGroup(InstanceConfig instance, String list, String name) {
    boolean isOwn = !placeIn(instance, list, name).equals(placeIn(instance, list, NO_NAME));
    return isOwn
        ? Optional.empty()
        : config.groups().stream()
            .filter(it -> it.members().contains(instance.name()))
            .filter(it -> it.isTracking(list, name))
            .findFirst();
  }

  /** Whether a word stands in the block of an instance. */
  boolean hasWritten(InstanceConfig instance, String word) {
    return !place(instance, word).equals(instance.place());
  }

  /** How a message that points into the file names the node: a file may be that of several. */
  String here() {
    return file.contains(AS) ? "in " + file : "here";
  }

  /** The same behind a statement about one node: nothing where the file is that of one only. */
  String as() {
    return file.contains(AS) ? " in " + file : "";
  }

  /** What a keyword of keepalived is called in the file. */
  String name(String keyword) {
    return places.name(keyword);
  }

  /** The wording that fits the language of the file. */
  String wording(String keepalived, String own) {
    return places.wording(keepalived, own);
  }
}
