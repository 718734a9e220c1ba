package org.vipd.daemon.config.keepalived.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions, definitions and sequences, each with the places of what they give. */
class SourceReaderTest extends SourceScene {

  @Test
  void replacesDefinitionsInBothForms() {
    assertThat(parse("$A=one two\n$B=3\na ${A} $B,$B x${B}y\n"))
        .containsExactly("a one two 3,3 x3y");
    assertThat(parse("$n=7\na 10.9.0.$n/24 $n\n")).containsExactly("a 10.9.0.$n/24 7");
    assertThat(parse("$A=x\na \"is ${A}\"\n")).containsExactly("a is x");
  }

  @Test
  void leavesWhatIsNotDefined() {
    assertThat(parse("a $NONE b\n")).containsExactly("a $NONE b");
    assertThat(parse("\na ${OTHER} b\n")).containsExactly("a ${OTHER} b");
    String hint =
        " is not defined above, so it stays as it is; a definition is a line: $NAME=value";
    assertThat(texts())
        .containsExactly(
            "t.conf:1:3: warning: $NONE" + hint + "; or is this a template that was not filled in?",
            "t.conf:2:3: warning: ${OTHER}"
                + hint
                + "; or is this a template that was not filled in?");
    assertThat(parse("$A=1\na $NONE b\n")).containsExactly("a $NONE b");
    assertThat(texts())
        .anyMatch(it -> it.endsWith("is the name right? a definition is a line: $NAME=value"));
  }

  @Test
  void saysNothingOfDollarsInCommandsPasswordsAndSequences() {
    parse("script \"/bin/sh -c 'test $HOME'\"\nnotify_master /x $A\nauth_pass a$b\n");
    parse("~SEQ(i,2) a $i ${i}\n$D=1\na $D\n");
    assertThat(texts()).isEmpty();
  }

  @Test
  void notesThatNoConditionIsForThisHost() {
    parse("a\n  @beta b\n@gamma c\n@beta d\n@^beta e\n");
    assertThat(texts())
        .containsExactly(
            "t.conf:2:3: note: no @ID line is for this host, which is called 'alpha': the lines for"
                + " @beta, @gamma are left out; vipd check -i ID reads the file as another host");
  }

  @Test
  void notesNothingWhenAConditionIsForThisHost() {
    parse("@beta b\n@gamma b\n@alpha c\n");
    parse("@^alpha b\n");
    parse("@beta b\n");
    assertThat(texts()).isEmpty();
    parse("@alhpa b\n");
    assertThat(texts()).singleElement().asString().startsWith("t.conf:1:1: note: no @ID line");
  }

  @Test
  void replacesDefinitionsThatAreMadeOfOthersAndOverridden() {
    assertThat(parse("$A=${B}!\n$B=1\na ${A}\n$B=2\na ${A}\n")).containsExactly("a 1", "a 2");
  }

  @Test
  void makesSeveralLinesOfADefinitionWithSeveral() {
    List<Statement> tree =
        statements("$BLOCK=\\\n  in {\\\n  deep 1 \\\n  }\nouter {\n  $BLOCK\n}\n");
    assertThat(show(tree)).containsExactly("outer { in { deep 1 } }");
    Statement deep = tree.get(0).children().get(0).children().get(0);
    assertThat(deep.place()).hasToString("t.conf:3:3");
  }

  @Test
  void keepsPlacesOfWordsAfterADefinition() {
    List<Statement> tree = statements("$LONG=something long\na ${LONG} tail\n");
    List<Word> words = tree.get(0).words();
    assertThat(words).extracting(word -> word.place().column()).containsExactly(1, 3, 3, 11);
  }

  @ParameterizedTest
  @CsvSource({
    "${_INSTANCE},alpha",
    "${_ENV SITE},north",
    "${_ENV NOTHING}x,x",
    "${_RANDOM 4 4},4",
    "\"a${_HASH}b\",a#b",
    "\"a${_BANG}b\",a!b"
  })
  void knowsBuiltInDefinitions(String reference, String value) {
    assertThat(parse("a " + reference + "\n")).containsExactly("a " + value);
  }

  @ParameterizedTest
  @CsvSource({"'$A=$A',$A", "'$A=${B}\n$B=${A}',${A}", "'$A=x${B}\n$B=${C}y\n$C=${A}',${A}"})
  void refusesADefinitionThatRefersToItself(String definitions, String reference) {
    assertThat(parse(definitions + "\na " + reference + "\n")).isEmpty();
    assertThat(texts()).hasSize(1);
    assertThat(texts().get(0)).contains(" error: definition $").contains("refers to itself");
  }

  @Test
  void refusesDefinitionsThatMultiply() {
    assertThat(parse(doubled("") + "a ${D30}\nb\n")).isEmpty();
    assertThat(texts()).singleElement().asString().contains("replaced more than 100000 times");
  }

  @Test
  void refusesDefinitionsThatGrow() {
    assertThat(parse(doubled("xxxxxxxx") + "a ${D30}\nb\n")).containsExactly("b");
    assertThat(texts()).singleElement().asString().contains("definitions make this line too long");
  }

  /** Thirty definitions, each twice the one before. */
  private static String doubled(String first) {
    StringBuilder text = new StringBuilder("$D0=" + first + "\n");
    for (int i = 1; i < 31; i++) {
      text.append("$D" + i + "=${D" + (i - 1) + "}${D" + (i - 1) + "}\n");
    }
    return text.toString();
  }

  @Test
  void obeysConditions() {
    assertThat(parse("@alpha a\n@beta b\n@^alpha c\n@^beta d\n@alpha\ne\n"))
        .containsExactly("a", "d", "e");
    assertThat(statements("@alpha a b\n").get(0).words().get(1).place().column()).isEqualTo(10);
  }

