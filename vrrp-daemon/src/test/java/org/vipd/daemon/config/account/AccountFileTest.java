package org.vipd.daemon.config.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** On each Linux root is the user 0 of the group 0. */
class AccountFileTest {

  @Test
  void findsAnEntryByItsNameAndByItsNumber() throws IOException {
    AccountFile.Entry root = new AccountFile.Entry("root", "0", "0");
    assertThat(AccountFile.USERS.find("root")).contains(root);
    assertThat(AccountFile.USERS.find("0")).contains(root);
    assertThat(AccountFile.GROUPS.find("0")).map(AccountFile.Entry::name).contains("root");
    assertThat(AccountFile.USERS.find("nobody-of-this-name")).isEmpty();
    assertThat(AccountFile.USERS.find("4294967000")).isEmpty();
  }

  @Test
  void knowsNamesAndTakesNoNumberForOne() {
    assertThat(AccountFile.USERS.hasName("root")).contains(true);
    assertThat(AccountFile.USERS.hasName("roo")).contains(false);
    assertThat(AccountFile.USERS.hasName("0")).contains(false);
    assertThat(AccountFile.isNumber("017")).isTrue();
    assertThat(AccountFile.isNumber("")).isFalse();
    assertThat(AccountFile.isNumber("1a")).isFalse();
  }
}
