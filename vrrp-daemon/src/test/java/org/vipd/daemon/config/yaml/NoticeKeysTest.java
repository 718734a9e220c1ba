package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.yaml.write.YamlWriter;

/** Mail and web addresses in either language. */
class NoticeKeysTest {

  private static final String OLD =
      """
      global_defs {
        notification_email { ops@example.org }
        notification_email_from vipd@example.org
        smtp_server mail.example.org 587
        smtp_connect_timeout 10
        smtp_helo_name lb1.example.org
        smtp_security starttls
        smtp_user vipd
        smtp_password_file /etc/vipd/mail-password
        smtp_alert on
        no_email_faults
        webhook https://alerts.example.org/vip?token=geheim http://10.0.0.5/
      }
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 7
        virtual_ipaddress { 10.0.0.100/24 }
      }
      """;

  private static final String OWN =
      """
      mail:
        recipients: [ops@example.org]
        sender: vipd@example.org
        server: mail.example.org 587
        timeout: 10s
        helo: lb1.example.org
        security: starttls
        user: vipd
        password-file: /etc/vipd/mail-password
        alerts: true
        faults: false
      webhooks:
        - environment: VIP_HOOK
        - http://10.0.0.5/
      """;

  @Test
  void haveTheSameMeaning() {
    assertThat(read(OWN).global()).isEqualTo(old().global());
  }

  @Test
  void areWrittenSoThatTheyReadBackTheSame() {
    String text = YamlWriter.text(old());
    assertThat(read(text).global()).as(text).isEqualTo(old().global());
    assertThat(text).contains("  security: starttls\n", "webhooks:\n").doesNotContain("options");
  }

  @Test
  void areNotShownWithTheirSecrets() {
    assertThat(YamlWriter.effective(old()))
        .contains("webhooks:\n  - {not-shown: true}\n")
        .doesNotContain("geheim");
  }

  @Test
  void areRefusedWithoutShowingWhatMayBeASecret() {
    assertThat(problems("webhooks: [\"alerts.example.org/geheim\"]"))
        .containsExactly(
            "vipd.yaml:1:12: error: each of webhooks must be a web address; write https://HOST/PATH");
    assertThat(problems("mail: {server: mail.example.org smtp}"))
        .containsExactly(
            "vipd.yaml:1:16: error: server must be a host and perhaps a port 1..65535, found"
                + " 'mail.example.org smtp'; write: server: HOST PORT");
    assertThat(problems("mail: {server: mail.example.org 70000}")).hasSize(1);
    assertThat(problems("options: {smtp-user: vipd}"))
        .anyMatch(it -> it.contains("unknown key 'smtp-user' in options"));
  }

  private static DaemonConfig old() {
    return KeepalivedReader.parse("k.conf", OLD).config().orElseThrow();
  }

  private static DaemonConfig read(String text) {
    LoadResult result = load(text);
    assertThat(result.problems()).noneMatch(it -> it.isError());
    return result.config().orElseThrow();
  }

  private static List<String> problems(String text) {
    return load(text).problems().stream().filter(it -> it.isError()).map(Object::toString).toList();
  }

  private static LoadResult load(String text) {
    YamlOptions host = FixedSurroundings.FIRST.options();
    YamlOptions options =
        new YamlOptions(
            host.host(),
            java.util.Map.of("VIP_HOOK", "https://alerts.example.org/vip?token=geheim"),
            host.node());
    return YamlReader.parse(Path.of("vipd.yaml"), text, options).result();
  }
}
