package org.vipd.daemon.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
import org.vipd.netlink.route.RouteOperations;
import org.vipd.protocol.value.AddressFamily;

/** Lists interfaces and addresses, and installs and removes virtual ones. */
public final class LinuxAddresses implements AddressPort, LinkPort {

  private static final int HOST_PREFIX_IPV6 = 128;

  private final RouteOperations kernel;

  public LinuxAddresses(RouteOperations kernel) {
    this.kernel = kernel;
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
  public List<String> install(List<AddressInstall> addresses) {
    return batch("install", addresses, kernel::add);
  }

  @Override
  public List<String> remove(List<AddressInstall> addresses) {
    return batch("remove", addresses, kernel::remove);
  }

  private static List<String> batch(
      String verb,
      List<AddressInstall> addresses,
      Function<List<AddressRequest>, BatchResult> operation) {
    List<AddressRequest> requests = new ArrayList<>(addresses.size());
    for (AddressInstall address : addresses) {
      requests.add(request(address));
    }
    try {
      return operation.apply(requests).failures().stream()
          .map(failure -> "cannot " + verb + " " + describe(failure, addresses))
          .toList();
    } catch (SyscallException e) {
      return addresses.stream()
          .map(it -> "cannot " + verb + " " + place(it) + ": " + e.getMessage())
          .toList();
    }
  }

  private static String describe(BatchResult.Failure failure, List<AddressInstall> addresses) {
    String where =
        addresses.stream()
            .filter(it -> request(it).equals(failure.request()))
            .findFirst()
            .map(LinuxAddresses::place)
            .orElse(failure.request().prefix().toString());
    String why = failure.explanation().isEmpty() ? "" : " (" + failure.explanation() + ")";
    return where + ": " + failure.errno() + why + advice(failure);
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
   * of its own connections, as keepalived does.
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
        deprecated ? AddressLifetime.FOREVER_DEPRECATED : AddressLifetime.FOREVER,
        true,
        false);
  }
}
