package org.vipd.netlink.route;

import java.util.List;
import org.vipd.netlink.libc.Errno;

/**
 * What became of a batch. What is not a failure is done, or had been done before.
 *
 * @param requested size of the batch
 * @param failures in the order of the batch
 * @param unchanged what had been done before: addresses that were to be added and were there, or to
 *     be removed and were not, in the order of the batch
 */
public record BatchResult(int requested, List<Failure> failures, List<AddressRequest> unchanged) {

  /** Copies the lists. */
  public BatchResult {
    failures = List.copyOf(failures);
    unchanged = List.copyOf(unchanged);
  }

  /** A result in which nothing had been done before. */
  public BatchResult(int requested, List<Failure> failures) {
    this(requested, failures, List.of());
  }

  /** Returns whether nothing failed. */
  public boolean succeeded() {
    return failures.isEmpty();
  }

  /**
   * One request that the kernel refused.
   *
   * @param request which
   * @param errno why
   * @param explanation the kernel's words, or empty
   */
  public record Failure(AddressRequest request, Errno errno, String explanation) {

    /** Returns for example {@code 10.0.0.5/32 on interface 3: EPERM (Operation not permitted)}. */
    @Override
    public String toString() {
      String words = explanation.isEmpty() ? "" : ", " + explanation;
      return request.prefix() + " on interface " + request.index() + ": " + errno + words;
    }
  }
}
