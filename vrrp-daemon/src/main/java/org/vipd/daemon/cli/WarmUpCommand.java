package org.vipd.daemon.cli;

import java.util.concurrent.Callable;
import org.vipd.daemon.boot.WarmUp;
import picocli.CommandLine.Command;

/** {@code vipd warm-up}: loads what the daemon needs, so that a class archive can be made of it. */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Load the daemon's classes and end; used to make the class archive.")
final class WarmUpCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    int status = WarmUp.run();
    // without the rights to run, the archive holds less and is still of use
    ShortRun.execute();
    return status;
  }
}
