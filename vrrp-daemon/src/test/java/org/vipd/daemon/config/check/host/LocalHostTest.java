package org.vipd.daemon.config.check.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.Account;
import org.vipd.netlink.process.NamedPipe;
import org.vipd.protocol.value.IpAddress;

class LocalHostTest {

  @TempDir private Path folder;

  @Test
  void namesTheFirstPartOfAPathThatIsMissing() {
    LocalHost host = new LocalHost("/bin");
    assertThat(host.obstacle(folder + "/a/b/c", Optional.empty()))
        .contains(folder + "/a does not exist");
    assertThat(host.obstacle(folder.toString(), Optional.empty()))
        .contains(
            folder + " is a directory, no program; put the program there, or correct the path");
  }

  @Test
  @Timeout(20)
  void aPipeIsNoProgramAndNobodyWaitsForIt() {
    Path pipe = folder.resolve("pipe");
    NamedPipe.create(pipe.toString(), 0755);
    assertThat(new LocalHost("/bin").obstacle(pipe.toString(), Optional.empty()))
        .contains(pipe + " is a pipe, no program; put the program there, or correct the path");
    assertThat(ProgramFile.missingInterpreter(pipe)).isEmpty();
    assertThat(new LocalHost(folder.toString()).program("pipe")).isEmpty();
  }

  @Test
  void findsProgramsThatMayRun() throws IOException {
    Path program = Files.writeString(folder.resolve("prog"), "#!/bin/sh\n");
    LocalHost host = new LocalHost(folder.toString());
    assertThat(host.obstacle(program.toString(), Optional.empty()))
        .contains(program + " is not executable; run: chmod +x " + program);
    assertThat(host.obstacle("prog", Optional.empty()))
        .contains("no directory of PATH has a program prog");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    host = new LocalHost(folder.toString());
    assertThat(host.obstacle("prog", Optional.empty())).isEmpty();
    assertThat(host.program("prog")).contains(program.toString());
    assertThat(host.program(program.toString())).contains(program.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/env prog, ''",
    "/usr/bin/env -S prog -u, ''",
    "/usr/bin/env LANG=C prog, ''",
    "/usr/bin/env none, asks env for the interpreter none",
    "/usr/bin/env prog -u, asks env for the interpreter prog -u",
    "/usr/bin/env -S none -u, asks env for the interpreter none"
  })
  void looksForWhatEnvIsToFind(String line, String lack) throws IOException {
    Path program = Files.writeString(folder.resolve("prog"), "");
    Path script = Files.writeString(folder.resolve("script"), "#!" + line + "\n");
    for (Path it : List.of(program, script)) {
      Files.setPosixFilePermissions(it, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    LocalHost host = new LocalHost(folder.toString());
    assertThat(host.obstacle(script.toString(), Optional.empty()).orElse(""))
        .isEqualTo(
            lack.isEmpty()
                ? ""
                : script
                    + " "
                    + lack
                    + ", which no directory of PATH has; install it or correct the first line");
  }

  @Test
  void knowsInterfacesAndUsers() {
    LocalHost host = new LocalHost("/bin");
    assertThat(host.hasInterface("lo")).isTrue();
    assertThat(host.mtu("lo")).isNotEmpty();
    assertThat(host.hasInterface("none0")).isFalse();
    assertThat(host.mtu("none0")).isEmpty();
    assertThat(host.networks("none0")).isEmpty();
    assertThat(host.hasUser("root")).isTrue();
    assertThat(host.hasUser("0")).isTrue();
    assertThat(host.hasUser("nobody-at-all")).isFalse();
  }

  @Test
  void namesAGroupThatDoesNotExist() {
    Account account = new Account("root", Optional.of("no-such-group"), false);
    assertThat(new LocalHost("/bin").obstacle("/bin/sh", Optional.of(account)))
        .contains("group no-such-group does not exist");
  }

  @Test
  void knowsWhatANetworkContains() {
    HostView.Network network = new HostView.Network(IpAddress.parse("10.0.4.2").orElseThrow(), 22);
    assertThat(network.contains(IpAddress.parse("10.0.7.255").orElseThrow())).isTrue();
    assertThat(network.contains(IpAddress.parse("10.0.8.0").orElseThrow())).isFalse();
    assertThat(network.contains(IpAddress.parse("fe80::1").orElseThrow())).isFalse();
  }
}
