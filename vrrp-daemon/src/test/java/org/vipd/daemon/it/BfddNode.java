package org.vipd.daemon.it;

import java.util.Locale;

/** FRR's bfdd with the zebra it needs, on a host, with one neighbour. */
final class BfddNode {

  private final FrrHome home;
  private final String neighbour;
  private final Launched process;

  private BfddNode(Host host, String neighbour, String more) {
    this.neighbour = neighbour;
    this.home = new FrrHome(host);
    home.configure(
        "bfdd",
        String.format(
            Locale.ROOT,
            "log file %s\nbfd\n peer %s\n%s\n",
            home.directory().resolve("bfdd.txt"),
            neighbour,
            more.indent(2)));
    home.launchZebra();
    this.process =
        home.launch("bfdd", "--bfdctl", home.directory().resolve("bfdd.sock").toString());
  }

  static boolean isInstalled() {
    return FrrHome.isInstalled("bfdd");
  }

  /**
   * Starts it.
   *
   * @param neighbour what follows {@code peer}
   * @param more lines of that peer
   */
  static BfddNode start(Host host, String neighbour, String more) {
    return new BfddNode(host, neighbour, more);
  }

  /** What it says of its neighbour. */
  String session() {
    return home.tell("show bfd peers");
  }

  /** Changes lines of its neighbour while it runs. */
  void change(String... lines) {
    String[] commands = new String[lines.length + 3];
    commands[0] = "configure terminal";
    commands[1] = "bfd";
    commands[2] = "peer " + neighbour;
    System.arraycopy(lines, 0, commands, 3, lines.length);
    home.tell(commands);
  }

  /** The process. */
  Launched process() {
    return process;
  }
}
