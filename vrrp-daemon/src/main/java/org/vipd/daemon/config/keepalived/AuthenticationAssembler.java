package org.vipd.daemon.config.keepalived;

import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.ByteText;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.SimplePassword;

/** Makes the protection of packets of the {@code authentication} and {@code auth_hmac} blocks. */
final class AuthenticationAssembler {

  private static final AuthenticationConfig NONE = new AuthenticationConfig.None();
  private static final Set<String> HEADERS = Set.of("PASS", "AH");

  private final Values values;
  private final InstanceKeywords draft;

  AuthenticationAssembler(Values values, InstanceKeywords draft) {
    this.values = values;
    this.draft = draft;
  }

  AuthenticationConfig assemble(VrrpVersion version) {
    Optional<AuthenticationConfig> hmac = draft.hmac.assemble(draft.intervalNanos());
    if (draft.authentication.block().isEmpty()) {
      return hmac.orElse(NONE);
    }
    Statement block = draft.authentication.block().get();
    if (hmac.isPresent()) {
      values.warning(
          block.place(), "authentication is ignored because auth_hmac is used", "delete one");
      return hmac.get();
    }
    if (version == VrrpVersion.V3) {
      values.unprotected(
          block.place(), "VRRPv3 has no authentication; the block is ignored", "delete it");
      return NONE;
    }
    if (draft.isStrict()) {
      values.unprotected(
          block.place(), "strict mode has no authentication; the block is ignored", "delete it");
      return NONE;
    }
    if (draft.authentication.type().isEmpty() || draft.authentication.password().isEmpty()) {
      reportMissing(block);
      return NONE;
    }
    return ofType(draft.authentication.type().get(), draft.authentication.password().get());
  }

  private void reportMissing(Statement block) {
    if ((draft.authentication.type().isEmpty() && isSaid(block, AuthenticationKeywords.AUTH_TYPE))
        || (draft.authentication.password().isEmpty()
            && isSaid(block, AuthenticationKeywords.AUTH_PASS))) {
      return;
    }
    boolean hasType = draft.authentication.type().isPresent();
    boolean hasPassword = draft.authentication.password().isPresent();
    String missing =
        !hasType && !hasPassword
            ? "neither auth_type nor auth_pass"
            : "no " + (hasType ? "auth_pass" : "auth_type");
    Optional<Word> behind =
        TreePlaces.behind(block.children(), hasType ? "auth_pass" : "auth_type");
    values.unprotected(
        behind.map(Word::place).orElse(block.place()),
        "authentication has "
            + missing
            + (behind.isPresent() ? " on a line of its own" : "")
            + ", so it is ignored, as in keepalived",
        behind.isPresent()
            ? "write each setting on a line of its own"
            : hasPassword ? "add: auth_type PASS" : hasType ? "add: auth_pass" : "delete it");
  }

  /** A line that cannot be used, or is misspelt: what is wrong with it was said there. */
  private static boolean isSaid(Statement block, String keyword) {
    return block.children().stream()
        .map(Statement::keyword)
        .anyMatch(it -> AuthenticationKeywords.meant(it).orElse(it).equals(keyword));
  }

  private AuthenticationConfig ofType(Word type, Word password) {
    return switch (type.text()) {
      case "PASS" -> new AuthenticationConfig.Password(checked(password));
      case "AH" -> new AuthenticationConfig.Header(checked(password));
      default -> {
        values.unprotected(
            type.place(),
            // any other word may be the password
            "auth_type must be PASS or AH, found "
                + (type.text().matches("[A-Z0-9_-]{1,12}|pass|ah")
                    ? Values.quoted(type)
                    : "another word")
                + "; packets are not authenticated, as in keepalived",
            typeHint(type));
        yield NONE;
      }
    };
  }

  /** What is in quotes may be the password. */
  private static String typeHint(Word type) {
    boolean isShown = Habits.unquoted(type).map(HEADERS::contains).orElse(true);
    return (isShown ? Habits.value(type) : Optional.<String>empty())
        .orElse("write PASS, on all nodes the same");
  }

  private String checked(Word word) {
    if (!word.isQuoted() && Habits.unquoted(word).isPresent()) {
      values.warning(
          word.place(),
          "the quotes are part of the password, as in keepalived: only double quotes are not",
          "if they are not meant, delete them on all nodes together");
    }
    int length = ByteText.encode(word.text()).length;
    if (length > SimplePassword.MAXIMUM_LENGTH) {
      values.finding(
          "V009",
          word.place(),
          "auth_pass has " + length + " bytes; VRRP carries only the first 8, as in keepalived",
          "cut it to 8 so that nobody relies on the rest");
    }
    return word.text();
  }
}
