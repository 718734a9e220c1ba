package org.vipd.daemon.it;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a daemon keeps in its heap. */
final class LiveHeap {

  /** {@code def new generation total 9216K, used 1234K [...} and the like. */
  private static final Pattern USED =
      Pattern.compile("(?:generation|heap) +total \\d+K, used (\\d+)K");

  private static final int KILO = 1024;

  private LiveHeap() {}

  /** Collects the garbage and counts what is left. */
  static long bytesOf(VipdNode vipd) {
    String pid = Long.toString(vipd.process().pid());
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    vipd.host().run(jcmd, pid, "GC.run");
    String info = vipd.host().run(jcmd, pid, "GC.heap_info");
    Matcher matcher = USED.matcher(info);
    long bytes = 0;
    int found = 0;
    while (matcher.find()) {
      bytes += Long.parseLong(matcher.group(1)) * KILO;
      found++;
    }
    if (found == 0) {
      throw new IllegalStateException("no figures in " + info);
    }
    return bytes;
  }
}
