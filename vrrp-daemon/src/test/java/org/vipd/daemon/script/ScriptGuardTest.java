package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.check.host.ScriptGuard;
import org.vipd.daemon.script.CommandResolver.Resolution;

class ScriptGuardTest {

  @TempDir private Path folder;

  private Path program() throws IOException {
    Path program = Files.createFile(folder.resolve("check"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  @Test
  void hasNothingAgainstWhatOnlyRootCanChange() {
    assertThat(new ScriptGuard().objection(Path.of("/bin/sh"))).isEmpty();
  }

  @Test
  void namesTheFirstComponentThatOthersCanChangeAndWhatMendsIt() throws IOException {
    String objection = new ScriptGuard().objection(program()).orElseThrow();
    assertThat(objection)
        .startsWith("not run as root (enable_script_security): ")
        .contains(" can be changed by others than root: owner ", ", group ", ", mode ")
        .containsAnyOf("; run: ch", "; move the script where only root writes");
  }

  @Test
  void refusesOnlyWhatRunsAsRootAndIsGuarded() throws IOException {
    CommandResolver resolver = new CommandResolver("");
    String path = program().toString();
    Optional<Account> other = Optional.of(new Account("nobody", Optional.empty()));
    Optional<Account> root = Optional.of(new Account("root", Optional.empty()));
    assertThat(resolver.resolve(command(path, other, true))).isInstanceOf(Resolution.Found.class);
    assertThat(resolver.resolve(command(path, root, false))).isInstanceOf(Resolution.Found.class);
    assertThat(resolver.resolve(command(path, root, true))).isInstanceOf(Resolution.NotFound.class);
    assertThat(resolver.resolve(command(path, Optional.empty(), true)))
        .isInstanceOf(Resolution.NotFound.class);
  }

  private static CommandConfig command(String path, Optional<Account> account, boolean guarded) {
    return new CommandConfig(path, List.of(path), account, guarded);
  }
}
