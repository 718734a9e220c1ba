package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.HookConfig.Occasion;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.yaml.write.YamlWriter;

/** As whom the commands of a vipd.yaml run. */
class CommandRightsTest {

  private static final String FILE =
      """
      vips:
        api:
          vrid: 7
          addresses: [10.0.0.100/24]
          notify:
            master: /etc/vip/master.sh
            fault: {command: /etc/vip/fault.sh, user: root}
      checks:
        chk: {command: /bin/true}
        port: {tcp: "127.0.0.1:6443"}
      fifos:
        - {path: /run/vip.fifo, reader: /etc/vip/reader.sh}
      """;

  @Test
  void areThoseOfTheDaemonWhenNothingIsSaid() {
    DaemonConfig config = read(FILE);
    assertThat(hook(config, Occasion.MASTER)).isEqualTo(plain("/etc/vip/master.sh"));
    assertThat(config.checks().get(0).command()).isEqualTo(plain("/bin/true"));
  }

  @Test
  void areThoseOfTheScriptsUnlessACommandSaysItsOwn() {
    DaemonConfig config = read(FILE + "scripts: {user: nobody, secure: true}\n");
    Account nobody = new Account("nobody", Optional.empty());
    assertThat(hook(config, Occasion.MASTER).account()).contains(nobody);
    assertThat(hook(config, Occasion.FAULT).account())
        .contains(new Account("root", Optional.empty()));
    assertThat(config.checks().get(0).command().account()).contains(nobody);
    assertThat(config.checks().get(0).command().isGuarded()).isTrue();
    assertThat(config.global().fifo().get(0).reader().orElseThrow().account()).contains(nobody);
    assertThat(config.checks().get(1).command()).isEqualTo(plain("tcp 127.0.0.1:6443"));
  }

  @Test
  void includeTheOtherGroupsOfTheUserWhereThatIsAsked() {
    DaemonConfig one = read(FILE + "scripts: {user: nobody, supplementary-groups: true}\n");
    Account all = new Account("nobody", Optional.empty(), true);
    assertThat(hook(one, Occasion.MASTER).account()).contains(all);
    assertThat(hook(one, Occasion.FAULT).account())
        .contains(new Account("root", Optional.empty(), false));
    DaemonConfig every = read(FILE + "options: {set-supplementary-groups: true}\n");
    assertThat(hook(every, Occasion.FAULT).account())
        .contains(new Account("root", Optional.empty(), true));
  }

  @Test
  void areTheSameAfterWritingWhatWasReadFromKeepalivedConf() {
    String old =
        """
        global_defs {
          script_user nobody nogroup
          enable_script_security
          %s
          notify_fifo /run/vip.fifo
          notify_fifo_script /etc/vip/reader.sh
        }
        vrrp_script chk {
          script "/bin/true"
          user root :adm
        }
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 7
          virtual_ipaddress { 10.0.0.100/24 }
          track_script { chk }
          notify_master "/etc/vip/master.sh" root
          notify_backup "/etc/vip/backup.sh"
        }
        """;
    for (String flag : new String[] {"", "set_supplementary_groups"}) {
      DaemonConfig config =
          KeepalivedReader.parse("k.conf", old.formatted(flag)).config().orElseThrow();
      String text = YamlWriter.text(config);
      assertThat(Models.of(read(text))).as(text).isEqualTo(Models.of(config));
    }
  }

  private static CommandConfig plain(String text) {
    return text.startsWith("tcp ")
        ? new CommandConfig(text, java.util.List.of(text))
        : new CommandConfig(text, java.util.List.of(text.split(" ", -1)));
  }

  private static CommandConfig hook(DaemonConfig config, Occasion occasion) {
    return config.instances().get(0).hooks().command(occasion).orElseThrow();
  }

  private static DaemonConfig read(String text) {
    return YamlReader.parse(Path.of("vipd.yaml"), text, FixedSurroundings.FIRST.options())
        .result()
        .config()
        .orElseThrow();
  }
}
