package org.vipd.protocol.machine;

import java.util.List;

/**
 * Answer of a state to an input.
 *
 * @param next state to be in from now on
 * @param actions to carry out, in order
 */
public record Step(RouterState next, List<Action> actions) {

  /** Copies the actions; an immutable list is not copied. */
  public Step {
    actions = List.copyOf(actions);
  }

  /** No change and nothing to do. */
  public static Step stay(RouterState state) {
    return new Step(state, List.of());
  }
}
