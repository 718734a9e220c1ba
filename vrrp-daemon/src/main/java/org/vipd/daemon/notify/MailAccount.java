package org.vipd.daemon.notify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.global.Settings;

/**
 * How mail leaves this machine.
 *
 * @param router name of this router in the subject
 * @param server host of the mail server
 * @param port its port
 * @param helloName name this machine gives itself; empty for its host name
 * @param timeout for connecting and for each answer
 * @param sender the sender's address
 * @param recipients who is told
 * @param security how the connection is protected
 */
record MailAccount(
    String router,
    String server,
    int port,
    Optional<String> helloName,
    Duration timeout,
    String sender,
    List<String> recipients,
    Security security) {

  private static final int SMTP = 25;
  private static final int SUBMISSION_TLS = 465;

  /** How the connection is protected. */
  enum Kind {
    /** TLS when the server offers it, else none. */
    OPPORTUNISTIC,
    /** No TLS. */
    NONE,
    /** TLS after STARTTLS, or no mail. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS
  }

  /**
   * Protection of the connection.
   *
   * @param kind TLS or not
   * @param user name to log in with; empty to send without
   * @param passwordFile file with the password in its first line
   */
  record Security(Kind kind, Optional<String> user, Optional<String> passwordFile) {}

  /** The account of a configuration that has a mail server. */
  static MailAccount of(DaemonConfig config, String hostName) {
    GlobalConfig.Mail mail = config.global().mail();
    Settings settings = config.global().settings();
    Security security =
        new Security(
            settings
                .word("smtp_security")
                .map(it -> Kind.valueOf(it.toUpperCase(java.util.Locale.ROOT)))
                .orElse(Kind.OPPORTUNISTIC),
            settings.word("smtp_user"),
            settings.word("smtp_password_file"));
    String[] server = mail.server().orElseThrow().trim().split("\\s+", 2);
    int usual = security.kind() == Kind.TLS ? SUBMISSION_TLS : SMTP;
    return new MailAccount(
        config.routerId().orElse(hostName),
        server[0],
        server.length > 1 ? Integer.parseInt(server[1]) : usual,
        settings.word("smtp_helo_name"),
        mail.timeout(),
        mail.sender().orElse("vipd@" + hostName),
        mail.recipients(),
        security);
  }
}
