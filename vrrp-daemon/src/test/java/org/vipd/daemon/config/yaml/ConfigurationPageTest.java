package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.keepalived.KeywordTable;
import org.vipd.daemon.config.keepalived.Scope;
import org.vipd.daemon.config.yaml.key.Key;
import org.vipd.daemon.config.yaml.key.KeyPage;
import org.vipd.daemon.config.yaml.key.KeyTable;
import org.vipd.daemon.testkit.GeneratedText;

/** {@code docs/configuration.md} lists every key as the program knows it. */
class ConfigurationPageTest {

  private static final String PAGE = "docs/configuration.md";

  @Test
  void listsEveryKeyOfEverySection() throws IOException {
    for (String section : KeyTable.get().sections().keySet()) {
      GeneratedText.expectPart(PAGE, "keys " + section, KeyPage.section(section));
    }
  }

  @Test
  void listsEveryOption() throws IOException {
    for (String scope : new String[] {"global", "instance", "group", "bfd"}) {
      GeneratedText.expectPart(PAGE, "options " + scope, KeyPage.options(scope));
    }
  }

  @Test
  void namesKeywordsThatExistAndDefaultsThatCanBeRead() {
    for (Map<String, Key> section : KeyTable.get().sections().values()) {
      for (Key key : section.values()) {
        assertThat(key.meaning()).as(key.name()).endsWith(".");
        assertThat(key.defaultValue().isPresent() || !key.defaultText().isEmpty()).isTrue();
        key.keywordScope().ifPresent(scope -> expectKeyword(scope, key.keyword()));
      }
    }
  }

  private static void expectKeyword(String scope, String keyword) {
    Optional<Keyword> known =
        KeywordTable.get().find(Scope.valueOf(scope.toUpperCase(Locale.ROOT)), keyword);
    assertThat(known).as(scope + " " + keyword).isPresent();
  }
}
