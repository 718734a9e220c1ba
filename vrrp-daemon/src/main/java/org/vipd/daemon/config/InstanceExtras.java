package org.vipd.daemon.config;

import java.util.List;
import java.util.stream.Stream;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.VirtualInterface;
import org.vipd.daemon.config.track.NamedTrack;

/**
 * What an instance has beside the settings every instance needs.
 *
 * @param startsAsMaster whether the configuration asks to start as Active
 * @param isStrict whether the protocol is followed to the letter
 * @param tracks interfaces, files, processes and BFD sessions that decide about it
 * @param virtualInterface the interface that is made for it
 * @param routes routes that go with its addresses
 * @param rules rules that go with its addresses
 * @param settings the rest under its keywords
 */
public record InstanceExtras(
    boolean startsAsMaster,
    boolean isStrict,
    List<NamedTrack> tracks,
    VirtualInterface virtualInterface,
    List<KernelEntry> routes,
    List<KernelEntry> rules,
    Settings settings) {

  /** Nothing beside. */
  public static final InstanceExtras NONE =
      new InstanceExtras(
          false,
          false,
          List.of(),
          new VirtualInterface.None(),
          List.of(),
          List.of(),
          Settings.NONE);

  /** Whether both mean the same for a router that runs; how it started is past then. */
  public boolean actsLike(InstanceExtras other) {
    return equals(
        new InstanceExtras(
            startsAsMaster,
            other.isStrict,
            other.tracks,
            other.virtualInterface,
            other.routes,
            other.rules,
            other.settings));
  }

  /** The routes among {@link #routes} that can be installed, in their order. */
  public List<VirtualRoute> virtualRoutes() {
    return routes.stream().flatMap(it -> VirtualRoute.of(it).stream()).toList();
  }

  /** The rules among {@link #rules} that can be installed, in their order. */
  public List<VirtualRule> virtualRules() {
    return rules.stream().flatMap(it -> VirtualRule.of(it).stream()).toList();
  }

  /** Both, as they are installed: what a rule looks into is there before it. */
  public List<RoutingEntry> routingEntries() {
    return Stream.<RoutingEntry>concat(virtualRoutes().stream(), virtualRules().stream()).toList();
  }

  /** The same with other tracks. */
  public InstanceExtras withTracks(List<NamedTrack> others) {
    return new InstanceExtras(
        startsAsMaster, isStrict, others, virtualInterface, routes, rules, settings);
  }

  public InstanceExtras {
    tracks = List.copyOf(tracks);
    routes = List.copyOf(routes);
    rules = List.copyOf(rules);
  }
}
