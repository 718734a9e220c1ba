package org.vipd.daemon.notify;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.status.DeliveryStatus;

class LanesTest {

  private static final long SECOND = 1_000_000_000L;

  private final Lanes lanes = new Lanes(new Receiver.Retry(SECOND, 4 * SECOND, 3, false));

  @BeforeEach
  void configure() {
    lanes.configure(
        Stream.concat(Stream.of("A", "B"), IntStream.range(0, 10).mapToObj(i -> "VI_" + i))
            .map(LanesTest::subject)
            .collect(Collectors.toSet()));
  }

  private static Notice.Subject subject(String name) {
    return Notice.Subject.instance(name);
  }

  private Notice submit(String name, String state, int priority) {
    Notice notice = Notices.state(name, "INIT", state, priority);
    lanes.submit(notice);
    return notice;
  }

  @Test
  void deliversInTheOrderOfWhatHappened() {
    submit("A", "BACKUP", 1);
    submit("B", "BACKUP", 2);
    submit("A", "MASTER", 3);
    assertThat(drain()).containsExactly("B BACKUP 2", "A MASTER 3");
  }

  private List<String> drain() {
    List<String> told = new ArrayList<>();
    for (Optional<Notice> next = lanes.next(0); next.isPresent(); next = lanes.next(0)) {
      Notice notice = next.get();
      told.add(notice.subject().name() + " " + notice.state() + " " + notice.priority());
      lanes.delivered(notice, 0);
    }
    return told;
  }

  @Test
  void keepsAPriorityChangeApartFromAState() {
    submit("A", "MASTER", 1);
    lanes.submit(Notices.priority("A", "MASTER", 90));
    assertThat(drain()).containsExactly("A MASTER 1", "A MASTER 90");
  }

  @Test
  void aNewerStateTakesThePlaceOfAllThatWaitsOfItsInstance() {
    submit("A", "MASTER", 1);
    lanes.submit(Notices.priority("A", "MASTER", 90));
    lanes.submit(Notices.rival("A", 90));
    lanes.submit(Notices.priority("B", "MASTER", 80));
    submit("A", "BACKUP", 2);
    assertThat(drain()).containsExactly("B MASTER 80", "A BACKUP 2");
    assertThat(lanes.status("r"))
        .filteredOn(it -> it.subject().equals("A"))
        .extracting(DeliveryStatus::replaced)
        .containsExactlyInAnyOrder(1L, 1L, 1L);
  }

  @Test
  void aChangeOfPriorityIsNotToldBehindANewerStateWhenItsPauseIsOver() {
    Notice priority = Notices.priority("A", "MASTER", 90);
    lanes.submit(priority);
    fail(priority, 0);
    Notice state = submit("A", "BACKUP", 2);
    assertThat(lanes.next(0)).as("the pause is one of the instance").isEmpty();
    assertThat(lanes.next(SECOND)).contains(state);
    lanes.delivered(state, 0);
    assertThat(lanes.isIdle()).isTrue();
    assertThat(total(DeliveryStatus::replaced)).isEqualTo(1);
  }

  @Test
  void whatIsToldOfAnInstanceWaitsForWhatFailedBeforeIt() {
    Notice state = submit("A", "MASTER", 1);
    fail(state, 0);
    lanes.submit(Notices.priority("A", "MASTER", 90));
    assertThat(lanes.next(SECOND - 1)).isEmpty();
    assertThat(lanes.next(SECOND)).contains(state);
    lanes.delivered(state, 0);
    assertThat(drain()).containsExactly("A MASTER 90");
  }

  @Test
  void whatIsUnderWayWhenANewerStateComesIsToldOrReplacedAndNeverLost() {
    Notice told = Notices.priority("A", "MASTER", 90);
    lanes.submit(told);
    assertThat(lanes.next(0)).contains(told);
    submit("A", "BACKUP", 2);
    lanes.delivered(told, 0);
    assertThat(total(DeliveryStatus::replaced)).isZero();
    assertThat(drain()).containsExactly("A BACKUP 2");

    Notice untold = Notices.priority("A", "BACKUP", 80);
    lanes.submit(untold);
    assertThat(lanes.next(0)).contains(untold);
    Notice state = submit("A", "MASTER", 3);
    assertThat(lanes.failed(untold, "no", 0, 0)).isFalse();
    assertThat(total(DeliveryStatus::replaced)).isEqualTo(1);
    assertThat(lanes.next(SECOND)).contains(state);
  }

  @Test
  void aFailureUnderANewerNoticeTakesNoneOfItsTries() {
    Notice older = submit("A", "MASTER", 1);
    assertThat(lanes.next(0)).contains(older);
    Notice newer = submit("A", "MASTER", 1);
    assertThat(lanes.failed(older, "no", 0, 0)).isFalse();
    assertThat(fail(newer, 10 * SECOND)).isFalse();
    assertThat(fail(newer, 20 * SECOND)).isFalse();
    assertThat(fail(newer, 30 * SECOND)).isTrue();
    assertThat(total(DeliveryStatus::replaced)).isEqualTo(1);
  }

