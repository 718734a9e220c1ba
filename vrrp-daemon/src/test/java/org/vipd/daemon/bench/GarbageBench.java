package org.vipd.daemon.bench;

import com.google.gson.JsonObject;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.vipd.daemon.boot.Daemon;
import org.vipd.daemon.it.Await;
import org.vipd.daemon.it.Host;
import org.vipd.daemon.it.KeepalivedNode;
import org.vipd.daemon.it.Lab;
import org.vipd.daemon.it.Shell;
import org.vipd.daemon.it.VipdNode;

/**
 * How much the loop thread allocates for each wake-up, in steady state: the real daemon on a thread
 * of this process inside a namespace, once as Active and once as Backup of a keepalived.
 */
public final class GarbageBench {

  private static final long WARM_UP_MILLIS = 15_000;
  private static final long SETTLE_MILLIS = 300;
  private static final long OBSERVED_MILLIS = 20_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final AtomicLong loopThread = new AtomicLong();

  private GarbageBench() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    for (int priority : new int[] {200, 50}) {
      try (Lab lab = Lab.create("garbage")) {
        new GarbageBench().measure(lab, priority);
      }
    }
    System.out.println("goal: at most 256 bytes per wake-up");
  }

  private static String configuration(int priority) {
    return String.format(
        Locale.ROOT,
        """
        vrrp_instance garbage {
          interface eth0
          virtual_router_id 90
          version 3
          priority %d
          advert_int 0.1
          virtual_ipaddress {
            10.90.0.100
          }
        }
        """,
        priority);
  }

  private void measure(Lab lab, int priority) {
    Host ours = lab.host("ours", "10.90.0.1/24");
    KeepalivedNode peer =
        KeepalivedNode.start(lab.host("theirs", "10.90.0.2/24"), configuration(100));
    Path file = ours.file("keepalived.conf", configuration(priority));
    Path directory = ours.home().resolve("run");
    CompletableFuture<Integer> daemon =
        CompletableFuture.supplyAsync(
            () ->
                ours.namespace()
                    .call(
                        () -> {
                          loopThread.set(Thread.currentThread().getId());
                          return new Daemon(file, directory, "bench").run();
                        }));
    VipdNode node = VipdNode.attach(ours, file, directory);
    node.awaitState(priority > 100 ? "MASTER" : "BACKUP");
    Await.pause(WARM_UP_MILLIS);
    observe(node, priority);
    Shell.run("kill", "-TERM", Long.toString(ProcessHandle.current().pid()));
    daemon.join();
    peer.stop();
  }

  /** Asking for the status allocates too, so bytes are read after the first and before the last. */
  private void observe(VipdNode node, int priority) {
    long turnsBefore = turns(node);
    Await.pause(SETTLE_MILLIS);
    long bytesBefore = threads.getThreadAllocatedBytes(loopThread.get());
    Await.pause(OBSERVED_MILLIS);
    long bytes = threads.getThreadAllocatedBytes(loopThread.get()) - bytesBefore;
    long turns = turns(node) - turnsBefore;
    System.out.printf(
        Locale.ROOT,
        "%-7s 0.1 s interval: %d bytes in %d wake-ups: %.0f bytes per wake-up%n",
        priority > 100 ? "Active," : "Backup,",
        bytes,
        turns,
        (double) bytes / turns);
  }

  private static long turns(VipdNode node) {
    JsonObject status = node.status().orElseThrow();
    return status.getAsJsonObject("daemon").get("loop-turns").getAsLong();
  }
}
