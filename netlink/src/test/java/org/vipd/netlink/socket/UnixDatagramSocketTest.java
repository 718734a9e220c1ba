package org.vipd.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SyscallException;

class UnixDatagramSocketTest {

  @Test
  void sendsToAPath(@TempDir Path directory) {
    assertThat(sendTo(directory.resolve("notify").toString())).isEqualTo("READY=1");
  }

  @Test
  void sendsToAnAbstractName() {
    assertThat(sendTo("@vipd-test-" + ProcessHandle.current().pid())).isEqualTo("READY=1");
  }

  @Test
  void reportsAMissingReceiver(@TempDir Path directory) {
    String path = directory.resolve("missing").toString();
    try (UnixDatagramSocket socket = UnixDatagramSocket.open()) {
      assertThatThrownBy(() -> socket.send(path, new byte[1]))
          .isInstanceOfSatisfying(
              SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
          .hasMessageContaining(path);
    }
  }

  @Test
  void rejectsPathsThatDoNotFit() {
    try (UnixDatagramSocket socket = UnixDatagramSocket.open()) {
      assertThatThrownBy(() -> socket.send("/" + "x".repeat(107), new byte[1]))
          .hasMessageContaining("1..107");
      assertThatThrownBy(() -> socket.send("", new byte[1])).hasMessageContaining("1..107");
    }
  }

  private static String sendTo(String path) {
    try (UnixReceiver receiver = new UnixReceiver(path);
        UnixDatagramSocket socket = UnixDatagramSocket.open();
        NativeMemory memory = NativeMemory.scoped(64)) {
      socket.send(path, "READY=1".getBytes(StandardCharsets.US_ASCII));
      MessageHeader message = new MessageHeader();
      message.setData(memory.address(), memory.size());
      byte[] received = new byte[message.receive(receiver.fd(), 0)];
      memory.buffer().get(0, received);
      return new String(received, StandardCharsets.US_ASCII);
    }
  }
}
