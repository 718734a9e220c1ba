package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every keyword of the table is read by something, whatever follows it. */
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
      List<String> problems = Loading.problems(text(scope, name + " 1\n" + name + " 1"));
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