  @Test
  void whereAFailureConcernsAllNothingIsToldBeforeWhatFailed() {
    Lanes ofPipe = new Lanes(Receiver.Retry.LOCAL);
    Notice member = Notices.state("A", "BACKUP", "MASTER", 1);
    Notice group = Notices.group("G", "BACKUP", "MASTER");
    ofPipe.submit(member);
    ofPipe.submit(group);
    assertThat(ofPipe.next(0)).contains(member);
    ofPipe.failed(member, "full", 0, 0);
    assertThat(ofPipe.next(49_999_999)).isEmpty();
    assertThat(ofPipe.deadlineNanos()).isEqualTo(50_000_000);
    ofPipe.tryAllAgain();
    assertThat(ofPipe.next(0)).contains(member);
    ofPipe.delivered(member, 0);
    assertThat(ofPipe.next(0)).contains(group);
  }

  private long total(ToLongFunction<DeliveryStatus> count) {
    return lanes.status("r").stream().mapToLong(count).sum();
  }

  @Test
  void keepsWhatCameDuringADelivery() {
    Notice first = submit("A", "BACKUP", 1);
    assertThat(lanes.next(0)).contains(first);
    Notice second = submit("A", "MASTER", 2);
    lanes.delivered(first, 0);
    assertThat(lanes.next(0)).contains(second);
    assertThat(lanes.status("r").get(0).replaced()).isZero();
  }

  @Test
  void triesAgainAfterAPauseThatDoublesUpToItsLimit() {
    Notice notice = submit("A", "MASTER", 1);
    fail(notice, 0);
    assertThat(lanes.next(SECOND - 1)).isEmpty();
    assertThat(lanes.deadlineNanos()).isEqualTo(SECOND);
    assertThat(lanes.next(SECOND)).contains(notice);
    lanes.failed(notice, "no", 0, SECOND);
    assertThat(lanes.deadlineNanos()).isEqualTo(3 * SECOND);
  }

  private boolean fail(Notice notice, long now) {
    assertThat(lanes.next(now)).contains(notice);
    return lanes.failed(notice, "no", 0, now);
  }

  @Test
  void givesUpAfterTheTriesAndTakesTheNextNotice() {
    Notice notice = submit("A", "MASTER", 1);
    assertThat(fail(notice, 0)).isFalse();
    assertThat(fail(notice, 10 * SECOND)).isFalse();
    assertThat(fail(notice, 20 * SECOND)).isTrue();
    assertThat(lanes.isIdle()).isTrue();
    Notice later = submit("A", "BACKUP", 1);
    assertThat(lanes.next(40 * SECOND)).contains(later);
  }

  @Test
  void aNewerNoticeHasAllTriesButWaitsOutThePause() {
    Notice notice = submit("A", "MASTER", 1);
    fail(notice, 0);
    Notice newer = submit("A", "FAULT", 1);
    assertThat(lanes.next(0)).isEmpty();
    assertThat(fail(newer, 10 * SECOND)).isFalse();
    assertThat(fail(newer, 20 * SECOND)).isFalse();
    assertThat(fail(newer, 30 * SECOND)).isTrue();
  }

  @Test
  void oneReceiverThatFailsForOneInstanceHoldsUpNoOther() {
    Notice stuck = submit("A", "MASTER", 1);
    fail(stuck, 0);
    Notice other = submit("B", "MASTER", 1);
    assertThat(lanes.next(0)).contains(other);
  }

