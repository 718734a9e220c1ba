package org.vipd.daemon.check;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;

/** What etcd answers on {@code /health}: <code>{"health":"true","reason":""}</code>. */
final class EtcdHealth {

  private static final int SHOWN = 200;

  private EtcdHealth() {}

  static void require(String body) throws IOException {
    try {
      JsonElement answer = JsonParser.parseString(body);
      // the parser is lenient: a page of HTML is a word to it
      if (!answer.isJsonObject() || !answer.getAsJsonObject().has("health")) {
        throw new JsonParseException("no health");
      }
      boolean isHealthy = answer.getAsJsonObject().get("health").getAsString().equals("true");
      if (!isHealthy) {
        throw new IOException("etcd says that it is not healthy: " + shortened(body));
      }
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new IOException("expected what etcd says on /health, found: " + shortened(body), e);
    }
  }

  private static String shortened(String body) {
    String text = body.strip();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
