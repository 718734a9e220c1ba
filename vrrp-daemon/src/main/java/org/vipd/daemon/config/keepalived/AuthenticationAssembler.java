package org.vipd.daemon.config.keepalived;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Authentication;
import org.vipd.protocol.wire.NoAuthentication;
import org.vipd.protocol.wire.SimplePassword;

/** Makes RFC 2338 authentication of the {@code authentication} block. */
final class AuthenticationAssembler {

  private final Values values;
  private final InstanceKeywords draft;

  AuthenticationAssembler(Values values, InstanceKeywords draft) {
    this.values = values;
    this.draft = draft;
  }

  Authentication assemble(VrrpVersion version) {
    if (draft.authentication.isEmpty()) {
      return NoAuthentication.INSTANCE;
    }
    Statement block = draft.authentication.get();
    if (version == VrrpVersion.V3) {
      values.warning(
          block.place(), "VRRPv3 has no authentication; the block is ignored", "delete it");
      return NoAuthentication.INSTANCE;
    }
    Optional<Word> type = draft.authenticationType;
    if (type.isEmpty() || draft.password.isEmpty()) {
      values.warning(
          block.place(),
          "authentication needs auth_type and auth_pass; without both it is ignored",
          "add the missing one");
      return NoAuthentication.INSTANCE;
    }
    return switch (type.get().text()) {
      case "PASS" -> SimplePassword.of(password(draft.password.get()));
      case "AH" -> unsupported(type.get());
      default -> unknown(type.get());
    };
  }

  private String password(Word word) {
    int length = word.text().getBytes(StandardCharsets.UTF_8).length;
    if (length > SimplePassword.MAXIMUM_LENGTH) {
      values.warning(
          word.place(),
          "auth_pass has " + length + " bytes; VRRP carries only the first 8, as in keepalived",
          "cut it to 8 so that nobody relies on the rest");
    }
    return word.text();
  }

  private Authentication unsupported(Word type) {
    values.error(type.place(), "auth_type AH is not supported", "use PASS, or VRRPv3");
    return NoAuthentication.INSTANCE;
  }

  private Authentication unknown(Word type) {
    values.error(type.place(), "auth_type must be PASS, found " + Values.quoted(type), "");
    return NoAuthentication.INSTANCE;
  }
}
