package org.vipd.daemon.notify;

/** A receiver could not be told; the message says why, and what may help. */
final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;

  DeliveryException(String message) {
    super(message);
  }
}
