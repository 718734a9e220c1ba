package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.CommandLine.Word;

/** Words of commands, with what a shell would see of them. */
class CommandLineTest {

  @Test
  void separatesAtBlanks() {
    assertThat(CommandLine.split("  a  b\tc ")).containsExactly("a", "b", "c");
    assertThat(CommandLine.split(" ")).isEmpty();
  }

  @Test
  void keepsTogetherWhatIsQuoted() {
    assertThat(CommandLine.split("'a b' \"c d\" e'f'\"g\"")).containsExactly("a b", "c d", "efg");
    assertThat(CommandLine.split("\"\" a")).containsExactly("", "a");
    assertThat(CommandLine.split("'open a")).containsExactly("open a");
  }

  @Test
  void takesABackslashOutsideSingleQuotes() {
    assertThat(CommandLine.split("a\\ b \"c\\\"d\" 'e\\f' g\\n"))
        .containsExactly("a b", "c\"d", "e\\f", "g\n");
    assertThat(CommandLine.split("a\\")).containsExactly("a\\");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a b", "", "it's", "say \"it's\"", "a\\ b", "$A `x` 'y'", "a;b", "~", "*"})
  void quotesAWordSoThatItStaysOne(String word) {
    assertThat(CommandLine.split("p " + CommandLine.quoted(word) + " q"))
        .containsExactly("p", word, "q");
    assertThat(CommandLine.words(CommandLine.quoted(word)).get(0).bare()).matches("[a-z ]*|x*");
  }

  @Test
  void leavesAWordWithoutQuotesThatNeedsNone() {
    assertThat(CommandLine.quoted("/bin/a-b_c.sh")).isEqualTo("/bin/a-b_c.sh");
    assertThat(CommandLine.quoted("a b")).isEqualTo("'a b'");
  }

  @Test
  void saysWhatAShellWouldSee() {
    assertThat(CommandLine.words("> '>' \\; \"|\" a|b \"$A b\" '$A' \"`id`\""))
        .isEqualTo(
            List.of(
                new Word(">", ">"),
                new Word(">", "x"),
                new Word(";", "x"),
                new Word("|", "x"),
                new Word("a|b", "a|b"),
                new Word("$A b", "$xxx"),
                new Word("$A", "xx"),
                new Word("`id`", "`xx`")));
  }
}
