package org.vipd.daemon.config.keepalived;

import java.util.Optional;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.protocol.value.IpAddress;

/** The keywords of {@code bfd_instance}. */
final class BfdKeywords {

  private static final int WEIGHT_LIMIT = 253;

  /** What keepalived takes. */
  private static final int NAME_LIMIT = 31;

  private final Values values;
  private final SettingsReader reader;
  private final WeightDraft weight;
  private Optional<IpAddress> neighbour = Optional.empty();

  BfdKeywords(Values values) {
    this.values = values;
    this.reader = new SettingsReader(values, Scope.BFD);
    this.weight = new WeightDraft(values, WEIGHT_LIMIT, 0);
  }

  Optional<BfdInstance> interpret(Statement block) {
    Optional<Word> name = values.required(block, "a name");
    name.filter(word -> word.text().length() > NAME_LIMIT)
        .ifPresent(
            word ->
                values.warning(
                    word.place(),
                    "the name of the bfd_instance has "
                        + word.text().length()
                        + " characters; keepalived would leave out the session",
                    "keepalived takes names of up to " + NAME_LIMIT + " characters"));
    values.enter(block);
    block.children().stream().filter(reader::leaves).forEach(this::keyword);
    if (name.isPresent() && neighbour.isEmpty()) {
      values.warning(
          block.place(),
          "bfd_instance " + name.get().text() + " has no usable neighbor_ip and is left out",
          "add: neighbor_ip ADDRESS");
      return Optional.empty();
    }
    Optional<BfdInstance> session =
        name.map(
            word ->
                new BfdInstance(
                    word.text(),
                    block.place(),
                    neighbour.orElseThrow(),
                    weight.value(),
                    weight.isReversed(),
                    reader.settings()));
    session
        .flatMap(BfdInstance::complaint)
        .ifPresent(
            complaint ->
                values.error(
                    block.place(),
                    "bfd_instance " + session.get().name() + " cannot work: " + complaint,
                    "neighbor_ip is the address of the other side, source_ip one of this host"));
    return session;
  }

  private void keyword(Statement statement) {
    if (statement.keyword().equals("weight")) {
      weight.read(statement);
    } else {
      neighbour = values.required(statement, "an IP address").flatMap(values::addressIfAny);
    }
  }
}
