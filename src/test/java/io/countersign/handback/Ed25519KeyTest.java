package io.countersign.handback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.shared.Ed25519Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class Ed25519KeyTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final String FIRST_SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

  @TempDir Path directory;

  @ParameterizedTest(name = "RFC 8032, section 7.1, test {index}")
  @CsvSource({
    FIRST_SEED
        + ", d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + " 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + " fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void derivesThePublicKeyAndSignsAsPublished(
      String seed, String publicKey, String message, String signature) {
    Ed25519Key key = Ed25519Key.fromPem(pem(HEX.parseHex(seed)));

    assertThat(key.publicKey().bytes()).isEqualTo(HEX.parseHex(publicKey));
    assertThat(key.sign(HEX.parseHex(message))).isEqualTo(HEX.parseHex(signature));
  }

  @Test
  void namesTheKeyByItsThumbprint() {
    // RFC 8037, appendix A.3
    assertThat(Ed25519Key.fromPem(pem(HEX.parseHex(FIRST_SEED))).publicKey().kid())
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @Test
  void refusesAKeyOfAnotherKindAndDoesNotQuoteIt() throws Exception {
    byte[] other =
        KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate().getEncoded();
    String pem = pem64(other);

    assertThatThrownBy(() -> Ed25519Key.fromPem(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one Ed25519 private key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
      })
  void refusesWhatIsNoKey(String text) {
    assertThatThrownBy(() -> Ed25519Key.fromPem(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one Ed25519 private key");
  }

  @Test
  void refusesTheStartWithoutEachOfTheThreeKeysNamingTheFile() throws Exception {
    MockEnvironment environment =
        new MockEnvironment().withProperty("countersign.keys", directory.toString());
    for (String name : new String[] {"grants", "webhooks", "log"}) {
      assertThatThrownBy(() -> new SigningKeys(environment))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(directory.resolve(name + ".pem").toString());
      Files.writeString(directory.resolve(name + ".pem"), randomPem());
    }

    SigningKeys keys = new SigningKeys(environment);

    assertThat(keys.kid(KeyPurpose.GRANTS))
        .isNotEqualTo(keys.kid(KeyPurpose.WEBHOOKS))
        .isNotEqualTo(keys.kid(KeyPurpose.LOG));
  }

  @Test
  void refusesTheStartWithoutADirectoryAndSaysSo() {
    assertThatThrownBy(() -> new SigningKeys(new MockEnvironment()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("countersign.keys: expected the directory");
  }

  @Test
  void takesKeysFromTheEnvironmentInsteadOfFiles() {
    assertThat(TestKeys.signingKeys().kid(KeyPurpose.GRANTS)).isNotBlank();
  }

  static String randomPem() throws Exception {
    return pem64(
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded());
  }

  private static String pem(byte[] seed) {
    return pem64(HEX.parseHex("302e020100300506032b657004220420" + HEX.formatHex(seed)));
  }

  private static String pem64(byte[] pkcs8) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8)
        + "\n-----END PRIVATE KEY-----\n";
  }
}
