package org.vipd.netlink.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.AddressLifetime;
import org.vipd.netlink.route.AddressRequest;
import org.vipd.netlink.route.BatchResult;
import org.vipd.netlink.route.InterfaceAddress;
import org.vipd.netlink.route.Link;
import org.vipd.netlink.route.RouteListener;
import org.vipd.netlink.route.RouteOperations;

/**
 * Links and addresses in memory behind the operations of the real kernel, with its rules for what
 * exists already or not; tells a listener at once. For one thread.
 */
public final class FakeKernel implements RouteOperations {

  private final Map<InterfaceIndex, Link> links = new LinkedHashMap<>();
  private final Map<Key, InterfaceAddress> addresses = new LinkedHashMap<>();
  private final Map<Key, AddressLifetime> lifetimes = new LinkedHashMap<>();
  private final Map<IpPrefix, Errno> refusals = new LinkedHashMap<>();
  private final List<String> journal = new ArrayList<>();
  private final List<RouteListener> listeners = new ArrayList<>();
  private Optional<Errno> breakdown = Optional.empty();

  private record Key(InterfaceIndex index, IpPrefix prefix) {}

  /** Adds a listener of all later events. */
  public void listen(RouteListener listener) {
    listeners.add(listener);
  }

  /** Adds a link or replaces the one of the same index. */
  public void putLink(Link link) {
    links.put(link.index(), link);
    listeners.forEach(listener -> listener.linkChanged(link));
  }

  /**
   * Adds a link that is up, running and can multicast, with a hardware address made of its index.
   */
  public Link addLink(int index, String name) {
    int flags = Link.FLAG_UP | Link.FLAG_RUNNING | Link.FLAG_MULTICAST;
    MacAddress mac = new MacAddress(0x0200_0000_0000L + index);
    Link link = new Link(new InterfaceIndex(index), name, mac, flags, 1500, List.of(), "");
    putLink(link);
    return link;
  }

  /** Switches flags of a link on or off, for example {@link Link#FLAG_RUNNING}. */
  public void setFlags(InterfaceIndex index, int flags, boolean on) {
    Link old = existing(index);
    int changed = on ? old.flags() | flags : old.flags() & ~flags;
    putLink(
        new Link(index, old.name(), old.mac(), changed, old.mtu(), old.altNames(), old.portOf()));
  }

  /** Removes a link with all its addresses. */
  public void removeLink(InterfaceIndex index) {
    Link old = existing(index);
    addresses.keySet().stream()
        .filter(key -> key.index().equals(index))
        .toList()
        .forEach(this::delete);
    links.remove(index);
    listeners.forEach(listener -> listener.linkRemoved(index, old.name()));
  }

  /** Adds an address as somebody else would, with flags of {@link InterfaceAddress}. */
  public void putAddress(InterfaceIndex index, IpPrefix prefix, int flags) {
    store(AddressRequest.of(index, prefix), flags);
  }

  /** Removes an address as somebody else, or the end of its lifetime, would. */
  public void takeAddress(InterfaceIndex index, IpPrefix prefix) {
    delete(new Key(index, prefix));
  }

  /** Lets each later change of an address fail, until {@link #accept}. */
  public void refuse(IpPrefix prefix, Errno errno) {
    refusals.put(prefix, errno);
  }

  /** Ends {@link #refuse}. */
  public void accept(IpPrefix prefix) {
    refusals.remove(prefix);
  }

  /** Lets every call throw a {@link SyscallException}, until {@link #repair}. */
  public void breakDown(Errno errno) {
    breakdown = Optional.of(errno);
  }

  /** Ends {@link #breakDown}. */
  public void repair() {
    breakdown = Optional.empty();
  }

  /** Tells the listeners that events were lost. */
  public void loseEvents() {
    listeners.forEach(RouteListener::resynchronize);
  }

  /** Returns the changes asked for in order, for example {@code add 10.0.0.1/32 on 3}. */
  public List<String> journal() {
    return List.copyOf(journal);
  }

  /** Returns the prefixes on an interface in the order of their adding. */
  public List<IpPrefix> prefixes(InterfaceIndex index) {
    return addresses.keySet().stream()
        .filter(key -> key.index().equals(index))
        .map(Key::prefix)
        .toList();
  }

  /** Returns the lifetime of an address as last added or refreshed. */
  public Optional<AddressLifetime> lifetime(InterfaceIndex index, IpPrefix prefix) {
    return Optional.ofNullable(lifetimes.get(new Key(index, prefix)));
  }

  @Override
  public List<Link> links() {
    failWhenBroken();
    return List.copyOf(links.values());
  }

  @Override
  public List<InterfaceAddress> addresses() {
    failWhenBroken();
    return List.copyOf(addresses.values());
  }

  @Override
  public BatchResult add(List<AddressRequest> requests) {
    return change("add", requests, Optional.of(Errno.ENODEV), this::addOne);
  }

  @Override
  public BatchResult remove(List<AddressRequest> requests) {
    return change("remove", requests, Optional.empty(), this::removeOne);
  }

  @Override
  public BatchResult refresh(List<AddressRequest> requests) {
    return change("refresh", requests, Optional.of(Errno.ENODEV), request -> store(request, 0));
  }

  private BatchResult change(
      String verb,
      List<AddressRequest> requests,
      Optional<Errno> errnoWithoutLink,
      Consumer<AddressRequest> effect) {
    failWhenBroken();
    List<BatchResult.Failure> failures = new ArrayList<>();
    List<AddressRequest> unchanged = new ArrayList<>();
    for (AddressRequest request : requests) {
      boolean isThere = addresses.containsKey(new Key(request.index(), request.prefix()));
      boolean isDone = verb.equals("add") ? isThere : verb.equals("remove") && !isThere;
      if (isDone && !refusals.containsKey(request.prefix())) {
        unchanged.add(request);
      }
      journal.add(verb + " " + request.prefix() + " on " + request.index());
      Optional<Errno> refusal = Optional.ofNullable(refusals.get(request.prefix()));
      if (refusal.isEmpty() && !links.containsKey(request.index())) {
        refusal = errnoWithoutLink;
      }
      refusal.ifPresentOrElse(
          errno -> failures.add(new BatchResult.Failure(request, errno, "refused by the fake")),
          () -> effect.accept(request));
    }
    return new BatchResult(requests.size(), failures, unchanged);
  }

  private void addOne(AddressRequest request) {
    if (!addresses.containsKey(new Key(request.index(), request.prefix()))) {
      store(request, 0);
    }
  }

  private void removeOne(AddressRequest request) {
    delete(new Key(request.index(), request.prefix()));
  }

  private void store(AddressRequest request, int flags) {
    Key key = new Key(request.index(), request.prefix());
    InterfaceAddress address =
        new InterfaceAddress(
            key.index(), key.prefix(), request.scope(), flags, request.label(), request.protocol());
    addresses.put(key, address);
    lifetimes.put(key, request.lifetime());
    listeners.forEach(listener -> listener.addressAdded(address));
  }

  private void delete(Key key) {
    lifetimes.remove(key);
    Optional.ofNullable(addresses.remove(key))
        .ifPresent(gone -> listeners.forEach(listener -> listener.addressRemoved(gone)));
  }

  private Link existing(InterfaceIndex index) {
    return Optional.ofNullable(links.get(index))
        .orElseThrow(() -> new IllegalArgumentException("link " + index + ": was never added"));
  }

  private void failWhenBroken() {
    breakdown.ifPresent(
        errno -> {
          throw new SyscallException("rtnetlink", errno, "the fake");
        });
  }
}
