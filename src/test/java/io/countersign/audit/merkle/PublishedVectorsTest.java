package io.countersign.audit.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RFC 6962's reference implementation and the documents of C2SP print. */
class PublishedVectorsTest {

  private static final List<byte[]> ENTRIES =
      List.of(
          hex(""),
          hex("00"),
          hex("10"),
          hex("2021"),
          hex("3031"),
          hex("40414243"),
          hex("5051525354555657"),
          hex("606162636465666768696a6b6c6d6e6f"));

  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  })
  void makesTheRootsOfCertificateTransparency(int size, String root) {
    Frontier frontier = new Frontier();
    ENTRIES.subList(0, size).forEach(entry -> frontier.append(Hash.leaf(entry), (t, h, r) -> {}));

    assertThat(frontier.root()).isEqualTo(hash(root));
    assertThat(tree(size).root()).isEqualTo(hash(root));
  }

  @Test
  void makesTheProofsOfCertificateTransparency() {
    assertThat(tree(8).inclusionProof(5))
        .containsExactly(
            hash("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
            hash("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
            hash("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
    assertThat(tree(3).inclusionProof(2))
        .containsExactly(hash("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"));
    assertThat(tree(8).consistencyProof(6))
        .containsExactly(
            hash("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
            hash("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
            hash("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
    assertThat(tree(8).consistencyProof(3))
        .containsExactly(
            hash("0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7"),
            hash("07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7"),
            hash("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            hash("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
  }

  /** The example of c2sp.org/signed-note. */
  @Test
  void verifiesTheSignedNoteOfC2sp() {
    VerifierKey key =
        VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    Note note =
        Note.parse(
            """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """
                .getBytes(UTF_8));

    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(note.signatures()).hasSize(1);
    assertThat(note.signatures().get(0).isBy(key)).isTrue();
    assertThat(key.verifies(note.textBytes(), note.signatures().get(0).signature())).isTrue();
    assertThat(key.verifies("x\n".getBytes(UTF_8), note.signatures().get(0).signature())).isFalse();
  }

  /** The example of c2sp.org/tlog-cosignature, whose keys are not published. */
  @Test
  void readsTheCosignedCheckpointOfC2sp() {
    String text =
        """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
        """;
    SignedCheckpoint signed = SignedCheckpoint.parse(text.getBytes(UTF_8));

    assertThat(signed.checkpoint().origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(signed.checkpoint().size()).isEqualTo(20852163);
    assertThat(new String(signed.bytes(), UTF_8)).isEqualTo(text);
    assertThat(new String(SignedCheckpoint.cosigned(signed.checkpoint().text(), 1679315147), UTF_8))
        .startsWith("cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n");
  }

  /** The examples of c2sp.org/tlog-tiles. */
  @Test
  void namesTilesLikeC2sp() {
    assertThat(new Tile(0, 1234067, 256).path()).isEqualTo("tile/0/x001/x234/067");
    assertThat(new Tile(Tile.ENTRIES, 0, 5).path()).isEqualTo("tile/entries/000.p/5");
    assertThat(Tile.of(0, 272, 70_000).isFull()).isTrue();
    assertThat(Tile.of(0, 273, 70_000).width()).isEqualTo(112);
    assertThat(Tile.of(1, 0, 70_000).isFull()).isTrue();
    assertThat(Tile.of(1, 1, 70_000).width()).isEqualTo(17);
    assertThat(Tile.of(2, 0, 70_000).width()).isEqualTo(1);
    assertThat(Tile.of(1, 0, 256).width()).isEqualTo(1);
  }

  private static TiledTree tree(int size) {
    List<Hash> leaves = ENTRIES.stream().map(Hash::leaf).toList();
    return new TiledTree(size, tile -> leaves.subList(0, tile.width()));
  }

  private static Hash hash(String hex) {
    return Hash.of(hex(hex));
  }

  private static byte[] hex(String hex) {
    return Arrays.copyOf(HexFormat.of().parseHex(hex), hex.length() / 2);
  }
}
