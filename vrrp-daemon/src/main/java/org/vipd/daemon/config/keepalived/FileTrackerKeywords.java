package org.vipd.daemon.config.keepalived;

import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.track.FileTracker;

/** The keywords of {@code track_file}. */
final class FileTrackerKeywords {

  private static final int WEIGHT_LIMIT = 254;

  private final Values values;
  private final WeightDraft weight;
  private Optional<String> path = Optional.empty();
  private FileTracker.Initial initial = FileTracker.Initial.NONE;

  FileTrackerKeywords(Values values) {
    this.values = values;
    this.weight = new WeightDraft(values, WEIGHT_LIMIT, 1);
  }

  Optional<FileTracker> interpret(Statement block) {
    Optional<Word> name = values.required(block, "a name");
    SettingsReader reader = new SettingsReader(values, Scope.FILE);
    values.enter(block);
    block.children().stream().filter(reader::leaves).forEach(this::keyword);
    if (name.isPresent() && path.isEmpty()) {
      if (!values.isSaid("file", Scope.FILE)) {
        values.warning(
            block.place(),
            "track_file " + name.get().text() + " has no file and is left out, as in keepalived",
            "add: file PATH");
      }
      return Optional.empty();
    }
    return name.map(
        word ->
            new FileTracker(
                word.text(),
                block.place(),
                path.orElseThrow(),
                weight.value(),
                weight.isReversed(),
                initial));
  }

  private void keyword(Statement statement) {
    switch (statement.keyword()) {
      case "file" ->
          path =
              values
                  .required(statement, "a path")
                  .filter(values::isFileName)
                  .map(Word::text)
                  .or(() -> path);
      case "weight" -> weight.read(statement);
      default -> initFile(statement);
    }
  }

  private void initFile(Statement statement) {
    OptionalInt value = OptionalInt.of(0);
    boolean overwrites = false;
    for (Word word : statement.arguments()) {
      if (word.text().equals("overwrite")) {
        overwrites = true;
      } else {
        value = OptionalInt.of(initial(word));
      }
    }
    initial = new FileTracker.Initial(value, overwrites);
  }

  private int initial(Word word) {
    return values
        .numbers()
        .exact("init_file", word, Integer.MIN_VALUE, Integer.MAX_VALUE, "0 is used")
        .orElse(0);
  }
}
