package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** What Debian's keepalived 2.2.7 gave to a script, but for what would be byte 0. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "\\x41\\101, AA",
        "a\\x414z, a\u0014z",
        "a\\xzz, axzz",
        "a\\1019, aA9",
        "a\\8, a8",
        "a\\1z, a\u0001z",
        "a\\cAb, a\u0001b",
        "a\\Eb, a\u001bb",
        "a\\eb, aeb",
        "a\\ab, a\u0007b",
        "a\\bb, a\bb",
        "a\\sb, asb",
        "a\\0b, ab",
        "a\\400b, ab",
        "a\\x, ax"
      })
  void knowsTheEscapesOfC(String written, String word) {
    assertThat(CommandLine.split(written)).containsExactly(word);
    assertThat(CommandLine.split('"' + written + '"')).containsExactly(word);
    assertThat(CommandLine.split("'" + written + "'")).containsExactly(written);
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