  @Test
  void repeatsSequences() {
    assertThat(parse("~SEQ(i,3) a $i\n")).containsExactly("a 1", "a 2", "a 3");
    assertThat(parse("~SEQ(i,10,-5,0) a ${i}x\n")).containsExactly("a 10x", "a 5x", "a 0x");
    assertThat(parse("~SEQx(i,9,11) a $i\n")).containsExactly("a 9", "a a", "a b");
    assertThat(parse("~SEQ(i,2) ~SEQ(j,2) a ${i}.${j}\n"))
        .containsExactly("a 1.1", "a 1.2", "a 2.1", "a 2.2");
    assertThat(parse("~LST(v,x,y z) a $v\n")).containsExactly("a x", "a y z");
    assertThat(parse("~LST({a,b},{1,2},{3}) k $a $b\n")).containsExactly("k 1 2", "k 3");
  }

  @Test
  void repeatsAllLinesOfADefinitionInASequence() {
    String block = "$B= \\\nin $i { \\\n  deep ${i} \\\n}\n";
    List<String> twice = List.of("in 1 { deep 1 }", "in 2 { deep 2 }");
    assertThat(show(statements(block + "~SEQ(i,2) $B\n"))).isEqualTo(twice);
    assertThat(show(statements(block + "$ALL=~SEQ(i,2) $B\n$ALL\n"))).isEqualTo(twice);
    assertThat(show(statements(block + "$L=${M}\n$M=2\n~SEQ(i,${L}) $B\n"))).isEqualTo(twice);
    assertThat(show(statements(block + "~LST(i,1,2) $B\n"))).isEqualTo(twice);
    assertThat(parse("$B= \\\na ${i}${j} \\\nb ${i}\n~SEQ(i,2) ~SEQ(j,5,6) $B\n"))
        .containsExactly("a 15", "b 1", "a 16", "b 1", "a 25", "b 2", "a 26", "b 2");
    assertThat(texts()).isEmpty();
  }

  @Test
  void repeatsASequenceWithinALineOfADefinition() {
    assertThat(parse("$B= \\\na ${i} \\\n~SEQ(k,5,6) b ${i}${k}\n~SEQ(i,2) $B\n"))
        .containsExactly("a 1", "b 15", "b 16", "a 2", "b 25", "b 26");
  }

  @Test
  void givesBackWhatAVariableOfASequenceHides() {
    assertThat(parse("$i=x\n~SEQ(i,2) a $i\nb $i\n")).containsExactly("a 1", "a 2", "b x");
  }

  @Test
  void saysThatASequenceOfLongDefinitionsIsTooLong() {
    String block = "$B= \\\n" + "a b \\\n".repeat(60) + "c\n";
    parse(block + "~SEQ(i,2000) $B\n");
    assertThat(texts()).singleElement().asString().contains("replaced more than 100000 times");
  }

  @Test
  void refusesASequenceThatContainsItself() {
    assertThat(parse("$A=~SEQ(i,2) $A\n$A\nb\n")).containsExactly("b");
    assertThat(texts())
        .singleElement()
        .asString()
        .contains("error: sequences are nested more than 32 deep");
  }

  @ParameterizedTest
  @CsvSource({"'~SEQ(i,1,0,5) a'", "'~SEQ(i,5,1,1) a'", "'~SEQ(i,x) a'", "'~LST({a},{1,2}) b'"})
  void refusesSequencesThatLeadNowhere(String line) {
    assertThat(parse(line + "\n")).isEmpty();
    assertThat(texts()).hasSize(1);
    assertThat(texts().get(0)).startsWith("t.conf:1:1: error: sequence cannot be understood");
    parse("  " + line + "\n");
    assertThat(texts().get(1)).startsWith("t.conf:1:3: error: sequence cannot be understood");
  }

  @Test
  void refusesSequencesWithoutEnd() {
    parse("~SEQ(i,1,2000000000) ~SEQ(j,1,2000000000) a\n");
    assertThat(texts()).anyMatch(problem -> problem.contains("more than 20000 lines"));
  }

  @Test
  void keepsEscapedCommentsAndSaysThatKeepalivedWouldNot() {
    assertThat(parse("a b\\#c # d\n")).containsExactly("a b#c");
    assertThat(texts()).singleElement().asString().startsWith("t.conf:1:4: warning: \\# is taken");
  }

  @Test
  void protectsCommandsInSingleQuotesAndSaysThatKeepalivedWouldNot() {
    assertThat(parse("script 'a #b'\n")).containsExactly("script a #b");
    assertThat(texts()).singleElement().asString().contains("single quotes or not");
  }

  @Test
  void warnsOfAPasswordThatEndsInAComment() {
    parse("auth_pass abc#def\n");
    assertThat(texts()).singleElement().asString().contains("the password ends before '#'");
    assertThat(parse("auth_pass abc # def\n")).containsExactly("auth_pass abc");
    assertThat(texts()).hasSize(1);
  }

  @Test
  void warnsOfLinesThatKeepalivedWouldIgnoreAndRefusesLongerOnes() {
    assertThat(parse("a " + "x".repeat(1100) + "\n")).hasSize(1);
    assertThat(texts()).singleElement().asString().contains("longer than 1024 bytes");
    assertThat(parse("a " + "x".repeat(9000) + "\n")).isEmpty();
    assertThat(texts()).hasSize(2).anyMatch(problem -> problem.contains(" error: line has 9002"));
  }

  @Test
  void refusesMoreWordsThanItCanKeep() {
    parse("{ }\n".repeat(300_000));
    assertThat(texts()).anyMatch(problem -> problem.contains("more than 500000 words"));
  }
}
