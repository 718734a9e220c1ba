package org.vipd.daemon.control;

/** Answers one request line with one line of JSON. */
public interface RequestHandler {

  /**
   * Answers; what is wrong with the request becomes an answer too. Called on the control thread.
   */
  String handle(String line);

  /** Whether the request asks to be told of events from now on. */
  default boolean follows(String line) {
    return false;
  }
}
