package org.vipd.daemon.config.keepalived;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.account.AccountFile;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/**
 * As whom scripts run that do not say so, and whether insecure ones are refused. Holds for the
 * whole file, wherever {@code global_defs} stands.
 *
 * @param account {@code script_user}, or else {@code keepalived_script} when that user exists;
 *     empty for the daemon's own
 * @param areScriptsGuarded {@code enable_script_security}
 * @param hasSupplementaryGroups {@code set_supplementary_groups}
 */
record ScriptDefaults(
    Optional<Account> account, boolean areScriptsGuarded, boolean hasSupplementaryGroups) {

  /** Nothing is said, and nothing looked up. */
  static final ScriptDefaults NONE = new ScriptDefaults(Optional.empty(), false, false);

  private static final String USUAL_USER = "keepalived_script";

  /** Looks through the blocks of {@code global_defs}. */
  static ScriptDefaults of(List<Statement> globalBlocks, Values values) {
    List<Statement> settings =
        globalBlocks.stream().flatMap(block -> block.children().stream()).toList();
    boolean supplementary = has(settings, "set_supplementary_groups");
    values.useScriptDefaults(new ScriptDefaults(Optional.empty(), false, supplementary));
    Optional<Account> account =
        settings.stream()
            .filter(it -> it.keyword().equals("script_user") && !it.arguments().isEmpty())
            .reduce((first, second) -> second)
            .map(Statement::arguments)
            .map(ScriptDefaults::withoutColonWord)
            .flatMap(words -> new Commands(values).account(words))
            .or(() -> usual(supplementary));
    return new ScriptDefaults(account, has(settings, "enable_script_security"), supplementary);
  }

  private static Optional<Account> usual(boolean supplementary) {
    return AccountFile.USERS.hasName(USUAL_USER).orElse(false)
        ? Optional.of(new Account(USUAL_USER, Optional.empty(), supplementary))
        : Optional.empty();
  }

  private static List<Word> withoutColonWord(List<Word> words) {
    return words.size() > 2 ? words.subList(0, 2) : words;
  }

  private static boolean has(List<Statement> settings, String keyword) {
    return settings.stream().anyMatch(it -> it.keyword().equals(keyword));
  }
}
