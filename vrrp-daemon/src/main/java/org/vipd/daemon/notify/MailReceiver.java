package org.vipd.daemon.notify;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.vipd.daemon.config.keepalived.text.SecretFile;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.NanoClock;

/** Mail about changes of state ({@code smtp_alert}); each in a connection of its own. */
final class MailReceiver implements Receiver {

  /** A conversation about one mail has some ten answers, each within the time-out. */
  private static final int ANSWERS = 10;

  private volatile Receivers.MailSpec spec;
  private final NanoClock clock;

  MailReceiver(Receivers.MailSpec spec, NanoClock clock) {
    this.spec = spec;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "mail by " + spec.account().server();
  }

  @Override
  public void configure(Receivers.Spec spec) {
    this.spec = (Receivers.MailSpec) spec;
  }

  @Override
  public boolean wants(Notice notice) {
    return notice.kind() == Notice.Kind.STATE
        && !notice.isRepeated()
        && spec.alertsOf().contains(notice.subject().name())
        && !notice.state().equals("INIT")
        && (spec.sendsFaults() || !notice.state().equals("FAULT"));
  }

  @Override
  public void deliver(Notice notice) throws DeliveryException {
    try {
      Transport.send(message(notice));
    } catch (MessagingException e) {
      throw new DeliveryException(reason(e));
    }
  }

  /** The outer message of a mail failure says little; the innermost says what happened. */
  private static String reason(Exception failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null && innermost.getCause() != innermost) {
      innermost = innermost.getCause();
    }
    String text = String.valueOf(failure.getMessage()).strip().replace('\n', ' ');
    return innermost == failure ? text : text + " (" + innermost.getMessage() + ")";
  }

  private MimeMessage message(Notice notice) throws MessagingException, DeliveryException {
    MimeMessage message = new MimeMessage(session());
    message.setFrom(new InternetAddress(spec.account().sender()));
    for (String recipient : spec.account().recipients()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
    }
    message.setSubject(subject(notice), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(notice.at()));
    message.setText(body(notice), StandardCharsets.UTF_8.name());
    return message;
  }

  private String subject(Notice notice) {
    String who = notice.subject().isGroup() ? "group " : "";
    String what =
        switch (notice.state()) {
          case "STOP" -> " stops";
          case "DELETED" -> " is removed";
          default -> " is now " + notice.state();
        };
    return "[" + spec.account().router() + "] " + who + notice.subject().name() + what;
  }

  private static String body(Notice notice) {
    StringBuilder text = new StringBuilder();
    text.append(notice.subject().name())
        .append(": ")
        .append(notice.before())
        .append(" -> ")
        .append(notice.state())
        .append(" at ")
        .append(NoticeText.stamp(notice))
        .append("\r\n");
    notice.causes().forEach(cause -> text.append("because ").append(cause.text()).append("\r\n"));
    if (!notice.subject().isGroup()) {
      text.append("priority ").append(notice.priority()).append("\r\n");
    }
    return text.toString();
  }

  private Session session() throws DeliveryException {
    MailAccount account = spec.account();
    String millis = Long.toString(account.timeout().toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", account.server());
    properties.setProperty("mail.smtp.port", Integer.toString(account.port()));
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.put(
        "mail.smtp.socketFactory",
        new BoundedSockets(clock, account.timeout().multipliedBy(ANSWERS)));
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    account.helloName().ifPresent(name -> properties.setProperty("mail.smtp.localhost", name));
    switch (account.security().kind()) {
      case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
      case OPPORTUNISTIC -> {
        // as mail servers do among themselves: protected against listeners, not against impostors
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.ssl.trust", "*");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
      }
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    Optional<Authenticator> login = login();
    properties.setProperty("mail.smtp.auth", Boolean.toString(login.isPresent()));
    return Session.getInstance(properties, login.orElse(null));
  }

  private Optional<Authenticator> login() throws DeliveryException {
    MailAccount.Security security = spec.account().security();
    if (security.user().isEmpty()) {
      return Optional.empty();
    }
    String user = security.user().get();
    String password =
        security.passwordFile().isEmpty() ? "" : secret(security.passwordFile().get());
    return Optional.of(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(user, password);
          }
        });
  }

  private static String secret(String name) throws DeliveryException {
    SecretFile file = SecretFile.read(name);
    if (!file.obstacle().isEmpty()) {
      throw new DeliveryException(
          "the password cannot be read from " + name + ": " + file.obstacle());
    }
    return file.text().lines().findFirst().orElse("");
  }
}
