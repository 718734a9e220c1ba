package org.vipd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with a certificate that it signed itself, valid for two days, as a key store and as PEM.
 */
public record TlsIdentity(Path folder, String name) {

  /** Of the key store. */
  public static final String STORE_PASSWORD = "changeit";

  private static final char[] PASSWORD = STORE_PASSWORD.toCharArray();
  private static final String ALIAS = "a";

  /** Makes one. */
  public static TlsIdentity make(Path folder, String name, String alternativeName)
      throws IOException, InterruptedException {
    TlsIdentity identity = new TlsIdentity(folder, name);
    keytool(
        "-genkeypair -alias a -keyalg EC -dname CN="
            + name
            + " -ext san="
            + alternativeName
            + " -validity 2 -storetype PKCS12 -storepass changeit -keystore "
            + identity.file(".p12"));
    keytool(
        "-exportcert -rfc -alias a -storepass changeit -keystore "
            + identity.file(".p12")
            + " -file "
            + identity.certificate());
    return identity;
  }

  private static void keytool(String words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words.split(" ", -1)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private Path file(String ending) {
    return folder.resolve(name + ending);
  }

  /** The certificate, PEM. */
  public Path certificate() {
    return file(".pem");
  }

  /** The key store, PKCS #12, that holds key and certificate. */
  public Path store() {
    return file(".p12");
  }

  /** Certificate and key, PEM. */
  public Path withKey() throws IOException, GeneralSecurityException {
    byte[] key = keyStore().getKey(ALIAS, PASSWORD).getEncoded();
    String text =
        Files.readString(certificate())
            + "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n";
    return Files.writeString(file("-key.pem"), text);
  }

  /** What a server shows. */
  public KeyManager[] keys() throws IOException, GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keyStore(), PASSWORD);
    return factory.getKeyManagers();
  }

  /** What trusts this one only. */
  public TrustManager[] trust() throws IOException, GeneralSecurityException {
    Certificate certificate = keyStore().getCertificate(ALIAS);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry(ALIAS, certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private KeyStore keyStore() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(store())) {
      keys.load(stream, PASSWORD);
    }
    return keys;
  }
}
