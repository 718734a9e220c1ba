package org.vipd.daemon.port;

import java.util.Optional;

/** A child process. */
public interface StartedProcess extends AutoCloseable {

  /**
   * Lets its output and its end be waited for with those of the others. Until then any thread may
   * have it, from now on only the one that waits.
   */
  void follow();

  /**
   * Reads output that is there now.
   *
   * @return number of bytes put into the array; 0 or less when there is none
   */
  int readOutput(byte[] into);

  /**
   * Whether new output ends the wait for all processes. Output that is not listened to waits in the
   * pipe, and when that is full, the process waits, too.
   */
  void listen(boolean listens);

  /**
   * How it ended; empty while it runs. After an answer its process id is free for others.
   *
   * @param killGroup whether to end what is left of its process group when it has ended
   */
  Optional<End> poll(boolean killGroup);

  /** Asks the whole process group to end (SIGTERM). */
  void terminateGroup();

  /** Ends the whole process group (SIGKILL). */
  void killGroup();

  /** Releases everything; kills what still runs. */
  @Override
  void close();

  /**
   * How a process ended.
   *
   * @param bySignal whether a signal ended it
   * @param code exit status, or number of the signal
   */
  record End(boolean bySignal, int code) {}
}
