package org.vipd.netlink.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.AddressLifetime;
import org.vipd.netlink.route.AddressRequest;
import org.vipd.netlink.route.BatchResult;
import org.vipd.netlink.route.Link;

class FakeKernelTest {

  private final FakeKernel kernel = new FakeKernel();
  private final InterfaceIndex index = kernel.addLink(3, "eth0").index();
  private final AddressRequest request = AddressRequest.of(index, Addresses.host("10.0.0.1"));

  @Test
  void countsAnExistingAddressAsAddedAndKeepsItsLifetime() {
    kernel.add(List.of(request.withLifetime(AddressLifetime.ofSeconds(3))));

    assertThat(kernel.add(List.of(request)).succeeded()).isTrue();
    assertThat(kernel.lifetime(index, request.prefix())).contains(AddressLifetime.ofSeconds(3));
  }

  @Test
  void countsAMissingAddressAsRemoved() {
    assertThat(kernel.remove(List.of(request)))
        .isEqualTo(new BatchResult(1, List.of(), List.of(request)));
  }

  @Test
  void addsAMissingAddressOnRefresh() {
    kernel.refresh(List.of(request));

    assertThat(kernel.prefixes(index)).containsExactly(request.prefix());
  }

  @Test
  void namesTheRequestThatItRefuses() {
    kernel.refuse(request.prefix(), Errno.EPERM);
    AddressRequest accepted = AddressRequest.of(index, Addresses.host("10.0.0.2"));

    var result = kernel.add(List.of(request, accepted));

    assertThat(result.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.request()).isEqualTo(request);
              assertThat(failure.errno()).isEqualTo(Errno.EPERM);
            });
    assertThat(kernel.prefixes(index)).containsExactly(accepted.prefix());
  }

  @Test
  void refusesAddressesOnAMissingLink() {
    AddressRequest elsewhere = AddressRequest.of(new InterfaceIndex(9), request.prefix());

    assertThat(kernel.add(List.of(elsewhere)).failures().get(0).errno()).isEqualTo(Errno.ENODEV);
    assertThat(kernel.remove(List.of(elsewhere)).succeeded()).isTrue();
  }

  @Test
  void throwsWhileItIsBroken() {
    kernel.breakDown(Errno.ENOBUFS);
    assertThatThrownBy(kernel::links).isInstanceOf(SyscallException.class);

    kernel.repair();
    assertThat(kernel.links()).hasSize(1);
  }

  @Test
  void tellsItsListenersInOrder() {
    RecordingListener listener = new RecordingListener();
    kernel.listen(listener);

    kernel.add(List.of(request));
    kernel.setFlags(index, Link.FLAG_RUNNING, false);
    kernel.loseEvents();
    kernel.removeLink(index);

    assertThat(listener.heard())
        .containsExactly(
            "address 10.0.0.1/32",
            "link eth0 unusable",
            "resynchronize",
            "no address 10.0.0.1/32",
            "no link eth0");
  }
}
