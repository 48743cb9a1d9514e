package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private static final AllowedAddresses NOTHING = AllowedAddresses.of(List.of());

  private final AddressGuard guard = new AddressGuard(NOTHING, SystemDefaultDnsResolver.INSTANCE);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.0.0.0                            | any
          0.1.2.3                            | this network
          10.0.0.1                           | private
          10.255.255.255                     | private, last
          100.64.0.1                         | carrier-grade NAT
          100.127.255.255                    | carrier-grade NAT, last
          127.0.0.1                          | loopback
          127.255.255.254                    | loopback, last
          169.254.169.254                    | cloud metadata
          169.254.0.1                        | link-local
          172.16.0.1                         | private
          172.31.255.255                     | private, last
          192.0.0.1                          | protocol assignments
          192.0.0.170                        | NAT64 discovery
          192.0.2.1                          | documentation
          192.88.99.1                        | 6to4 relay
          192.168.0.1                        | private
          192.168.255.255                    | private, last
          198.18.0.1                         | benchmarks
          198.19.255.255                     | benchmarks, last
          198.51.100.7                       | documentation
          203.0.113.9                        | documentation
          224.0.0.1                          | multicast
          239.255.255.250                    | multicast
          240.0.0.1                          | reserved
          255.255.255.255                    | broadcast
          ::                                 | any
          ::1                                | loopback
          ::127.0.0.1                        | IPv4-compatible
          ::8.8.8.8                          | IPv4-compatible, of a public address
          ::ffff:127.0.0.1                   | IPv4-mapped
          ::ffff:7f00:1                      | IPv4-mapped in hex
          ::ffff:10.0.0.1                    | IPv4-mapped
          ::ffff:169.254.169.254             | IPv4-mapped
          ::ffff:0:127.0.0.1                 | IPv4-translated
          64:ff9b::7f00:1                    | NAT64 of loopback
          64:ff9b::169.254.169.254           | NAT64 of metadata
          64:ff9b::8.8.8.8                   | NAT64 of a public address
          64:ff9b:1::10.0.0.1                | local NAT64
          64:ff9b:1:ffff::1                  | local NAT64, last /48
          100::1                             | discard
          2001::1                            | Teredo
          2001:0:7f00:1::                    | Teredo of loopback
          2001:1::1                          | port control
          2001:20::1                         | ORCHID
          2001:db8::1                        | documentation
          2002:7f00:1::1                     | 6to4 of loopback
          2002:a9fe:a9fe::1                  | 6to4 of metadata
          3fff::1                            | documentation
          3fff:fff:ffff::1                   | documentation, last
          5f00::1                            | segment routing
          fc00::1                            | unique local
          fd12:3456:789a::1                  | unique local
          fe80::1                            | link-local
          febf::1                            | link-local, last
          fec0::1                            | site-local
          ff02::1                            | multicast
          ff0e::1                            | multicast, global
          """)
  void refusesAnAddressInsideTheHouse(String address, String why) throws Exception {
    InetAddress resolved = InetAddress.getByName(address);
    AddressGuard names = new AddressGuard(NOTHING, answering(resolved));

    assertThatThrownBy(() -> names.resolve("hooks.example.com", 443))
        .as(why)
        .isInstanceOf(AddressGuard.RefusedAddress.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.0.3.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700:4700::1111",
        "2003::1",
        "3ffe::1"
      })
  void takesAPublicAddress(String address) throws Exception {
    InetAddress resolved = InetAddress.getByName(address);
    AddressGuard names = new AddressGuard(NOTHING, answering(resolved));

    assertThat(names.resolve("hooks.example.com", 443))
        .singleElement()
        .satisfies(target -> assertThat(target.getAddress()).isEqualTo(resolved))
        .satisfies(target -> assertThat(target.getPort()).isEqualTo(443));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://0x7f.0x0.0x0.0x1/",
        "https://0/",
        "https://127.0.0.1./",
        "https://1.1.1.1./",
        "https://256.1.1.1/",
        "https://01.1.1.1/",
        "https://1.1.1/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[0:0:0:0:0:ffff:169.254.169.254]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1:443/",
        "https://example.com@127.0.0.1/",
        "https://user:secret@example.com/",
        "https://example.com:443@10.0.0.1/",
        "https://example.com#@127.0.0.1/",
        "https://example.com\\@127.0.0.1/",
        "https://exa mple.com/",
        "https://example.com\t/",
        "https://①②⑦.⓪.⓪.①/",
        "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
        "https://bücher.example/",
        "https://localhost。/",
        "https://127。0。0。1/",
        "https://example.com:80/",
        "https://example.com:22/",
        "https://example.com:0/",
        "https://example.com:6379/",
        "https://example.com:99999/",
        "https://example.com:-1/",
        "http://example.com/",
        "http://example.com:443/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "jar:https://example.com!/",
        "//example.com/",
        "example.com",
        "https:///path",
        "https://",
        "https://./",
        "https://-example.com/",
        "https://exa_mple.com/",
        "https://example..com/",
        "https://%6c%6f%63%61%6c%68%6f%73%74/",
        "https://1.1.1.1.nip.1/",
        "",
        " "
      })
  void refusesAUrlThatIsNotPlainlyPublic(String url) {
    assertThatThrownBy(() -> guard.check(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/", "https://hooks.example.com",
            "https://hooks.example.com:8443/a",
        "https://hooks.example.com./a?b=c", "https://xn--bcher-kva.example/", "https://1.1.1.1/",
        "https://[2606:4700:4700::1111]/", "HTTPS://Hooks.Example.Com/", "https://a1.2b.example/x"
      })
  void takesAPlainPublicUrl(String url) {
    assertThat(guard.check(url)).hasToString(url);
  }

  @Test
  void exemptsOnlyExactlyTheAllowedPair() throws Exception {
    AddressGuard lax =
        new AddressGuard(
            AllowedAddresses.of(List.of("127.0.0.1:8099")), SystemDefaultDnsResolver.INSTANCE);

    assertThat(lax.check("http://127.0.0.1:8099/hook")).hasHost("127.0.0.1");
    assertThat(lax.resolve("127.0.0.1", 8099)).hasSize(1);
    for (String other :
        List.of("http://127.0.0.1:8098/", "http://127.0.0.2:8099/", "http://localhost:8099/")) {
      assertThatThrownBy(() -> lax.check(other)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> lax.resolve("127.0.0.1", 8443))
        .isInstanceOf(AddressGuard.RefusedAddress.class);
    assertThatThrownBy(() -> lax.resolve("localhost", 8099))
        .isInstanceOf(AddressGuard.RefusedAddress.class);
  }

  @Test
  void exemptsAnIpv6AddressWithAndWithoutBrackets() throws Exception {
    AddressGuard lax =
        new AddressGuard(
            AllowedAddresses.of(List.of("[::1]:8099")), SystemDefaultDnsResolver.INSTANCE);

    assertThat(lax.check("http://[::1]:8099/hook")).hasPort(8099);
    assertThat(lax.resolve("::1", 8099)).hasSize(1);
    assertThatThrownBy(() -> lax.resolve("::1", 8443))
        .isInstanceOf(AddressGuard.RefusedAddress.class);
  }

  @Test
  void refusesANameOfWhichOneAddressIsInside() throws Exception {
    AddressGuard names =
        new AddressGuard(
            NOTHING,
            answering(InetAddress.getByName("1.1.1.1"), InetAddress.getByName("127.0.0.1")));

    assertThatThrownBy(() -> names.resolve("hooks.example.com", 443))
        .isInstanceOf(AddressGuard.RefusedAddress.class);
  }

  @Test
  void refusesAPortThatIsNotForWebhooks() {
    assertThatThrownBy(() -> guard.resolve("hooks.example.com", 22))
        .isInstanceOf(AddressGuard.RefusedAddress.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "localhost", "localhost.", "LOCALHOST", "2130706433", "0x7f000001", "0x7f.1",
        "127.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0", "0.0.0.0",
        "[::]", "127.0.0.1.", "example.com@127.0.0.1"
      })
  void neverConnectsToASinkOnLoopback(String host) throws Exception {
    try (Sink sink = new Sink()) {
      AddressGuard open =
          new AddressGuard(NOTHING, SystemDefaultDnsResolver.INSTANCE, Set.of(sink.port()));

      refusesToPost(open, host, sink.port());

      assertThat(sink.connections()).isZero();
    }
  }

  @Test
  void connectsToTheAddressItCheckedThoughTheNameChangesMeanwhile() throws Exception {
    // A public address of AS112, where nobody answers this port.
    InetAddress outside = InetAddress.getByName("192.175.48.250");
    InetAddress inside = InetAddress.getByName("127.0.0.1");
    Deque<InetAddress> answers = new ArrayDeque<>();
    AtomicInteger asked = new AtomicInteger();
    try (Sink sink = new Sink()) {
      AddressGuard rebound =
          new AddressGuard(
              NOTHING,
              resolver(
                  host -> {
                    asked.incrementAndGet();
                    return new InetAddress[] {answers.isEmpty() ? inside : answers.poll()};
                  }),
              Set.of(sink.port()));
      for (int i = 0; i < 3; i++) {
        answers.add(outside);
        refusesToPost(rebound, "hooks.example.com", sink.port());
        refusesToPost(rebound, "hooks.example.com", sink.port());
      }

      assertThat(asked).as("one look-up a connection").hasValue(6);
      assertThat(sink.connections()).isZero();
    }
  }

  @Test
  void reachesTheSinkWhenTheGuardExemptsIt() throws Exception {
    try (Sink sink = new Sink()) {
      AddressGuard exempt =
          new AddressGuard(
              AllowedAddresses.of(List.of("127.0.0.1:" + sink.port())),
              SystemDefaultDnsResolver.INSTANCE);

      refusesToPost(exempt, "127.0.0.1", sink.port());

      assertThat(sink.connections()).as("the sink does count").isPositive();
    }
  }

  private static void refusesToPost(AddressGuard guard, String host, int port) throws IOException {
    try (HttpTransport transport = new HttpTransport(guard, Duration.ofMillis(300))) {
      assertThatThrownBy(
              () ->
                  transport.post(
                      java.net.URI.create("https://" + host + ":" + port + "/"),
                      Map.of(),
                      new byte[0]))
          .isInstanceOf(Exception.class);
    }
  }

  private static DnsResolver answering(InetAddress... addresses) {
    return resolver(host -> addresses);
  }

  private interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private static DnsResolver resolver(Names names) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return names.addresses(host);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
