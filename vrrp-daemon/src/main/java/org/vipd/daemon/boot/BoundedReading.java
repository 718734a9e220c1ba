package org.vipd.daemon.boot;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.Place;

/**
 * Reads the configuration on a thread of its own, so that a file system that does not answer never
 * holds the one who asks for longer than a limit. While one reading hangs, no other is begun.
 */
final class BoundedReading implements Supplier<LoadResult> {

  private final Supplier<LoadResult> reader;
  private final String file;
  private final long limitMillis;
  private CompletableFuture<LoadResult> last = CompletableFuture.completedFuture(null);

  /**
   * A reading with a limit.
   *
   * @param file for messages
   */
  BoundedReading(Supplier<LoadResult> reader, String file, long limitMillis) {
    this.reader = reader;
    this.file = file;
    this.limitMillis = limitMillis;
  }

  @Override
  public synchronized LoadResult get() {
    if (!last.isDone()) {
      return failed(
          "an earlier reading of it has not ended",
          "is it, or what it includes, on a file system that does not answer?");
    }
    CompletableFuture<LoadResult> answer = new CompletableFuture<>();
    last = answer;
    Threads.start("vipd-reading", () -> read(answer));
    try {
      return answer.get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return failed(
          "was not read within " + limitMillis / 1000.0 + " s",
          "is it, or what it includes, on a file system that does not answer?");
    } catch (ExecutionException e) {
      return failed("cannot be read: unexpected failure: " + e.getCause(), "please report it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("was not read: the daemon stops", "");
    }
  }

  private void read(CompletableFuture<LoadResult> answer) {
    try {
      answer.complete(reader.get());
    } catch (RuntimeException | StackOverflowError e) {
      answer.completeExceptionally(e);
    } finally {
      // an Error that is on its way to the handler of the thread; nobody may wait for this reading
      answer.complete(failed("cannot be read: the reading thread failed", ""));
    }
  }

  private LoadResult failed(String text, String hint) {
    return LoadResult.failed(
        List.of(new ConfigProblem(Place.ofFile(file), ConfigProblem.Severity.ERROR, text, hint)));
  }
}
