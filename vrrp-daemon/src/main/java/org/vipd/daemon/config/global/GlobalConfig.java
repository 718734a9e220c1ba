package org.vipd.daemon.config.global;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CommandConfig;

/**
 * What concerns the daemon as a whole.
 *
 * @param mail who is told by mail, and how
 * @param scripts as whom scripts run, and what is refused
 * @param fifo the pipes that state changes are written to
 * @param firewall what does the filtering
 * @param startup what delays the start
 * @param settings every other setting of {@code global_defs} and of the top of the file
 */
public record GlobalConfig(
    Mail mail,
    Scripts scripts,
    List<Fifo> fifo,
    Firewall firewall,
    Startup startup,
    Settings settings) {

  /** What applies without any setting. */
  public static final GlobalConfig DEFAULT =
      new GlobalConfig(
          new Mail(List.of(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30), false),
          new Scripts(Optional.empty(), false, Optional.empty(), Optional.empty()),
          List.of(),
          new Firewall(Optional.empty(), List.of(), List.of()),
          new Startup(Duration.ZERO, Duration.ZERO, false),
          Settings.NONE);

  public GlobalConfig {
    fifo = List.copyOf(fifo);
  }

  /**
   * Notification by mail.
   *
   * @param recipients who is told
   * @param sender the sender's address; empty for user and host name
   * @param server host and, when given, port of the mail server
   * @param timeout to connect, more than zero
   * @param alerts whether instances send mail unless they say otherwise
   */
  public record Mail(
      List<String> recipients,
      Optional<String> sender,
      Optional<String> server,
      Duration timeout,
      boolean alerts) {

    public Mail {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * How scripts are run.
   *
   * @param account user and, when given, group that scripts run as
   * @param isSecure whether scripts that others can change are refused for root
   * @param startup command before the instances start
   * @param shutdown command after they have ended
   */
  public record Scripts(
      Optional<Account> account,
      boolean isSecure,
      Optional<CommandConfig> startup,
      Optional<CommandConfig> shutdown) {}

  /**
   * A pipe that state changes are written to.
   *
   * @param path the pipe
   * @param owner whom it belongs to
   * @param reader command that is started to read it
   */
  public record Fifo(String path, Optional<Account> owner, Optional<CommandConfig> reader) {

    /** The reader with the pipe as its last argument. */
    public Optional<CommandConfig> readerOfPath() {
      return reader.map(
          it -> {
            List<String> words = new ArrayList<>(it.words());
            words.add(path);
            return it.with(it.text() + " " + path, words);
          });
    }
  }

  /**
   * What filters packets to virtual addresses.
   *
   * @param table table of nftables; empty when not given
   * @param chains chains of iptables; none when not given
   * @param sets names of ipsets; none when not given
   */
  public record Firewall(Optional<String> table, List<String> chains, List<String> sets) {

    public Firewall {
      chains = List.copyOf(chains);
      sets = List.copyOf(sets);
    }
  }

  /**
   * What delays the start of the instances.
   *
   * @param delay from the start of the daemon, zero or more
   * @param delayAfterBoot from the start of the machine, zero or more
   * @param allowsMissingInterfaces whether interfaces may appear later
   */
  public record Startup(Duration delay, Duration delayAfterBoot, boolean allowsMissingInterfaces) {}
}
