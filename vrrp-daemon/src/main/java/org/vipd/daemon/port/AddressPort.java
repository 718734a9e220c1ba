package org.vipd.daemon.port;

import java.util.List;

/**
 * Puts virtual addresses on interfaces and takes them away, a whole list in one batch. Both are
 * repeatable: an address that is already there, or already gone, counts as done.
 */
public interface AddressPort {

  /**
   * These may be installed later: what can be done now, so that nothing holds the installation up.
   */
  default void prepare(List<AddressInstall> addresses) {
    // nothing to prepare
  }

  /**
   * The same for all addresses of a router.
   *
   * @param router what makes it unique on this host
   */
  default void prepareFor(String router, List<AddressInstall> addresses) {
    prepare(addresses);
  }

  /** Installs addresses. */
  Installed install(List<AddressInstall> addresses);

  /**
   * Starts the leases of addresses anew; answers those for which that failed. One that is missing
   * is added again, so whoever gave addresses up must not ask for this.
   */
  List<Failure> refresh(List<AddressInstall> addresses);

  /** Removes addresses. */
  Removed remove(List<AddressInstall> addresses);

  /**
   * The same when others of their networks stay: with the first IPv4 address of a network the
   * kernel takes all others of it away, unless it is told not to.
   */
  default Removed removeBesideOthers(List<AddressInstall> addresses) {
    return remove(addresses);
  }

  /** Whether a former process, whose record this one continues, has added the address. */
  default boolean isLeft(AddressInstall address) {
    return false;
  }

  /** Whether a former process has recorded the address, which need not be there. */
  default boolean isRecorded(AddressInstall address) {
    return false;
  }

  /** The addresses that a former process had for a router; none when that was not recorded. */
  default List<AddressInstall> recordedOf(String router) {
    return List.of();
  }

  /** Whether the address was that of another router, and not of this one. */
  default boolean isRecordedOfOther(AddressInstall address, String router) {
    return false;
  }

  /** The address turned out to be somebody else's: the next process must not remove it. */
  default void withdraw(AddressInstall address) {
    // without a record there is nothing to withdraw from
  }

  /** Somebody may have removed the record: called every few seconds, it is made anew then. */
  default void keepRecord() {
    // without a record there is nothing to keep
  }

  /**
   * What became of a batch to install; what is in neither list was added.
   *
   * @param existing those that were there before
   * @param failures those that could not be installed
   */
  record Installed(List<AddressInstall> existing, List<Failure> failures) {

    /** Everything was added. */
    public static final Installed ALL = new Installed(List.of(), List.of());

    public Installed {
      existing = List.copyOf(existing);
      failures = List.copyOf(failures);
    }
  }

  /**
   * What became of a batch to remove; what is in neither list was there and is gone, and the kernel
   * reports each of those.
   *
   * @param missing those that were not there
   * @param failures those that could not be removed
   */
  record Removed(List<AddressInstall> missing, List<Failure> failures) {

    /** Everything was removed. */
    public static final Removed ALL = new Removed(List.of(), List.of());

    public Removed {
      missing = List.copyOf(missing);
      failures = List.copyOf(failures);
    }
  }

  /**
   * An address that could not be installed or removed.
   *
   * @param address which
   * @param message what failed, why, and what may help
   */
  record Failure(AddressInstall address, String message) {}
}
