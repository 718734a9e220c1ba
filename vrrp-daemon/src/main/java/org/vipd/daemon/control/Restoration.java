package org.vipd.daemon.control;

import java.io.IOException;

/** Makes the directory of the control socket anew when somebody has removed it. */
@FunctionalInterface
public interface Restoration {

  /** Fails when the directory cannot be made, or is another daemon's by now. */
  void restore() throws IOException;
}
