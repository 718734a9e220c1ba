package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.protocol.value.IpAddress;

/**
 * A virtual address as the holder installs it.
 *
 * @param address the address
 * @param prefixLength 0..32 or 0..128; /32 and /128 unless configured
 * @param device interface it goes to; empty means the instance's own
 * @param options label, scope and broadcast
 * @param isAdvertised whether advertisements carry it (keepalived's excluded addresses are not)
 */
public record VirtualAddressConfig(
    IpAddress address,
    int prefixLength,
    Optional<String> device,
    AddressOptions options,
    boolean isAdvertised) {

  /**
   * What the kernel stores beside an address.
   *
   * @param label interface alias, at most 15 characters (IFNAMSIZ, linux/if.h)
   * @param scope rtnetlink scope 0..255: 0 global, 200 site, 253 link, 254 host (linux/rtnetlink.h)
   * @param broadcast broadcast address
   * @param rare what few addresses have
   */
  public record AddressOptions(
      Optional<String> label, int scope, Optional<IpAddress> broadcast, Rare rare) {

    /** No label, scope global, no broadcast address. */
    public static final AddressOptions NONE =
        new AddressOptions(Optional.empty(), 0, Optional.empty());

    /** Options without the rare ones. */
    public AddressOptions(Optional<String> label, int scope, Optional<IpAddress> broadcast) {
      this(label, scope, broadcast, Rare.NONE);
    }

    // by hand: what Java makes for records is spun at the first call, milliseconds before the first
    // announcement
    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof AddressOptions that
              && scope == that.scope
              && label.equals(that.label)
              && broadcast.equals(that.broadcast)
              && rare.equals(that.rare));
    }

    @Override
    public int hashCode() {
      return (label.hashCode() * 31 + scope) * 31 + broadcast.hashCode();
    }
  }

  /**
   * Options that few addresses have.
   *
   * @param peer other end of a point-to-point link, with its length
   * @param preferredLifetime seconds, or forever
   * @param trackGroup group of instances that a static address is tied to
   * @param flags flags of the kernel by their names: home, mngtmpaddr, noprefixroute, autojoin,
   *     -nodad
   * @param isTracked whether the loss of its interface counts
   * @param usesMacvlan whether it gets a macvlan of its own
   */
  public record Rare(
      Optional<String> peer,
      Optional<String> preferredLifetime,
      Optional<String> trackGroup,
      Set<String> flags,
      boolean isTracked,
      boolean usesMacvlan) {

    /** None of them. */
    public static final Rare NONE =
        new Rare(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), true, false);

    /** Flags in the order in which keepalived shows them. */
    public static final List<String> FLAGS =
        List.of("home", "-nodad", "mngtmpaddr", "noprefixroute", "autojoin");

    public Rare {
      flags = Set.copyOf(flags);
    }

    /** The flags in one order, whatever the one is in which they were written. */
    public List<String> sortedFlags() {
      return FLAGS.stream().filter(flags::contains).toList();
    }

    // by hand: what Java makes for records is spun at the first call, milliseconds before the first
    // announcement
    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Rare that
              && isTracked == that.isTracked
              && usesMacvlan == that.usesMacvlan
              && peer.equals(that.peer)
              && preferredLifetime.equals(that.preferredLifetime)
              && trackGroup.equals(that.trackGroup)
              && flags.equals(that.flags));
    }

    @Override
    public int hashCode() {
      return (peer.hashCode() * 31 + preferredLifetime.hashCode()) * 31 + trackGroup.hashCode();
    }
  }

  /** The same with another prefix length. */
  public VirtualAddressConfig withPrefixLength(int length) {
    return new VirtualAddressConfig(address, length, device, options, isAdvertised);
  }

  /** The same, held but not named in advertisements. */
  public VirtualAddressConfig unadvertised() {
    return new VirtualAddressConfig(address, prefixLength, device, options, false);
  }

  /** The same, tied to no group. */
  public VirtualAddressConfig withoutTrackGroup() {
    Rare rare = options.rare();
    Rare untied =
        new Rare(
            rare.peer(),
            rare.preferredLifetime(),
            Optional.empty(),
            rare.flags(),
            rare.isTracked(),
            rare.usesMacvlan());
    AddressOptions others =
        new AddressOptions(options.label(), options.scope(), options.broadcast(), untied);
    return new VirtualAddressConfig(address, prefixLength, device, others, isAdvertised);
  }

  /** The same on this interface, unless it names one. */
  VirtualAddressConfig on(String usual) {
    return device.isPresent()
        ? this
        : new VirtualAddressConfig(
            address, prefixLength, Optional.of(usual), options, isAdvertised);
  }

  /** The same, without a device that is named although it is the usual one. */
  VirtualAddressConfig withImpliedDevice(String usual) {
    return device.isPresent() && device.get().equals(usual)
        ? new VirtualAddressConfig(address, prefixLength, Optional.empty(), options, isAdvertised)
        : this;
  }

  /** {@code 10.0.0.1/32}. */
  public String text() {
    return address + "/" + prefixLength;
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof VirtualAddressConfig that
            && prefixLength == that.prefixLength
            && isAdvertised == that.isAdvertised
            && address.equals(that.address)
            && device.equals(that.device)
            && options.equals(that.options));
  }

  @Override
  public int hashCode() {
    return (address.hashCode() * 31 + prefixLength) * 31 + device.hashCode();
  }
}