  @Test
  void tenThousandTransitionsKeepOneNoticeForEachInstanceAndDeliverTheLast() {
    List<Integer> delivered = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      submit("VI_" + i % 10, i % 20 < 10 ? "MASTER" : "BACKUP", i);
      if (i % 997 == 0) {
        // the slow receiver takes one of about a thousand
        Notice next = lanes.next(0).orElseThrow();
        lanes.delivered(next, 5 * SECOND);
        delivered.add(next.priority());
      }
    }
    while (!lanes.isIdle()) {
      Notice next = lanes.next(0).orElseThrow();
      lanes.delivered(next, 0);
      delivered.add(next.priority());
    }
    assertThat(delivered).isSorted();
    assertThat(delivered.subList(delivered.size() - 10, delivered.size()))
        .containsExactly(9990, 9991, 9992, 9993, 9994, 9995, 9996, 9997, 9998, 9999);
    List<DeliveryStatus> status = lanes.status("r");
    assertThat(status).hasSize(10);
    assertThat(status.stream().mapToLong(it -> it.delivered() + it.replaced()).sum())
        .isEqualTo(10_000);
  }

  /** What a receiver that fails at random is told of one instance. */
  private static final class Told {
    private final Map<Notice.Subject, Integer> last = new HashMap<>();
    private final Map<Notice.Subject, Notice> lastState = new HashMap<>();

    void take(Notice notice, int number, String where) {
      assertThat(number).as(where).isGreaterThan(last.getOrDefault(notice.subject(), -1));
      last.put(notice.subject(), number);
      if (notice.kind() == Notice.Kind.STATE) {
        lastState.put(notice.subject(), notice);
      }
    }
  }

  private static Notice any(Random random) {
    String name = "VI_" + random.nextInt(10);
    String state = random.nextBoolean() ? "MASTER" : "BACKUP";
    return switch (random.nextInt(4)) {
      case 0 -> Notices.priority(name, state, 90);
      case 1 -> Notices.rival(name, 90);
      default -> Notices.state(name, "INIT", state, 1);
    };
  }

  @Test
  void tenThousandNoticesOfAllKindsStayInOrderAndAddUpWhateverFails() {
    for (int seed = 1; seed <= 20; seed++) {
      String where = "seed " + seed;
      Random random = new Random(seed);
      Lanes busy = new Lanes(new Receiver.Retry(SECOND, 4 * SECOND, 3, seed % 2 == 0));
      busy.configure(IntStream.range(0, 10).mapToObj(i -> subject("VI_" + i)).collect(toSet()));
      IdentityHashMap<Notice, Integer> numbers = new IdentityHashMap<>();
      Map<Notice.Subject, Notice> newest = new HashMap<>();
      Told told = new Told();
      long now = 0;
      int givenUp = 0;
      while (numbers.size() < 10_000 || !busy.isIdle()) {
        Optional<Notice> next = busy.next(now);
        for (int i = random.nextInt(20); i > 0 && numbers.size() < 10_000; i--) {
          Notice notice = any(random);
          numbers.put(notice, numbers.size());
          assertThat(busy.submit(notice)).isTrue();
          if (notice.kind() == Notice.Kind.STATE) {
            newest.put(notice.subject(), notice);
          }
        }
        boolean fails = numbers.size() < 10_000 && random.nextInt(3) > 0;
        if (next.isPresent() && fails) {
          givenUp += busy.failed(next.get(), "no", 0, now) ? 1 : 0;
        } else if (next.isPresent()) {
          busy.delivered(next.get(), 0);
          told.take(next.get(), numbers.get(next.get()), where);
        }
        now += SECOND / 4;
      }
      long counted =
          busy.status("r").stream().mapToLong(it -> it.delivered() + it.replaced()).sum();
      assertThat(counted + givenUp).as(where).isEqualTo(10_000);
      assertThat(busy.status("r")).as(where).hasSize(30);
      newest.forEach((subject, it) -> assertThat(told.lastState.get(subject)).isSameAs(it));
    }
  }

  @Test
  void aRemovedInstanceHasItsLastSayAndIsForgotten() {
    submit("A", "MASTER", 1);
    submit("B", "MASTER", 1);
    drain();
    submit("A", "DELETED", 1);
    lanes.configure(Set.of(subject("C")));
    assertThat(lanes.status("r")).extracting(DeliveryStatus::subject).containsExactly("A");
    assertThat(drain()).containsExactly("A DELETED 1");
    assertThat(lanes.status("r")).isEmpty();
    // told after the reload that removed it
    submit("B", "DELETED", 1);
    assertThat(drain()).containsExactly("B DELETED 1");
    assertThat(lanes.status("r")).isEmpty();
  }

  @Test
  void oneThatIsGivenUpIsForgottenToo() {
    Notice notice = submit("gone", "DELETED", 1);
    for (int i = 0; i < 3; i++) {
      fail(notice, 10L * i * SECOND);
    }
    assertThat(lanes.status("r")).isEmpty();
  }

  @Test
  void hasRoomForAllOfAConfigurationAndRefusesWhatIsFarBeyond() {
    Lanes many = new Lanes(new Receiver.Retry(SECOND, 4 * SECOND, 3, false));
    many.configure(
        IntStream.range(0, 3000).mapToObj(i -> subject("VI_" + i)).collect(Collectors.toSet()));
    for (int i = 0; i < 3000; i++) {
      assertThat(many.submit(Notices.state("VI_" + i, "BACKUP", "MASTER", 1))).isTrue();
      assertThat(many.submit(Notices.priority("VI_" + i, "MASTER", 90))).isTrue();
    }
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      refused += many.submit(Notices.state("stranger " + i, "BACKUP", "MASTER", 1)) ? 0 : 1;
    }
    assertThat(refused).isBetween(80_000, 99_999);
  }
}
