package org.vipd.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.check.FixedHost;
import picocli.CommandLine;

/** Texts as files, {@code vipd check} of them, and what it printed. */
abstract class CheckScene {

  /** About which nothing is to be said. */
  static final String GOOD =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 7
        garp_master_refresh 60
        virtual_ipaddress { 10.0.0.100/24 }
      }
      """;

  @TempDir Path folder;

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  int check(String... arguments) {
    return new CommandLine(new CheckCommand(FixedHost::new))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
