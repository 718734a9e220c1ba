package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ElectionConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.InstanceExtras;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.protocol.machine.Behaviour;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.RouterKey;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/**
 * Completes an instance: defaults, ranges that depend on the version, and settings that exclude
 * each other.
 */
final class InstanceAssembler {

  private static final long NANOS_PER_CENTISECOND = 10_000_000L;
  private static final int MAX_ADDRESSES = 255;
  private static final int OWNER = 255;
  private static final int DEFAULT_PRIORITY = 100;
  private static final String PEERS = "unicast_peer";

  private final Values values;
  private final InstanceKeywords draft;
  private final Statement block;
  private final Place place;
  private final String name;
  private final String title;

  InstanceAssembler(Values values, InstanceKeywords draft, Statement block, Word name) {
    this.values = values;
    this.draft = draft;
    this.block = block;
    this.place = block.place();
    this.name = name.text();
    this.title = "vrrp_instance " + this.name;
  }

  Optional<InstanceConfig> assemble() {
    MissingKeywords missing = new MissingKeywords(values, block, title);
    if (draft.vrid.isEmpty()) {
      missing.report("virtual_router_id", "add: virtual_router_id 1..255");
    }
    if (draft.interfaceName.isEmpty()) {
      missing.report("interface", "add: interface NAME");
    }
    AddressFamily family = draft.family.orElse(AddressFamily.IPV4);
    List<VirtualAddressConfig> addresses = addresses(family);
    VrrpVersion version = version(family);
    boolean isMeant = draft.reader.settings().isOn("no_virtual_ipaddress") && !draft.isStrict();
    if (!isMeant && addresses.stream().noneMatch(VirtualAddressConfig::isAdvertised)) {
      missing.reportAddresses(version, draft.isStrict());
    }
    if (draft.vrid.isEmpty() || draft.interfaceName.isEmpty()) {
      return Optional.empty();
    }
    if (draft.isStrict()) {
      beStrict(version);
    }
    RouterKey key =
        new RouterKey(draft.interfaceName.get().text(), family, new Vrid(draft.vrid.getAsInt()));
    return Optional.of(
        new InstanceConfig(
            name,
            place,
            key,
            version,
            election(version),
            transport(family),
            new AuthenticationAssembler(values, draft).assemble(version),
            draft.wire.assemble(family, !draft.isStrict() || priority() == OWNER, draft.isStrict()),
            addresses,
            draft.tracks.checks(),
            draft.hooks.config(),
            extras()));
  }

  private void beStrict(VrrpVersion version) {
    draft.announcements.silenceRivals();
    if (version == VrrpVersion.V2) {
      draft.wire.ignoreAccept();
    }
  }

  private InstanceExtras extras() {
    boolean wantsMaster =
        draft.state.isEmpty() ? priority() == OWNER : startsAsMaster() && !isHeader();
    return new InstanceExtras(
        wantsMaster,
        draft.isStrict(),
        tracks(),
        draft.virtualInterface.config(),
        draft.routes,
        draft.rules,
        draft
            .reader
            .settings()
            .without(keyword -> KeywordTable.isRecorded(Scope.INSTANCE, keyword)));
  }

  /** In strict mode, who owns the addresses starts as MASTER, and nobody else, as in keepalived. */
  private boolean startsAsMaster() {
    return draft.isStrict() ? priority() == OWNER : draft.startsAsMaster;
  }

  private void reportState() {
    boolean isOther = startsAsMaster() != draft.startsAsMaster;
    if (draft.state.isPresent() && isOther && !draft.isPriorityRefused) {
      String used = startsAsMaster() ? "MASTER" : "BACKUP";
      values.warning(
          draft.state.map(Statement::place).orElse(place),
          title + " has strict mode and priority " + priority() + ": it starts as " + used,
          "write state " + used);
    }
  }

  /** keepalived lets a router with the authentication header learn the sequence number first. */
  private boolean isHeader() {
    return draft.authentication.type().filter(type -> type.text().equals("AH")).isPresent()
        && priority() != OWNER;
  }

  private List<NamedTrack> tracks() {
    List<NamedTrack> kept = new ArrayList<>();
    String own = draft.interfaceName.orElseThrow().text();
    for (NamedTrack track : draft.tracks.tracks()) {
      if (track.kind() == TrackKind.INTERFACE && track.name().equals(own)) {
        values.warning(
            places().find(place, "track_interface", own),
            title + " tracks its own interface, which it does anyway",
            "delete the line");
      } else {
        kept.add(track);
      }
    }
    return kept;
  }

