package org.vipd.daemon.notify;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.daemon.event.Notice;

/**
 * A web address that gets each change of state as JSON in an HTTP POST. Redirections are not
 * followed: the address is to be written as it is.
 */
final class WebReceiver implements Receiver {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Pattern BEGINNING =
      Pattern.compile("([a-zA-Z]+://)(?:[^/?#@]*@)?([^/?#@]*)");
  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final int ERROR = 400;

  private final Receivers.WebSpec spec;
  private final Duration timeout;
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private Optional<HttpClient> client = Optional.empty();

  WebReceiver(Receivers.WebSpec spec) {
    this(spec, TIMEOUT);
  }

  /** One with another limit for the connection and for the answer. */
  WebReceiver(Receivers.WebSpec spec, Duration timeout) {
    this.spec = spec;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "webhook " + withoutSecrets(spec.address());
  }

  /** Status and log must not show the rest: with many services the path is the secret. */
  private static String withoutSecrets(String address) {
    Matcher beginning = BEGINNING.matcher(address);
    return beginning.lookingAt()
        ? beginning.group(1) + beginning.group(2)
        : "with an address without a host";
  }

  @Override
  public boolean wants(Notice notice) {
    return notice.kind() == Notice.Kind.STATE
        && !notice.isRepeated()
        && !notice.state().equals("INIT");
  }

  @Override
  public void deliver(Notice notice) throws DeliveryException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(spec.address()))
              .timeout(timeout)
              .header("Content-Type", "application/json")
              .header("User-Agent", "vipd")
              .POST(HttpRequest.BodyPublishers.ofString(gson.toJson(NoticeText.record(0, notice))))
              .build();
      HttpResponse<InputStream> answer =
          client().send(request, HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      judge(answer);
    } catch (IllegalArgumentException e) {
      throw new DeliveryException("the address makes no sense: " + e.getMessage());
    } catch (IOException e) {
      throw new DeliveryException(inWords(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("interrupted");
    }
  }

  /** What the HTTP client means; much of it has no text of its own. */
  private String inWords(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection within " + timeout.toSeconds() + " s";
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer within " + timeout.toSeconds() + " s";
    }
    Throwable innermost = failure;
    while (innermost.getCause() != null && innermost.getCause() != innermost) {
      innermost = innermost.getCause();
    }
    if (innermost instanceof UnresolvedAddressException) {
      return "the name of its host is not known";
    }
    boolean isSilent = innermost.getMessage() == null || innermost.getMessage().isBlank();
    if (failure instanceof ConnectException && isSilent) {
      return "the connection is refused, or the host cannot be reached";
    }
    return isSilent ? "the connection ended without an answer" : innermost.getMessage();
  }

  private static void judge(HttpResponse<InputStream> answer) throws DeliveryException {
    int status = answer.statusCode();
    if (status >= REDIRECTION && status < ERROR) {
      String target = answer.headers().firstValue("Location").orElse("nowhere");
      throw new DeliveryException(
          "it answers " + status + " and points to " + target + "; write that address instead");
    }
    if (status < OK || status >= REDIRECTION) {
      throw new DeliveryException("it answers " + status + ", expected 200 to 299");
    }
  }

  /** Made when first needed: it brings threads of its own. */
  private HttpClient client() {
    if (client.isEmpty()) {
      client =
          Optional.of(
              HttpClient.newBuilder()
                  .connectTimeout(timeout)
                  .followRedirects(HttpClient.Redirect.NEVER)
                  .build());
    }
    return client.get();
  }
}
