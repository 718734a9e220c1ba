package org.vipd.daemon.config.migrate;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a line or a block is worth.
 *
 * @param effect whether the model is another one without it
 * @param line the first line of YAML that says the same; empty when none has to
 * @param became those lines as one text
 */
record Worth(Effect effect, OptionalInt line, String became) {

  /** Nothing. */
  static final Worth NONE = without(Effect.NONE);

  /** Something that vipd.yaml means without a word. */
  static final Worth UNWRITTEN = without(Effect.UNWRITTEN);

  /** Something that was not looked at closely. */
  static final Worth UNKNOWN = without(Effect.UNKNOWN);

  /** What leaving it out would do. */
  enum Effect {
    NONE,
    UNWRITTEN,
    WRITTEN,
    UNKNOWN
  }

  private static Worth without(Effect effect) {
    return new Worth(effect, OptionalInt.empty(), "");
  }

  /** What is written as some lines; it is about the first with a word, else about the first. */
  static Worth written(List<Integer> lines, YamlLines yaml, String word) {
    int line =
        lines.stream().filter(it -> yaml.hasEntry(it, word)).findFirst().orElse(lines.get(0));
    return new Worth(Effect.WRITTEN, OptionalInt.of(line), yaml.text(lines));
  }

  /** The same, where the lines inside tell more. */
  Worth silently() {
    return new Worth(effect, line, "");
  }

  boolean counts() {
    return effect != Effect.NONE;
  }
}