  private int priority() {
    boolean isOwner = draft.startsAsMaster && !draft.isPriorityRefused;
    return draft.priority.orElse(isOwner ? OWNER : DEFAULT_PRIORITY);
  }

  private List<VirtualAddressConfig> addresses(AddressFamily family) {
    List<VirtualAddressConfig> kept = new ArrayList<>();
    Set<IpAddress> known = new HashSet<>();
    int advertised = 0;
    for (AddressKeywords.Written written : draft.addresses) {
      VirtualAddressConfig address = written.address();
      if (address.isAdvertised() && address.address().family() != family) {
        values.warning(
            written.place(),
            title + " mixes IPv4 and IPv6: " + address.address() + " is dropped, as in keepalived",
            "move it to virtual_ipaddress_excluded or to an instance of its own");
      } else if (!known.add(address.address())) {
        reportTwice(written);
      } else if (address.isAdvertised() && advertised++ >= MAX_ADDRESSES) {
        reportTooMany(written);
        kept.add(address.unadvertised());
      } else {
        kept.add(address);
      }
    }
    return kept;
  }

  private void reportTwice(AddressKeywords.Written written) {
    String text = title + " lists " + written.address().address() + " twice";
    if (written.address().isAdvertised()) {
      values.warning(
          written.place(),
          text + "; it counts once, where keepalived 2.2 counts both and refuses other counts",
          "delete one on every node, before nodes of both kinds run together");
    } else {
      values.warning(written.place(), text, "delete one");
    }
  }

  /** keepalived does the same with what its message cannot name. */
  private void reportTooMany(AddressKeywords.Written written) {
    values.warnOnce(
        written.place(),
        title
            + " advertises more than "
            + MAX_ADDRESSES
            + " addresses; from here on they are held like those of virtual_ipaddress_excluded",
        "move them there, on all nodes");
  }

  private VrrpVersion version(AddressFamily family) {
    if (family == AddressFamily.IPV6) {
      if (draft.version.orElse(3) == 2) {
        values.warning(
            at("version"),
            title + ": version 2 does not exist for IPv6; 3 is used",
            "write version 3");
      }
      return VrrpVersion.V3;
    }
    return draft.version.orElse(draft.global.version()) == 3 ? VrrpVersion.V3 : VrrpVersion.V2;
  }

  private ElectionConfig election(VrrpVersion version) {
    reportState();
    int priority = priority();
    AdvertInterval interval = interval(version);
    if (draft.priority.isEmpty() && priority == OWNER) {
      values.warning(
          draft.state.map(Statement::place).orElse(place),
          title + " says state MASTER and no priority, so it is the address owner with 255",
          "write a priority");
    }
    return new ElectionConfig(
        Priority.of(priority),
        interval,
        preempts(priority),
        preemptDelay(),
        lease(version, interval),
        draft.announcements.policy(),
        behaviour());
  }

  /** Strict mode goes back to what RFC 3768 and RFC 5798 say, as in keepalived. */
  private Behaviour behaviour() {
    Behaviour usual = Behaviour.DEFAULT;
    boolean silent = draft.isOn("lower_prio_no_advert", "vrrp_lower_prio_no_advert");
    return new Behaviour(
        draft.isStrict() ? usual.downTimerAdverts() : draft.downTimerAdverts(),
        !draft.isStrict() && !silent,
        usual.ownerYields(),
        usual.answerSpacingNanos());
  }

  private Lease lease(VrrpVersion version, AdvertInterval interval) {
    Lease.Patience patience = new Lease.Patience(version, interval, behaviour().downTimerAdverts());
    return draft
        .lease
        .or(draft.global::lease)
        .map(statement -> new LeaseReader(values).read(statement, patience))
        .orElseGet(() -> Lease.longest(patience));
  }

  private boolean preempts(int priority) {
    if (draft.nopreempt.isEmpty()) {
      return true;
    }
    if (priority == OWNER || startsAsMaster()) {
      values.finding(
          "V003",
          draft.nopreempt.get().place(),
          "nopreempt has no effect together with "
              + (startsAsMaster() && priority != OWNER ? "state MASTER" : "priority 255"),
          "write state BACKUP and a priority below 255 on every node");
      return true;
    }
    return false;
  }

