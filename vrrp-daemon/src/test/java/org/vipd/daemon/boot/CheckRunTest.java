package org.vipd.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.testkit.Configurations;

/** Built-in checks are tried out as scripts are. */
class CheckRunTest {

  private static CheckOutcome run(int port) throws PortException, IOException {
    String text =
        "vrrp_script port {\nprobe tcp 127.0.0.1:"
            + port
            + "\ninterval 60\ntimeout 20\n}\nvrrp_instance VI_1 {\ninterface eth0\n"
            + "virtual_router_id 51\nvirtual_ipaddress { 10.0.0.9 }\ntrack_script { port }\n}\n";
    return CheckRun.alone().run(Configurations.of(text).check("port").orElseThrow());
  }

  @Test
  void asksABuiltInCheck() throws IOException, PortException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      CheckOutcome open = run(port);
      assertThat(open.passed()).isTrue();
      assertThat(open.text()).startsWith("connected to /127.0.0.1:" + port);
    }
    CheckOutcome closed = run(port);
    assertThat(closed.passed()).isFalse();
    assertThat(closed.text()).startsWith("no connection to 127.0.0.1:" + port);
  }
}
