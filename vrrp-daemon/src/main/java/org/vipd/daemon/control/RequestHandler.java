package org.vipd.daemon.control;

import java.util.function.BooleanSupplier;

/** Answers one request line with one line of JSON. */
public interface RequestHandler {

  /**
   * Answers; what is wrong with the request becomes an answer too. Called on the control thread.
   *
   * @param isAwaited whether the client is there still; may be asked from any thread
   */
  String handle(String line, BooleanSupplier isAwaited);

  /** Whether the request asks to be told of events from now on. */
  default boolean follows(String line) {
    return false;
  }
}
