package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vipd.netlink.libc.NativeMemory;

/**
 * Requests of one datagram, encoded. The same ones are sent each second, mostly, and then nothing
 * is written anew, the sequence numbers neither: the last answer is read before the next request.
 */
final class KeptRequests {

  private final int requestBytes;
  private final List<AddressRequest> requests = new ArrayList<>();
  private NativeMemory memory = NativeMemory.kept(1);
  private int length;
  private int first;

  /**
   * Keeps nothing yet.
   *
   * @param requestBytes what one request has at most
   */
  KeptRequests(int requestBytes) {
    this.requestBytes = requestBytes;
  }

  /** Whether these very objects are kept, in this order. */
  @SuppressWarnings("ReferenceEquality")
  boolean areOf(List<AddressRequest> others) {
    if (requests.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Forgets what is kept; answers where so many others are to be written. */
  ByteBuffer begin(int count) {
    forget();
    if (memory.size() < count * requestBytes) {
      memory = NativeMemory.kept(count * requestBytes);
    }
    return memory.buffer().clear();
  }

  /**
   * They have been written.
   *
   * @param firstSequence the number of the first one, the others count on
   */
  void written(List<AddressRequest> others, int firstSequence) {
    requests.addAll(others);
    length = memory.buffer().position();
    first = firstSequence;
  }

  /** The next ones are written anew. */
  void forget() {
    requests.clear();
  }

  NativeMemory memory() {
    return memory;
  }

  int length() {
    return length;
  }

  int firstSequence() {
    return first;
  }
}
