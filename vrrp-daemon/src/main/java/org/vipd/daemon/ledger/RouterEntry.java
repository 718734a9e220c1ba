package org.vipd.daemon.ledger;

import java.util.Optional;

/**
 * Which virtual router an address is of.
 *
 * @param router what makes it unique on this host
 * @param address one that it installs while it is Active
 */
record RouterEntry(String router, LedgerEntry address) {

  private static final String WORD = "router";
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 5;

  // written out: the JVM would make them at the first call, which is the first takeover

  @Override
  public boolean equals(Object other) {
    return other instanceof RouterEntry that
        && router.equals(that.router)
        && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return router.hashCode() * 31 + address.hashCode();
  }

  /** Reads a line of the file; empty when it is none. */
  static Optional<RouterEntry> parse(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != FIELDS || !fields[0].equals(WORD) || fields[1].isEmpty()) {
      return Optional.empty();
    }
    return LedgerEntry.ofFields(fields[2], fields[3], fields[4])
        .map(address -> new RouterEntry(fields[1], address));
  }

  /** The line of the file. */
  String line() {
    return String.join(SEPARATOR, WORD, router, address.fields());
  }
}
