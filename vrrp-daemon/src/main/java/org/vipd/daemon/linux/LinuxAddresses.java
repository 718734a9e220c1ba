package org.vipd.daemon.linux;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.LinkPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.PortException;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.AddressLifetime;
import org.vipd.netlink.route.AddressRequest;
import org.vipd.netlink.route.BatchResult;
import org.vipd.netlink.route.RouteMonitor;
import org.vipd.netlink.route.RouteOperations;
import org.vipd.protocol.value.AddressFamily;

/** Lists interfaces and addresses, and installs and removes virtual ones. */
public final class LinuxAddresses implements AddressPort, LinkPort {

  private static final int HOST_PREFIX_IPV6 = 128;

  /** IFA_PROTO of our addresses: the number of VRRP among the protocols of IP. */
  static final int PROTOCOL = 112;

  private static final int PREPARED_LIMIT = 8192;

  private final RouteOperations kernel;
  private final IdentityHashMap<AddressInstall, AddressRequest> prepared = new IdentityHashMap<>();
  private final List<AddressRequest> refreshes = new ArrayList<>();

  public LinuxAddresses(RouteOperations kernel) {
    this.kernel = kernel;
  }

  void hideRefreshesFrom(RouteMonitor monitor) {
    kernel.hideRefreshesFrom(monitor);
  }

  /** What an operator should know of how this kernel keeps addresses; empty when all is well. */
  public static Optional<String> notice() {
    return KernelVersion.running().notice();
  }

  @Override
  public List<LinkState> links() throws PortException {
    try {
      return kernel.links().stream().map(LinkTranslator::translate).toList();
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public List<LocalAddress> addresses() throws PortException {
    try {
      return kernel.addresses().stream().map(LinkTranslator::translate).toList();
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public Installed install(List<AddressInstall> addresses) {
    try {
      List<AddressRequest> requests = requests(addresses);
      BatchResult result = kernel.add(requests);
      return new Installed(
          unchanged(addresses, requests, result), failures("install", addresses, requests, result));
    } catch (SyscallException e) {
      return new Installed(List.of(), allFailed("install", addresses, e));
    }
  }

  private static List<AddressInstall> unchanged(
      List<AddressInstall> addresses, List<AddressRequest> requests, BatchResult result) {
    if (result.unchanged().isEmpty()) {
      return List.of();
    }
    IdentityHashMap<AddressRequest, AddressRequest> known = new IdentityHashMap<>();
    result.unchanged().forEach(request -> known.put(request, request));
    List<AddressInstall> unchanged = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      if (known.containsKey(requests.get(i))) {
        unchanged.add(addresses.get(i));
      }
    }
    return unchanged;
  }

  @Override
  public List<Failure> refresh(List<AddressInstall> addresses) {
    try {
      refreshes.clear();
      for (int i = 0; i < addresses.size(); i++) {
        refreshes.add(prepared(addresses.get(i)));
      }
      BatchResult result = kernel.refresh(refreshes);
      return result.succeeded() ? List.of() : failures("refresh", addresses, refreshes, result);
    } catch (SyscallException e) {
      return allFailed("refresh", addresses, e);
    }
  }

  /** Requests of addresses that are refreshed every second are made once. */
  private AddressRequest prepared(AddressInstall install) {
    if (prepared.size() >= PREPARED_LIMIT) {
      prepared.clear();
    }
    return prepared.computeIfAbsent(install, LinuxAddresses::request);
  }

  @Override
  public Removed remove(List<AddressInstall> addresses) {
    return remove(addresses, false);
  }

  @Override
  public Removed removeBesideOthers(List<AddressInstall> addresses) {
    return remove(addresses, true);
  }

  private Removed remove(List<AddressInstall> given, boolean isBesideOthers) {
    given.forEach(prepared::remove);
    List<AddressInstall> addresses = lastFirst(given);
    try {
      List<AddressRequest> requests = requests(addresses);
      BatchResult result =
          isBesideOthers ? kernel.removeBesideOthers(requests) : kernel.remove(requests);
      return new Removed(
          unchanged(addresses, requests, result), failures("remove", addresses, requests, result));
    } catch (SyscallException e) {
      return new Removed(List.of(), allFailed("remove", addresses, e));
    }
  }

  /**
   * With {@code promote_secondaries}, which many hosts have, the kernel gives each network a new
   * first address when that goes, and all the others their routes anew: seconds for a thousand.
   */
  private static List<AddressInstall> lastFirst(List<AddressInstall> addresses) {
    List<AddressInstall> reversed = new ArrayList<>(addresses);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<AddressRequest> requests(List<AddressInstall> addresses) {
    return addresses.stream().map(LinuxAddresses::request).toList();
  }

  private static List<Failure> allFailed(
      String verb, List<AddressInstall> addresses, SyscallException cause) {
    return addresses.stream()
        .map(it -> new Failure(it, "cannot " + verb + " " + place(it) + ": " + cause.getMessage()))
        .toList();
  }

  private static List<Failure> failures(
      String verb,
      List<AddressInstall> addresses,
      List<AddressRequest> requests,
      BatchResult result) {
    if (result.failures().isEmpty()) {
      return List.of();
    }
    Map<AddressRequest, AddressInstall> known = new HashMap<>();
    for (int i = 0; i < addresses.size(); i++) {
      known.put(requests.get(i), addresses.get(i));
    }
    List<Failure> failures = new ArrayList<>();
    for (BatchResult.Failure failure : result.failures()) {
      AddressInstall install = known.get(failure.request());
      failures.add(new Failure(install, describe(verb, install, failure)));
    }
    return failures;
  }

  private static String describe(String verb, AddressInstall address, BatchResult.Failure failure) {
    String why = failure.explanation().isEmpty() ? "" : " (" + failure.explanation() + ")";
    return "cannot " + verb + " " + place(address) + ": " + failure.errno() + why + advice(failure);
  }

  private static String advice(BatchResult.Failure failure) {
    return switch (failure.errno().name()) {
      case "EPERM" -> "; the daemon needs CAP_NET_ADMIN";
      case "ENODEV" -> "; the interface is gone";
      case "EACCES" -> "; IPv6 may be disabled there: sysctl net.ipv6.conf.<name>.disable_ipv6";
      default -> "";
    };
  }

  private static String place(AddressInstall address) {
    return String.format(
        Locale.ROOT, "%s on %s", address.address().text(), address.interfaceName());
  }

  /**
   * An IPv6 host address is installed as deprecated, so that the node does not choose it as source
   * of its own connections, as keepalived does. Every other one is preferred as long as it is
   * valid: an end of the preferred time before a refresh would show it as deprecated, and IPv6
   * would change the source of new connections each second.
   */
  private static AddressRequest request(AddressInstall install) {
    boolean deprecated =
        install.address().address().family() == AddressFamily.IPV6
            && install.address().prefixLength() == HOST_PREFIX_IPV6;
    return new AddressRequest(
        new InterfaceIndex(install.interfaceIndex()),
        new IpPrefix(
            Addresses.toJdk(install.address().address()), install.address().prefixLength()),
        install.address().options().scope(),
        install.address().options().label(),
        install.address().options().broadcast().map(Addresses::toJdk),
        lifetime(install.lease(), deprecated),
        true,
        false,
        PROTOCOL);
  }

  private static AddressLifetime lifetime(Lease lease, boolean isDeprecated) {
    if (!lease.isOn()) {
      return isDeprecated ? AddressLifetime.FOREVER_DEPRECATED : AddressLifetime.FOREVER;
    }
    return new AddressLifetime(lease.seconds(), isDeprecated ? 0 : lease.seconds());
  }
}
