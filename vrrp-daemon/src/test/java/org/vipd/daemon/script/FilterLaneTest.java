package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.port.FilterJob;
import org.vipd.daemon.testkit.FakeProcesses;

class FilterLaneTest {

  private final FakeProcesses processes = new FakeProcesses();
  private final List<Event> events = new ArrayList<>();
  private final FilterLane lane = new FilterLane(SupervisorFixture.starter(processes), events::add);

  private static FilterJob job(String program, String rules, boolean isOptional) {
    return new FilterJob(
        new CommandConfig(program + " " + rules, List.of(program, rules)), isOptional);
  }

  private static FilterJob job(String rules) {
    return job("/bin/sh", rules, false);
  }

  private List<String> started() {
    return processes.started().stream().map(it -> it.argv().get(1)).toList();
  }

  @Test
  void runsOneAfterTheOtherAndOfThoseThatWaitTheLast() {
    lane.submit(job("first"));
    lane.advance(0);
    lane.submit(job("second"));
    lane.submit(job("third"));
    lane.advance(0);
    assertThat(started()).containsExactly("first");
    processes.last().exits(0);
    lane.advance(1);
    assertThat(started()).containsExactly("first", "third");
    processes.last().exits(1);
    lane.advance(2);
    assertThat(lane.isIdle()).isTrue();
    assertThat(events)
        .extracting(event -> ((Event.FilterChanged) event).outcome().code())
        .containsExactly(0, 1);
  }

  @Test
  void tellsThatTheProgramIsMissingUnlessNobodyMinds() {
    lane.submit(job("nft", "x", true));
    lane.advance(0);
    assertThat(events).isEmpty();
    lane.submit(job("nft", "x", false));
    lane.advance(0);
    assertThat(events)
        .singleElement()
        .extracting(event -> ((Event.FilterChanged) event).outcome().text())
        .asString()
        .startsWith("cannot be run: no program 'nft'");
    assertThat(lane.isIdle()).isTrue();
  }
}
