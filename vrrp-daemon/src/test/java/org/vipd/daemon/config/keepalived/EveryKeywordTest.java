package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every keyword of the table is read by something, whatever follows it. */
@Execution(ExecutionMode.CONCURRENT)
class EveryKeywordTest {

  private static final List<String> ARGUMENTS =
      List.of(
          "", " 1", " on", " word other", " 10.0.0.1", " 224.0.0.9", " { }", " { a b 1 }", " -1");

  @ParameterizedTest
  @EnumSource(Scope.class)
  void readsEveryKeywordWithAnyArguments(Scope scope) {
    int read = 0;
    for (String keyword : KeywordTable.get().names(scope)) {
      for (String arguments : ARGUMENTS) {
        List<String> problems = Loading.problems(text(scope, keyword + arguments));
        assertThat(problems).noneMatch(it -> it.contains("unknown keyword '" + keyword + "'"));
        read++;
      }
    }
    assertThat(read).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void reportsOnceForEachKeywordThatItHasNoEffect(Scope scope) {
    for (String name : KeywordTable.get().names(scope)) {
      Keyword keyword = KeywordTable.get().find(scope, name).orElseThrow();
      String expected =
          switch (keyword.effect()) {
            case YES -> "";
            case LATER -> name + " is accepted, not yet effective";
            case NEVER -> name + " has no meaning in vipd";
          };
      String line = keyword.isBlock() ? name + " 1 {\n}\n" : name + " 1\n";
      List<String> problems = Loading.problems(text(scope, line + line));
      long reported =
          problems.stream()
              .filter(
                  it ->
                      it.endsWith(": " + name + " is accepted, not yet effective")
                          || it.endsWith(": " + name + " has no meaning in vipd"))
              .count();
      assertThat(reported).as(scope + " " + name).isEqualTo(expected.isEmpty() ? 0 : 1);
      assertThat(problems).anyMatch(it -> expected.isEmpty() || it.endsWith(": " + expected));
    }
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void suggestsTheKeywordThatWasMeant(Scope scope) {
    for (String name : KeywordTable.get().names(scope)) {
      String misspelt = name + "q";
      assertThat(Loading.problems(text(scope, misspelt)))
          .as(scope + " " + misspelt)
          .anyMatch(
              it -> it.contains("'" + misspelt + "' " + scope.text()) && it.contains("mean "));
    }
  }

  /** A keyword that is read with braces must be called a block, or this finds that it is not. */
  @ParameterizedTest
  @EnumSource(Scope.class)
  void saysOfEveryOtherKeywordThatItTakesNoBraces(Scope scope) {
    for (String name : KeywordTable.get().names(scope)) {
      boolean isBlock = KeywordTable.get().find(scope, name).orElseThrow().isBlock();
      assertThat(Loading.problems(text(scope, name + " {\n x\n}\n")))
          .as(scope + " " + name)
          .matches(
              all ->
                  isBlock
                      == all.stream()
                          .noneMatch(it -> it.contains(": " + name + " has no block: what is in")));
    }
  }

  /** A brace that is missing or too many is one problem, and the rest is read. */
  @ParameterizedTest
  @EnumSource(
      value = Scope.class,
      names = {"INSTANCE", "GROUP", "GLOBAL"})
  void mendsTheBracesOfEveryBlock(Scope scope) {
    String next = scope == Scope.GLOBAL ? "smtp_helo_name x" : "notify_stop /bin/true";
    for (String name : KeywordTable.get().blocks(scope)) {
      assertThat(Loading.problems(text(scope, name + "\n 1\n}\n" + next)))
          .as("{ missing after " + name)
          .filteredOn(it -> it.contains("brace") || it.contains(" has no block"))
          .singleElement()
          .asString()
          .contains(": warning: " + name + " has no block: its { is missing; it is read");
      assertThat(Loading.problems(text(scope, name + " {\n 1\n" + next)))
          .as("} missing after " + name)
          .filteredOn(it -> it.contains("is not closed"))
          .singleElement()
          .asString()
          .contains("block " + name + " is not closed; add the missing } above line 4");
      assertThat(Loading.problems(text(scope, next + "\n}\n" + name + " {\n 1\n}")))
          .as("} too many before " + name)
          .filteredOn(it -> it.contains("closing brace"))
          .singleElement()
          .asString()
          .contains("from line 4 to line 6 all is ignored");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Scope.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ROOT"})
  void mendsTheBraceOfEveryBlockAtTheTop(Scope scope) {
    String any = KeywordTable.get().names(scope).iterator().next();
    String text = text(scope, any + " 1").replaceFirst(" \\{", "");
    assertThat(Loading.problems(text))
        .filteredOn(it -> it.contains(" has no block"))
        .singleElement()
        .asString()
        .startsWith("k.conf:1:1: warning: " + text.lines().findFirst().orElseThrow())
        .contains("its { is missing; it is read");
  }

  private static String text(Scope scope, String line) {
    String block =
        switch (scope) {
          case ROOT -> "";
          case GLOBAL -> "global_defs";
          case INSTANCE -> "vrrp_instance A";
          case GROUP -> "vrrp_sync_group A";
          case SCRIPT -> "vrrp_script A";
          case FILE -> "track_file A";
          case PROCESS -> "vrrp_track_process A";
          case BFD -> "bfd_instance A";
        };
    String inside = block.isEmpty() ? line : block + " {\n" + line + "\n}";
    return inside.toLowerCase(Locale.ROOT).replace(" a {", " A {") + "\n";
  }
}
