package org.vipd.daemon.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.vipd.daemon.boot.WarmUp;
import org.vipd.daemon.control.ControlConnection;
import org.vipd.daemon.service.RuntimeDirectory;

/**
 * The real {@code vipd run} and {@code vipd status} in a directory of their own, from the command
 * line to the end by a signal, so that the class archive knows all that a start needs. The
 * interface of its instance does not exist: no address is touched and nothing is sent.
 */
final class ShortRun {

  private static final String CONFIGURATION =
      """
      vrrp_instance warm_up {
        interface warm0
        virtual_router_id 1
        priority 100
        virtual_ipaddress { 192.0.2.1/24 }
      }
      """;

  private static final int ATTEMPTS = 200;
  private static final long PAUSE_MILLIS = 50;

  private ShortRun() {}

  /** Runs and ends; answers the exit status of the daemon. */
  static int execute() {
    try {
      Path directory = Files.createTempDirectory("vipd-warm-up");
      try {
        return executeIn(directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      System.err.println("warm-up without a run of the daemon: " + e);
      return 1;
    }
  }

  private static int executeIn(Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("warm-up.conf"), CONFIGURATION);
    Path runtime = directory.resolve("run");
    List<String> words = List.of("run", "-f", file.toString(), "--runtime-dir", runtime.toString());
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> Main.execute(words.toArray(new String[0])));
    if (answers(RuntimeDirectory.controlSocket(runtime), status)) {
      Main.execute("status", "--runtime-dir", runtime.toString());
      WarmUp.endRun();
    }
    return status.join();
  }

  /** Waits until the daemon can be asked; false when it ended before. */
  private static boolean answers(Path socket, CompletableFuture<Integer> status) {
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        ControlConnection.request(socket, "{\"command\":\"status\"}");
        return true;
      } catch (IOException e) {
        if (hasEnded(status)) {
          return false;
        }
      }
    }
    throw new IllegalStateException("the daemon of the warm-up does not answer on " + socket);
  }

  /** Whether it ended within the pause between two attempts. */
  private static boolean hasEnded(CompletableFuture<Integer> status) {
    try {
      status.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
