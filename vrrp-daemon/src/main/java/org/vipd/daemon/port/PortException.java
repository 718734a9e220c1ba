package org.vipd.daemon.port;

/**
 * An operation of the operating system failed; the message says which one, why, and what may help.
 */
public final class PortException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean permissionDenied;

  public PortException(String message, boolean permissionDenied) {
    super(message);
    this.permissionDenied = permissionDenied;
  }

  /** Whether a missing privilege is the cause. */
  public boolean isPermissionDenied() {
    return permissionDenied;
  }
}
