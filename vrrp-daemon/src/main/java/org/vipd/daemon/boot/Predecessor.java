package org.vipd.daemon.boot;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vipd.daemon.control.ControlConnection;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.service.RuntimeDirectory;

/** The daemon that this one takes over from: {@code vipd run --takeover}. */
final class Predecessor {

  private static final String REQUEST = "{\"command\":\"leave\"}";
  private static final String LEFT = "\"left\"";

  private final Path socket;
  private final Journal journal;

  Predecessor(Path runtimeDirectory, Journal journal) {
    this.socket = RuntimeDirectory.controlSocket(runtimeDirectory);
    this.journal = journal;
  }

  /** Whether something listens on its socket. */
  boolean isThere() {
    if (!Files.exists(socket)) {
      journal.info("nobody to take over from: there is no " + socket);
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      journal.warn("no daemon answers on " + socket + " to take over from: " + e.getMessage());
      return false;
    }
  }

  /** Asks it to leave; true when it does, also when it is gone before its answer is out. */
  boolean leaves() {
    try {
      String answer = ControlConnection.request(socket, REQUEST);
      if (answer.equals(LEFT)) {
        return true;
      }
      journal.warn("the daemon on " + socket + " does not leave: " + answer.strip());
    } catch (EOFException e) {
      journal.info("the daemon on " + socket + " leaves without an answer; waiting for its end");
      return true;
    } catch (IOException e) {
      journal.warn("the daemon on " + socket + " does not leave: " + e.getMessage());
    }
    return false;
  }
}
