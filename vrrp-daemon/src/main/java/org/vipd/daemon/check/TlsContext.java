package org.vipd.daemon.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.port.FileFailure;
import org.vipd.protocol.value.IpAddress;

/** Protects the connection of a check; its files are read for each one, so that they may change. */
final class TlsContext {

  /** More than any list of certificates. */
  private static final int LARGEST_BYTES = 4 * 1024 * 1024;

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----", Pattern.DOTALL);
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----", Pattern.DOTALL);
  private static final char[] NO_PASSWORD = new char[0];

  private final Probe.Tls settings;

  TlsContext(Probe.Tls settings) {
    this.settings = settings;
  }

  void apply(HttpsURLConnection connection) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trusted(), null);
      connection.setSSLSocketFactory(new Named(context.getSocketFactory(), settings));
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
    // the socket verifies the name itself, see Named
    connection.setHostnameVerifier((name, session) -> true);
  }

  private TrustManager[] trusted() throws GeneralSecurityException, IOException {
    if (!settings.verifies()) {
      return new TrustManager[] {new TrustsAll()};
    }
    if (settings.authority().isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(settings.authority().get())) {
      store.setCertificateEntry("authority " + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager[] keys() throws GeneralSecurityException, IOException {
    if (settings.certificate().isEmpty()) {
      return null;
    }
    String file = settings.certificate().get();
    KeyStore store = emptyStore();
    Certificate[] chain = certificates(file).toArray(Certificate[]::new);
    store.setKeyEntry("ours", privateKey(file), NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String file)
      throws GeneralSecurityException, IOException {
    StringBuilder blocks = new StringBuilder();
    Matcher matcher = CERTIFICATE.matcher(read(file));
    while (matcher.find()) {
      blocks.append(matcher.group()).append('\n');
    }
    if (blocks.length() == 0) {
      throw new IOException(file + " has no certificate (BEGIN CERTIFICATE)");
    }
    byte[] bytes = blocks.toString().getBytes(StandardCharsets.US_ASCII);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(bytes));
  }

  private static PrivateKey privateKey(String file) throws GeneralSecurityException, IOException {
    Matcher matcher = KEY.matcher(read(file));
    if (!matcher.find()) {
      throw new IOException(
          file + " has no key (BEGIN PRIVATE KEY); convert it: openssl pkcs8 -topk8 -nocrypt");
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      // the other kind that certificates have
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    }
  }

  private static String read(String file) throws IOException {
    Path path = Path.of(file);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException(file + " is no regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
      if (bytes.length > LARGEST_BYTES) {
        throw new IOException("it has more than " + LARGEST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + FileFailure.cause(e), e);
    }
  }

  /** Asked for by an operator who does not want certificates verified. */
  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // never asked
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // trusted
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Sockets that ask for a server by its configured name, and verify that name. */
  private static final class Named extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final boolean verifies;
    private final Optional<String> name;

    Named(SSLSocketFactory factory, Probe.Tls settings) {
      this.factory = factory;
      this.verifies = settings.verifies();
      this.name = settings.serverName();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean closes)
        throws IOException {
      String asked = name.orElse(host);
      SSLSocket secure = (SSLSocket) factory.createSocket(socket, asked, port, closes);
      SSLParameters parameters = secure.getSSLParameters();
      indication(asked).ifPresent(it -> parameters.setServerNames(List.of(it)));
      parameters.setEndpointIdentificationAlgorithm(verifies ? "HTTPS" : null);
      secure.setSSLParameters(parameters);
      return secure;
    }

    /**
     * The name as the server is told it before it chooses a certificate. Given here, because Java
     * leaves names without a dot out. RFC 6066 section 3: a name, never an address.
     */
    private static Optional<SNIHostName> indication(String asked) {
      boolean isAddress = asked.startsWith("[") || IpAddress.parse(asked).isPresent();
      try {
        return isAddress ? Optional.empty() : Optional.of(new SNIHostName(asked));
      } catch (IllegalArgumentException e) {
        // no name of a host, for example with an underscore: it cannot be sent
        return Optional.empty();
      }
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw new IOException("only layered sockets are made");
    }

    @Override
    public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort)
        throws IOException {
      throw new IOException("only layered sockets are made");
    }

    @Override
    public Socket createSocket(java.net.InetAddress host, int port) throws IOException {
      throw new IOException("only layered sockets are made");
    }

    @Override
    public Socket createSocket(
        java.net.InetAddress address, int port, java.net.InetAddress local, int localPort)
        throws IOException {
      throw new IOException("only layered sockets are made");
    }
  }
}
