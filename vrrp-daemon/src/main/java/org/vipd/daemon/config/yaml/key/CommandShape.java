package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.CommandLine;
import org.vipd.daemon.config.Place;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A command: one text, or keys for what a text cannot say. */
record CommandShape() implements Shape {

  private static final String SECTION = "command";
  private static final Shape TEXT = ScalarShape.text();
  private static final Shape KEYS = new SectionShape(SECTION);

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (TEXT.fits(node)) {
      return TEXT.read(node, label, reports)
          .flatMap(
              text ->
                  command((String) text, List.of(), Optional.empty())
                      .or(() -> empty(Reports.place(node), label, reports)))
          .filter(it -> isClosed(it, Reports.place(node), label, reports))
          .map(it -> withoutLines(it, Reports.place(node), label, reports));
    }
    if (node instanceof SequenceNode) {
      String hint =
          "write one text with blanks between the words, and quotes where a word has some";
      return reports.refuse(node, label, this, hint);
    }
    if (!KEYS.fits(node)) {
      return reports.refuse(node, label, this);
    }
    return KEYS.read(node, label, reports).flatMap(it -> command((Section) it, label, reports));
  }

  /** A line that ends outside quotes separates two words, not two commands. */
  private static Object withoutLines(
      CommandConfig command, Place place, String label, Reports reports) {
    String text = command.text().strip();
    if (text.indexOf('\n') >= 0
        && CommandLine.split(text.replace('\n', ' ')).equals(command.words())) {
      reports.warning(
          place,
          label + " has several lines, which are the words of one command",
          "write one line, or put the lines into a script and name that");
    }
    return command;
  }

  /** Where a quote ends is for who wrote it to say: a guess would be run. */
  private static boolean isClosed(
      CommandConfig command, Place place, String label, Reports reports) {
    Optional<String> open = CommandLine.openQuote(command.text());
    open.ifPresent(
        quote ->
            reports.error(
                place,
                label + " has a " + quote + " that is not closed",
                "close it, or write \\" + quote + " for the character itself"));
    return open.isEmpty();
  }

  private static Optional<Object> command(Section section, String label, Reports reports) {
    Optional<String> text = section.text("command");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Account> account =
        section
            .text("user")
            .map(
                user ->
                    new Account(user, section.text("group"), section.isOn("supplementary-groups")));
    Place place = section.valuePlace("command");
    return command(text.get(), section.texts("words"), account)
        .or(() -> empty(place, label, reports))
        .filter(it -> section.has("words") || isClosed(it, place, label, reports))
        .map(it -> it);
  }

  private static Optional<CommandConfig> command(
      String text, List<String> words, Optional<Account> account) {
    List<String> used = words.isEmpty() ? CommandLine.split(text) : words;
    return used.isEmpty() || used.get(0).isEmpty()
        ? Optional.empty()
        : Optional.of(new CommandConfig(text, used, account));
  }

  private static Optional<CommandConfig> empty(Place place, String label, Reports reports) {
    reports.error(place, label + " is empty", "write the command");
    return Optional.empty();
  }

  @Override
  public boolean fits(Node node) {
    return TEXT.fits(node) || KEYS.fits(node);
  }

  @Override
  public JsonObject schema() {
    JsonArray both = new JsonArray();
    both.add(TEXT.schema());
    both.add(KEYS.schema());
    JsonObject schema = new JsonObject();
    schema.add("anyOf", both);
    return schema;
  }

  @Override
  public String words() {
    return "a command line, or keys of a command";
  }
}
