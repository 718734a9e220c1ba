package org.vipd.daemon.script;

import java.nio.charset.StandardCharsets;
import org.vipd.daemon.event.CheckOutcome;

/** Keeps the last {@link CheckOutcome#OUTPUT_LIMIT} bytes of what a process printed. */
final class OutputTail {

  private final byte[] kept = new byte[CheckOutcome.OUTPUT_LIMIT];
  private int length;

  void append(byte[] bytes, int count) {
    if (count >= kept.length) {
      System.arraycopy(bytes, count - kept.length, kept, 0, kept.length);
      length = kept.length;
      return;
    }
    int overflow = Math.max(0, length + count - kept.length);
    System.arraycopy(kept, overflow, kept, 0, length - overflow);
    length -= overflow;
    System.arraycopy(bytes, 0, kept, length, count);
    length += count;
  }

  /** The text; control characters other than line feed and tab are replaced. */
  String text() {
    String text = new String(kept, 0, length, StandardCharsets.UTF_8);
    return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "?");
  }
}
