package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.status.InstanceStatus.CheckStatus;

class CheckTextTest {

  private static CheckStatus check(String result, String output) {
    return new CheckStatus("c", "/bin/c", 0, "bad", 9, 8, 7, result, 0.25, output);
  }

  @Test
  void saysHowTheLastRunEndedAndWhatItPrinted() {
    CheckStatus check = check("exit status 1", "no route\n");
    assertThat(CheckText.of(check))
        .isEqualTo(
            "c is bad, failure means FAULT, 9 runs, 8 failed (7 in a row),"
                + " last: exit status 1 after 0.25 s");
    assertThat(CheckText.printed(check)).isEqualTo("no route");
  }

  @Test
  void endsWithTheCommandThatMendsWhatCouldNotBeRunAndSaysItOnce() {
    CheckStatus check =
        check("cannot be run: /c is gone; run: chmod +x /c", "/c is gone; run: chmod +x /c");
    assertThat(CheckText.of(check)).endsWith("last: cannot be run: /c is gone; run: chmod +x /c");
    assertThat(CheckText.printed(check)).isEmpty();
  }

  @Test
  void saysAnAnswerOnce() {
    CheckStatus check = check("no connection to x:1: refused", "no connection to x:1: refused");
    assertThat(CheckText.of(check)).endsWith("refused after 0.25 s");
    assertThat(CheckText.printed(check)).isEmpty();
  }
}
