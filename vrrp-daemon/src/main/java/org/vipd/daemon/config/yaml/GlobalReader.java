package org.vipd.daemon.config.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.SecretText;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.IpAddress;

/** Reads what concerns the daemon as a whole. */
final class GlobalReader {

  private static final int PORT_MAXIMUM = 65_535;
  private static final String SUPPLEMENTARY = "supplementary-groups";

  private final Section top;
  private final Reports reports;

  GlobalReader(Section top, Reports reports) {
    this.top = top;
    this.reports = reports;
  }

  GlobalConfig read() {
    return new GlobalConfig(
        mail(section("mail")),
        scripts(section("scripts")),
        fifos(),
        firewall(section("firewall")),
        startup(section("startup")),
        new NoticeReader(reports).read(top, section("mail")));
  }

  private Section section(String key) {
    return top.section(key).orElse(Section.empty(key, top.place()));
  }

  private GlobalConfig.Mail mail(Section it) {
    if (it.text("server").filter(text -> !isServer(text)).isPresent()) {
      reports.error(
          it.valuePlace("server"),
          "server must be a host and perhaps a port 1..65535, found '"
              + SecretText.withoutPassword(it.text("server").orElseThrow())
              + "'",
          "write: server: HOST PORT");
    }
    if (it.has("recipients") && it.texts("recipients").isEmpty() && !reports.hasErrors()) {
      reports.warning(
          it.valuePlace("recipients"),
          "recipients is empty, so nobody is told by mail",
          "list the addresses, or delete mail");
    }
    return new GlobalConfig.Mail(
        it.texts("recipients"),
        it.text("sender"),
        it.text("server"),
        it.usualTime("timeout"),
        it.isOn("alerts"));
  }

  private static boolean isServer(String text) {
    String[] words = text.strip().split("\\s+", -1);
    boolean hasPort = words.length == 2 && words[1].matches("[1-9][0-9]{0,4}");
    boolean isName = words[0].indexOf(':') < 0 && !words[0].matches("[0-9.]*");
    boolean isHost = isName || IpAddress.parse(words[0]).isPresent();
    return isHost && (words.length == 1 || (hasPort && Integer.parseInt(words[1]) <= PORT_MAXIMUM));
  }

  private GlobalConfig.Scripts scripts(Section it) {
    return new GlobalConfig.Scripts(
        account(it).map(found -> new Account(found.user(), found.group(), it.isOn(SUPPLEMENTARY))),
        it.isOn("secure"),
        it.command("startup"),
        it.command("shutdown"));
  }

  private Optional<Account> account(Section it) {
    if (it.has("group") && !it.has("user")) {
      reports.error(it.place("group"), "group needs a user beside it", "add user:");
    }
    return it.text("user").map(user -> new Account(user, it.text("group")));
  }

  private List<GlobalConfig.Fifo> fifos() {
    List<GlobalConfig.Fifo> fifos = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    for (Section it : top.sections("fifos")) {
      if (it.text("path").filter(path -> !paths.add(path)).isPresent()) {
        reports.error(it.place("path"), "two fifos have this path", "delete one");
      }
      it.text("path")
          .filter(path -> reports.isFileName(it.valuePlace("path"), path))
          .ifPresent(
              path -> fifos.add(new GlobalConfig.Fifo(path, account(it), it.command("reader"))));
    }
    return fifos;
  }

  private static GlobalConfig.Firewall firewall(Section it) {
    return new GlobalConfig.Firewall(it.text("table"), it.texts("chains"), it.texts("sets"));
  }

  private static GlobalConfig.Startup startup(Section it) {
    return new GlobalConfig.Startup(
        it.usualTime("delay"), it.usualTime("delay-after-boot"), it.isOn("missing-interfaces"));
  }
}
