package org.vipd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate, as a key store and as PEM. */
public record TlsIdentity(Path folder, String name) {

  /** Of the key store. */
  public static final String STORE_PASSWORD = "changeit";

  private static final char[] PASSWORD = STORE_PASSWORD.toCharArray();
  private static final String ALIAS = "a";
  private static final String ISSUED = "issued";

  /** Makes one that signed itself, valid for two days. */
  public static TlsIdentity make(Path folder, String name, String alternativeName)
      throws IOException, InterruptedException, GeneralSecurityException {
    return make(folder, name, alternativeName, "-validity 2");
  }

  /**
   * Makes one that signed itself.
   *
   * @param validity of keytool: {@code -validity DAYS}, perhaps with a {@code -startdate}
   */
  public static TlsIdentity make(Path folder, String name, String alternativeName, String validity)
      throws IOException, InterruptedException, GeneralSecurityException {
    TlsIdentity identity = new TlsIdentity(folder, name);
    identity.generate(ALIAS, validity + " -ext san=" + alternativeName);
    return identity.written(identity.keyStore());
  }

  /** Makes one that signs others. */
  public static TlsIdentity authority(Path folder, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    TlsIdentity identity = new TlsIdentity(folder, name);
    identity.generate(ALIAS, "-validity 30 -ext bc:c");
    return identity.written(identity.keyStore());
  }

  /**
   * Makes one that this one signs.
   *
   * @param validity as for {@link #make(Path, String, String, String)}
   */
  public TlsIdentity issue(String nameOfIt, String alternativeName, String validity)
      throws IOException, InterruptedException, GeneralSecurityException {
    TlsIdentity identity = new TlsIdentity(folder, nameOfIt);
    Files.copy(store(), identity.store());
    identity.generate(ISSUED, validity + " -signer " + ALIAS + " -ext san=" + alternativeName);
    KeyStore both = identity.keyStore();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, PASSWORD);
    one.setKeyEntry(
        ALIAS, both.getKey(ISSUED, PASSWORD), PASSWORD, both.getCertificateChain(ISSUED));
    return identity.written(one);
  }

  private void generate(String alias, String more) throws IOException, InterruptedException {
    keytool(
        "-genkeypair -alias "
            + alias
            + " -keyalg EC -dname CN="
            + name
            + " -storetype PKCS12 -storepass changeit -keystore "
            + store()
            + " "
            + more);
  }

  private TlsIdentity written(KeyStore keys) throws IOException, GeneralSecurityException {
    try (OutputStream stream = Files.newOutputStream(store())) {
      keys.store(stream, PASSWORD);
    }
    byte[] certificate = keys.getCertificate(ALIAS).getEncoded();
    Files.writeString(certificate(), pem("CERTIFICATE", certificate));
    return this;
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
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
    String text = Files.readString(certificate()) + pem("PRIVATE KEY", key);
    return Files.writeString(file("-key.pem"), text);
  }

  /** The environment of a daemon whose Java trusts this one only. */
  public Map<String, String> trustedByJava() {
    String option = "-Djavax.net.ssl.trustStore";
    return Map.of(
        "VIPD_JAVA_OPTIONS", option + "=" + store() + " " + option + "Password=" + STORE_PASSWORD);
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
