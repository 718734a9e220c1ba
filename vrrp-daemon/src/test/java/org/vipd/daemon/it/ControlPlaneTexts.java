package org.vipd.daemon.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two keepalived.conf of Kubernetes control planes that vipd must run as they are: the text as
 * found, when it lies beside the repository, else our own with the same settings.
 */
final class ControlPlaneTexts {

  private static final String FENCE = "```";

  private static final String HAPROXY =
      """
      global
          @MORE@
      defaults
          mode http
          retries 3
          option redispatch 1
          timeout connect 300ms
          timeout client 2s
          timeout server 2s
      frontend apiserver
          bind *:18080
          http-response set-header x-front @NAME@
          default_backend apiserver
      backend apiserver
          balance roundrobin
          server api0 @NET@.100:8080 check
          server api1 @NET@.110:8080 check
          server api2 @NET@.120:8080 check
      frontend stand_in
          bind *:8080
          http-request return status 200 content-type text/plain string "api on @NAME@"
      """;

  private static final String BALANCER =
      """
      global
          stats socket @SOCKET@ mode 600 level user
      defaults
          mode tcp
          timeout connect 5s
          timeout client 5s
          timeout server 5s
      frontend front
          bind 127.0.0.1:18080
          default_backend apiserver
      backend apiserver
          default-server check inter 500ms fall 2 rise 1
          server api0 @ADDRESS@:7001
          server api1 @ADDRESS@:7002
      """;

  private ControlPlaneTexts() {}

  /** Three masters with HAProxy; the check has a typo, {@code pidof haprox}. */
  static String configurationA() {
    return text("## Config A", "config-a.conf");
  }

  /**
   * HAProxy before three API servers, and a stand-in for the one of this master.
   *
   * @param network the first three octets of the masters' addresses
   * @param name the master's, to be found in answers
   * @param more a line of {@code global}
   */
  static String haproxy(String network, String name, String more) {
    return HAPROXY.replace("@NET@", network).replace("@NAME@", name).replace("@MORE@", more);
  }

  /** HAProxy before two servers on the ports 7001 and 7002 of an address. */
  static String balancer(String socket, String address) {
    return BALANCER.replace("@SOCKET@", socket).replace("@ADDRESS@", address);
  }

  /** kubeadm masters; state, interface, priority and virtual address are still to be filled in. */
  static String configurationB() {
    return text("## Config B", "config-b.conf");
  }

  /** A check script as kubeadm's documents describe it; {@code @VIP@} is still to be filled in. */
  static String checkScript() {
    return resource("check_apiserver.sh");
  }

  private static String text(String heading, String resource) {
    Path found = Distribution.root().resolveSibling("shared/reference/control-plane.md");
    try {
      if (Files.isReadable(found)) {
        String page = Files.readString(found);
        int start = page.indexOf('\n', page.indexOf(FENCE, page.indexOf(heading))) + 1;
        return page.substring(start, page.indexOf(FENCE, start));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("read " + found, e);
    }
    System.out.println(
        "SKIPPED: the text of " + heading.substring(3) + " as found is not there; ours is used");
    return resource(resource);
  }

  private static String resource(String name) {
    try (InputStream stream = ControlPlaneTexts.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("test resource " + name + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("test resource " + name, e);
    }
  }
}
