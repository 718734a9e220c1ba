package org.vipd.daemon.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;

/** Asks a virtual address for a page over and over, from a host of its own. */
final class HttpClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 50;
  private static final String REQUEST = "GET / HTTP/1.0\r\nHost: test\r\n\r\n";

  private record Answer(long timeNanos, String body) {}

  private final InetSocketAddress target;
  private final Optional<SocketFactory> tls;
  private final List<Answer> answers = new ArrayList<>();
  private final CompletableFuture<Void> ended;
  private volatile boolean stopped;

  /**
   * Starts asking.
   *
   * @param tls makes a socket on top of a connected one; empty for plain HTTP
   */
  HttpClient(Host host, InetSocketAddress target, Optional<SocketFactory> tls) {
    this.target = target;
    this.tls = tls;
    this.ended = CompletableFuture.runAsync(() -> host.namespace().call(this::askUntilStopped));
  }

  private boolean askUntilStopped() {
    while (!stopped) {
      ask().ifPresent(this::keep);
      Await.pause(PAUSE_MILLIS);
    }
    return true;
  }

  private Optional<String> ask() {
    try (Socket plain = new Socket()) {
      plain.setSoTimeout(TIMEOUT_MILLIS);
      plain.connect(target, TIMEOUT_MILLIS);
      return tls.isPresent() ? askThrough(secured(plain)) : askThrough(plain);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Socket secured(Socket plain) throws IOException {
    return ((javax.net.ssl.SSLSocketFactory) tls.orElseThrow())
        .createSocket(plain, target.getHostString(), target.getPort(), true);
  }

  private static Optional<String> askThrough(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    boolean isGood = answer.startsWith("HTTP/1.") && answer.startsWith(" 200", 8);
    return isGood ? Optional.of(answer) : Optional.empty();
  }

  private synchronized void keep(String body) {
    answers.add(new Answer(System.nanoTime(), body));
  }

  /** How many answers came so far. */
  synchronized int count() {
    return answers.size();
  }

  /** Waits until answers come again: ten more than now. */
  void awaitAnswers() {
    int before = count();
    Await.until("the client gets answers from " + target, () -> count() >= before + 10);
  }

  /** Whether the latest answer came after a moment and holds a text. */
  synchronized boolean isAnsweredSince(long nanos, String text) {
    if (answers.isEmpty()) {
      return false;
    }
    Answer last = answers.get(answers.size() - 1);
    return last.timeNanos() - nanos > 0 && last.body().contains(text);
  }

  /** Waits for an answer, asked from now on, that holds a text. */
  void awaitAnswerWith(String text) {
    int before = count();
    Await.until("the client gets an answer with " + text, () -> hasAnswer(before, text));
  }

  private synchronized boolean hasAnswer(int from, String text) {
    return answers.stream().skip(from).anyMatch(it -> it.body().contains(text));
  }

  /** The longest time between two answers, from the last one before a moment until now. */
  synchronized long longestGapSince(long nanos) {
    long longest = 0;
    for (int i = 1; i < answers.size(); i++) {
      if (answers.get(i).timeNanos() - nanos > 0) {
        longest = Math.max(longest, answers.get(i).timeNanos() - answers.get(i - 1).timeNanos());
      }
    }
    return longest;
  }

  @Override
  public void close() {
    stopped = true;
    ended.join();
  }
}
