package org.vipd.daemon.testkit;

import java.util.HashMap;
import java.util.Map;
import org.vipd.daemon.port.SequenceStore;

/** Sequence numbers in memory. */
public final class FakeSequences implements SequenceStore {

  private final Map<String, Long> numbers = new HashMap<>();

  @Override
  public long load(String key, long margin) {
    return numbers.containsKey(key) ? numbers.get(key) + margin : 0;
  }

  @Override
  public void save(String key, long sequence) {
    numbers.put(key, sequence);
  }
}
