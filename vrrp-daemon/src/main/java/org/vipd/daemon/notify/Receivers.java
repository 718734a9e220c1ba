package org.vipd.daemon.notify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.MailAlerts;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.PipePort;

/** Finds out from a configuration who has to be told, and opens the way to them. */
public final class Receivers {

  private static final String PRIORITY_CHANGES = "notify_priority_changes";

  /** A receiver, and what it is told of. */
  sealed interface Spec {

    /** The same without what it is told of: while this is equal it is not opened again. */
    Spec identity();
  }

  /**
   * A named pipe.
   *
   * @param priorityChangesOf instances whose changes of priority are told too
   */
  record PipeSpec(String path, Optional<Account> owner, Set<String> priorityChangesOf)
      implements Spec {

    @Override
    public Spec identity() {
      return new PipeSpec(path, owner, Set.of());
    }

    boolean hasPathOf(Spec other) {
      return other instanceof PipeSpec pipe && pipe.path().equals(path);
    }
  }

  /**
   * Mail.
   *
   * @param account how and to whom
   * @param alertsOf instances and groups that it is sent about
   * @param sendsFaults whether it is sent about faults too
   */
  record MailSpec(MailAccount account, Set<String> alertsOf, boolean sendsFaults) implements Spec {

    @Override
    public Spec identity() {
      return new MailSpec(account, Set.of(), false);
    }
  }

  /** A web address that gets an HTTP POST. */
  record WebSpec(String address) implements Spec {

    @Override
    public Spec identity() {
      return this;
    }
  }

  private final PipePort pipes;
  private final String hostName;

  /**
   * A factory.
   *
   * @param hostName stands in for {@code router_id}
   */
  public Receivers(PipePort pipes, String hostName) {
    this.pipes = pipes;
    this.hostName = hostName;
  }

  List<Spec> of(DaemonConfig config) {
    List<Spec> specs = new ArrayList<>();
    for (GlobalConfig.Fifo fifo : config.global().fifo()) {
      specs.add(new PipeSpec(fifo.path(), fifo.owner(), priorityChangesOf(config)));
    }
    GlobalConfig.Mail mail = config.global().mail();
    if (mail.server().isPresent() && !mail.recipients().isEmpty()) {
      addMail(config, specs);
    }
    for (String address : config.global().settings().words("webhook")) {
      specs.add(new WebSpec(address));
    }
    return specs;
  }

  /** Everybody who can be spoken of. */
  static Set<Notice.Subject> subjects(DaemonConfig config) {
    Set<Notice.Subject> subjects = new HashSet<>();
    config.instances().forEach(it -> subjects.add(Notice.Subject.instance(it.name())));
    config.groups().forEach(it -> subjects.add(Notice.Subject.group(it.name())));
    return subjects;
  }

  private void addMail(DaemonConfig config, List<Spec> specs) {
    Set<String> alertsOf = MailAlerts.of(config);
    boolean sendsFaults = !config.global().settings().isOn("no_email_faults");
    if (!alertsOf.isEmpty()) {
      specs.add(new MailSpec(MailAccount.of(config, hostName), alertsOf, sendsFaults));
    }
  }

  private static Set<String> priorityChangesOf(DaemonConfig config) {
    boolean usual = config.global().settings().isOn("vrrp_notify_priority_changes");
    Set<String> names = new HashSet<>();
    for (InstanceConfig instance : config.instances()) {
      Settings own = instance.extras().settings();
      Optional<Boolean> ofGroup =
          config
              .groupOf(instance.name())
              .flatMap(group -> group.settings().isOnIfGiven(PRIORITY_CHANGES));
      if (own.isOnIfGiven(PRIORITY_CHANGES).or(() -> ofGroup).orElse(usual)) {
        names.add(instance.name());
      }
    }
    return Set.copyOf(names);
  }

  Receiver open(Spec spec, NanoClock clock) {
    if (spec instanceof PipeSpec pipe) {
      return new PipeReceiver(pipe, pipes);
    }
    if (spec instanceof MailSpec mail) {
      return new MailReceiver(mail, clock);
    }
    return new WebReceiver((WebSpec) spec);
  }
}
