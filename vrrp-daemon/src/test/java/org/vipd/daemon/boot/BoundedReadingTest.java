package org.vipd.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;

@Timeout(60)
class BoundedReadingTest {

  private static final long LONG_MILLIS = 50_000;

  private static String only(LoadResult result) {
    assertThat(result.config()).isEmpty();
    return result.problems().stream().map(ConfigProblem::toString).reduce("", String::concat);
  }

  @Test
  void passesOnWhatWasRead() {
    LoadResult read = KeepalivedReader.parse("x", "");
    assertThat(new BoundedReading(() -> read, "x", LONG_MILLIS).get()).isSameAs(read);
  }

  @Test
  void givesUpOnAFileSystemThatDoesNotAnswerAndBeginsNoSecondReading() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    BoundedReading reading =
        new BoundedReading(
            () -> {
              begun.countDown();
              awaitQuietly(release);
              return LoadResult.failed(List.of());
            },
            "/net/vipd.conf",
            10);
    assertThat(only(reading.get()))
        .startsWith(
            "/net/vipd.conf: error: was not read within 0.01 s; is it, or what it includes");
    begun.await();
    assertThat(only(reading.get())).contains("an earlier reading of it has not ended");
    release.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void reportsAFailureOfTheReaderAndReadsAgain() {
    int[] calls = {0};
    LoadResult fine = KeepalivedReader.parse("x", "");
    BoundedReading reading =
        new BoundedReading(
            () -> {
              if (calls[0]++ == 0) {
                throw new IllegalStateException("a bug");
              }
              return fine;
            },
            "f",
            LONG_MILLIS);
    assertThat(only(reading.get())).contains("unexpected failure", "a bug");
    assertThat(reading.get()).isSameAs(fine);
  }
}
