package org.vipd.daemon.config.check;

import java.util.Optional;

/** What a check may ask the host that it runs on. */
public interface HostView {

  /** Whether an interface of that name exists. */
  boolean hasInterface(String name);

  /** Absolute path of a program that can be run; empty when there is none. */
  Optional<String> program(String word);

  /** Whether a user of that name or number exists. */
  boolean hasUser(String name);
}
