package org.vipd.daemon.config.check.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.Account;

class ProgramAccessTest {

  private static final int NOBODY = 65_534;
  private static final ProgramAccess STRANGER =
      new ProgramAccess(new UserIdentity("stranger", NOBODY, Set.of(NOBODY)));

  @TempDir private Path folder;

  private Path directory;
  private Path program;

  @BeforeEach
  void install() throws IOException {
    mode(folder, "rwxr-xr-x");
    directory = mode(Files.createDirectory(folder.resolve("d")), "rwxr-xr-x");
    program = write("#!/bin/sh\nexit 0\n");
    mode(program, "rwxr-xr-x");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("check"), text);
  }

  private static Path mode(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static Set<Integer> groupOf(Path path) throws IOException {
    return Set.of((Integer) Files.getAttribute(path, "unix:gid"));
  }

  @Test
  void letsAnyoneRunWhatAnyoneMayRun() {
    assertThat(STRANGER.obstacle(program)).isEmpty();
    assertThat(new ProgramAccess(UserIdentity.ROOT).obstacle(program)).isEmpty();
  }

  @Test
  void namesTheDirectoryThatTheUserMayNotEnter() throws IOException {
    mode(directory, "rwxr-x---");
    assertThat(STRANGER.obstacle(program).orElseThrow())
        .startsWith("user stranger may not enter " + directory + " (owner ")
        .contains("mode 0750)")
        .endsWith("; run: chmod o+x " + directory);
    assertThat(new ProgramAccess(UserIdentity.ROOT).obstacle(program)).isEmpty();
  }

  @Test
  void looksAtTheDirectoryThatALinkLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), program);
    assertThat(STRANGER.obstacle(link)).isEmpty();
    mode(directory, "rwx------");
    assertThat(STRANGER.obstacle(link).orElseThrow()).contains("may not enter " + directory);
  }

  @Test
  void countsTheMembershipInAGroup() throws IOException {
    mode(program, "rwxr-x---");
    assertThat(STRANGER.obstacle(program).orElseThrow()).contains("may not execute " + program);
    UserIdentity member = new UserIdentity("member", NOBODY, groupOf(program));
    assertThat(new ProgramAccess(member).obstacle(program)).isEmpty();
  }

  @Test
  void wantsAScriptToBeReadable() throws IOException {
    mode(program, "rwxr-x--x");
    assertThat(STRANGER.obstacle(program).orElseThrow())
        .contains("may not read " + program)
        .endsWith("; run: chmod o+r " + program);
    write("\177ELF");
    assertThat(STRANGER.obstacle(program)).isEmpty();
  }

  @Test
  void wantsTheInterpreterOfAScript() throws IOException {
    write("#! /opt/none/python -u\n");
    assertThat(STRANGER.obstacle(program))
        .contains(
            program
                + " asks for the interpreter /opt/none/python, which does not exist;"
                + " install it or correct the first line");
    write("#!/bin/sh\r\nexit 0\r\n");
    assertThat(STRANGER.obstacle(program).orElseThrow()).contains("interpreter /bin/sh\\r,");
  }

  @Test
  void wantsSomebodyToBeAllowedToExecuteIt() throws IOException {
    mode(program, "rw-r--r--");
    assertThat(new ProgramAccess(UserIdentity.ROOT).obstacle(program))
        .contains(program + " is not executable; run: chmod +x " + program);
  }

  @Test
  void looksUsersUpAsTheDaemonDoes() {
    assertThat(UserIdentity.of(new Account("root", Optional.empty())))
        .contains(new UserIdentity("root", 0, Set.of(0)));
    assertThat(UserIdentity.of(new Account("4711", Optional.empty())))
        .contains(new UserIdentity("4711", 4711, Set.of(4711)));
    assertThat(UserIdentity.of(new Account("root", Optional.of("12"))))
        .contains(new UserIdentity("root", 0, Set.of(12)));
    assertThat(UserIdentity.of(new Account("nobody-at-all", Optional.empty()))).isEmpty();
    assertThat(UserIdentity.of(new Account("root", Optional.of("no-such-group")))).isEmpty();
  }
}