  private Duration preemptDelay() {
    String reason =
        startsAsMaster()
            ? draft.startsAsMaster ? "state MASTER" : "priority 255"
            : draft.nopreempt.isPresent() ? "nopreempt" : draft.isStrict() ? "strict mode" : "";
    if (!draft.preemptDelay.isZero() && !reason.isEmpty()) {
      values.warning(
          at("preempt_delay"), title + ": preempt_delay has no effect with " + reason, "delete it");
      return Duration.ZERO;
    }
    return draft.preemptDelay;
  }

  /**
   * Version 2 carries whole seconds (RFC 3768 5.3.7), version 3 centiseconds up to 40.95 s (RFC
   * 9568 5.2.7).
   */
  private AdvertInterval interval(VrrpVersion version) {
    if (draft.interval.isEmpty() || draft.intervalDuration.isEmpty()) {
      return AdvertInterval.ofSeconds(1);
    }
    long asked =
        Math.round((double) draft.intervalDuration.get().toNanos() / NANOS_PER_CENTISECOND);
    long used =
        version == VrrpVersion.V2
            ? Math.max(1, Math.min(255, Math.round(asked / 100.0))) * 100
            : Math.max(1, Math.min(4095, asked));
    if (used * NANOS_PER_CENTISECOND != draft.intervalDuration.get().toNanos()) {
      values.finding(
          version == VrrpVersion.V2 ? "V005" : "V017",
          draft.interval.get().place(),
          "advert_int "
              + draft.interval.get().argument(0).map(Word::text).orElse("")
              + " is not possible in VRRPv"
              + version.number()
              + "; "
              + used / 100.0
              + " s is used",
          version == VrrpVersion.V2
              ? "use whole seconds, or version 3 on every node"
              : "use whole hundredths of a second, 0.01 to 40.95");
    }
    return AdvertInterval.ofCentiseconds((int) used);
  }

  private Transport transport(AddressFamily family) {
    Optional<IpAddress> source = draft.source;
    if (source.isPresent() && source.get().family() != family) {
      values.warning(
          draft.sourceStatement.map(Statement::place).orElse(place),
          title
              + ": source address "
              + source.get()
              + " is of the other family and is ignored, as in keepalived",
          "write one of the family of the virtual addresses");
      source = Optional.empty();
    }
    List<IpAddress> peers = peers(family);
    if (draft.isUnicast && peers.isEmpty()) {
      values.warning(
          isWritten(PEERS) ? at(PEERS) : at("unicast_src_ip"),
          title + " has a unicast setting but no unicast_peer, so it uses multicast",
          "list the other routers in unicast_peer");
    }
    if (draft.isStrict() && !peers.isEmpty()) {
      values.error(
          at(PEERS),
          title + ": strict mode forbids unicast",
          isWritten("strict_mode")
              ? "delete strict_mode or unicast_peer"
              : "delete vrrp_strict or unicast_peer, or write strict_mode off in the instance");
    }
    return peers.isEmpty()
        ? new Transport.Multicast(source, group(family))
        : new Transport.Unicast(source, peers);
  }

  private List<IpAddress> peers(AddressFamily family) {
    List<IpAddress> kept = new ArrayList<>();
    for (IpAddress peer : draft.peers) {
      if (peer.family() == family) {
        kept.add(peer);
      } else {
        values.warning(
            places().find(place, PEERS, peer.toString()),
            title
                + ": unicast peer "
                + peer
                + " is of the other family and is ignored, as in keepalived",
            "write addresses of the family of the virtual addresses");
      }
    }
    return kept;
  }

  /** Where the statement stands that counts of a keyword, else where the block begins. */
  private Place at(String keyword) {
    return TreePlaces.keyword(block.children(), keyword).map(Statement::place).orElse(place);
  }

  private boolean isWritten(String keyword) {
    return TreePlaces.keyword(block.children(), keyword).isPresent();
  }

  private TreePlaces places() {
    return new TreePlaces(List.of(block));
  }

  private IpAddress group(AddressFamily family) {
    Optional<IpAddress> own = draft.group;
    if (own.isPresent() && own.get().family() != family) {
      values.warning(
          at("mcast_dst_ip"),
          title
              + ": mcast_dst_ip "
              + own.get()
              + " is of the other family and is ignored, as in keepalived",
          "write one of the family of the virtual addresses");
      return draft.global.group(family);
    }
    return own.orElseGet(() -> draft.global.group(family));
  }
}
