package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums as the kernel prints them, before and after a delay of two seconds. */
class DelayEvidenceTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long LATE = 2 * SECOND;

  @TempDir private Path proc;
  private DelayEvidence evidence;

  private void write(String name, String text) {
    try {
      Path file = proc.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void noteASum() {
    write("thread-self/schedstat", "5429617 4005192 4\n");
    write(
        "stat",
        "cpu  8515277 226378 1881834 3722510 9726 0 31739 100 0 0\ncpu0 1 2 3\ncpu1 1 2 3\nctxt 7\n");
    write("self/task/17/comm", "java\n");
    write("self/task/18/comm", "VM Thread\n");
    write("self/task/18/schedstat", "700 1 1\n");
    write("pressure/memory", "some avg10=0.00 avg60=0.00 avg300=0.00 total=108089\n");
    evidence = new DelayEvidence(proc);
    evidence.note(6 * SECOND);
  }

  @Test
  void namesTheWaitForAProcessor() {
    write("thread-self/schedstat", "5429900 1504005192 5\n");
    assertThat(evidence.of(LATE)).isEqualTo("it waited 1.50 s for a processor");
  }

  @Test
  void neverNamesMoreThanTheDelay() {
    write("thread-self/schedstat", "5429900 9504005192 5\n");
    assertThat(evidence.of(LATE)).isEqualTo("it waited 2.00 s for a processor");
  }

  @Test
  void namesSeveral() {
    write("stat", "cpu  8515279 226378 1881834 3722510 9726 0 31739 400 0 0\ncpu0 1 2 3\n");
    write("self/task/18/schedstat", "1200000700 1 1\n");
    write("pressure/memory", "some avg10=9.00 avg60=0.00 avg300=0.00 total=1208089\n");
    assertThat(evidence.of(LATE))
        .isEqualTo(
            "the hypervisor ran others for 1.50 s, garbage collection took 1.20 s, programs of this"
                + " host waited 1.10 s for memory");
  }

  @Test
  void whatTheHypervisorTookIsSharedByAllProcessorsOfTheHost() {
    StringBuilder processors = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      processors.append("cpu").append(i).append(" 1 2 3\n");
    }
    write("stat", "cpu  8515277 226378 1881834 3722510 9726 0 31739 100 0 0\n" + processors);
    DelayEvidence ofHost = new DelayEvidence(proc);
    ofHost.note(6 * SECOND);
    write("stat", "cpu  8515279 226378 1881834 3722510 9726 0 31739 400 0 0\n" + processors);
    assertThat(ofHost.of(LATE)).startsWith("no load explains it");
    write("stat", "cpu  8515279 226378 1881834 3722510 9726 0 31739 6500 0 0\n" + processors);
    assertThat(ofHost.of(LATE)).isEqualTo("the hypervisor ran others for 2.00 s");
  }

  @Test
  void saysWhenNoSumGrewEnough() {
    write("thread-self/schedstat", "5429900 304005192 5\n");
    assertThat(evidence.of(LATE))
        .isEqualTo("no load explains it: the process was stopped, or the machine was");
  }

  @Test
  void whatGrewBeforeTheLastNoteDoesNotCount() {
    write("thread-self/schedstat", "5429900 1504005192 5\n");
    evidence.note(12 * SECOND);
    assertThat(evidence.of(LATE)).startsWith("no load explains it");
  }

  @Test
  void saysNothingWithoutANote() {
    DelayEvidence none = new DelayEvidence(proc);
    assertThat(none.of(LATE)).isEmpty();
    none.note(SECOND);
    assertThat(none.of(LATE)).isNotEmpty();
  }

  @Test
  void aKernelWithoutAFileHasOneKindLess() throws IOException {
    Files.delete(proc.resolve("pressure/memory"));
    Files.delete(proc.resolve("stat"));
    DelayEvidence fewer = new DelayEvidence(proc);
    fewer.note(6 * SECOND);
    write("thread-self/schedstat", "5429900 1504005192 5\n");
    assertThat(fewer.of(LATE)).isEqualTo("it waited 1.50 s for a processor");
    fewer.close();
  }
}
