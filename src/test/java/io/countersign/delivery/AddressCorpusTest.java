package io.countersign.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;

/**
 * Every spelling of addresses inside the house that parsers, resolvers and proxies have disagreed
 * about, sent to a socket that listens on all of them.
 */
class AddressCorpusTest {

  private static final List<String> INSIDE =
      List.of("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "169.254.169.254", "192.168.1.1");

  /** Where a name or a strange number is looked up, it is this machine. */
  private static final DnsResolver EVERYTHING_IS_HERE =
      new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
          return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
          return host;
        }
      };

  @Test
  void sendsNothingIntoTheHouseHoweverItIsSpelt() throws Exception {
    try (Sink sink = new Sink()) {
      AddressGuard guard =
          new AddressGuard(
              AllowedAddresses.of(List.of()), EVERYTHING_IS_HERE, Set.of(443, sink.port()));
      Set<String> urls = urls(sink.port());

      try (HttpTransport transport = new HttpTransport(guard, Duration.ofMillis(300))) {
        for (String url : urls) {
          assertThat(arrives(guard, transport, url)).as(url).isFalse();
        }
      }

      assertThat(urls).hasSizeGreaterThan(500);
      assertThat(sink.connections()).isZero();
    }
  }

  private static boolean arrives(AddressGuard guard, HttpTransport transport, String url) {
    try {
      URI checked = guard.check(url);
      transport.post(checked, Map.of(), new byte[0]);
      return true;
    } catch (IllegalArgumentException | IOException refused) {
      return false;
    }
  }

  private static Set<String> urls(int port) {
    Set<String> urls = new LinkedHashSet<>();
    for (String host : hosts()) {
      urls.add("https://" + host + ":" + port + "/");
      urls.add("http://" + host + ":" + port + "/");
      urls.add("https://" + host + "/");
      urls.add("https://hooks.example.com@" + host + ":" + port + "/");
      urls.add("https://hooks.example.com:443@" + host + ":" + port + "/");
      urls.add("https://" + host + ":" + port + "#@hooks.example.com/");
      urls.add("https://hooks.example.com\\@" + host + ":" + port + "/");
    }
    for (String scheme :
        List.of("gopher", "file", "ftp", "jar:https", "dict", "ldap", "HTTP", "")) {
      urls.add(scheme + "://127.0.0.1:" + port + "/");
    }
    return urls;
  }

  private static Set<String> hosts() {
    Set<String> hosts = new LinkedHashSet<>();
    for (String address : INSIDE) {
      hosts.addAll(spellings(address));
    }
    hosts.addAll(
        List.of(
            "localhost",
            "LOCALHOST",
            "localhost.",
            "localhost.localdomain",
            "ip6-localhost",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::1%25lo]",
            "[::1%lo]",
            "[fe80::1]",
            "[fd00::1]",
            "127.0.0.1.nip.io",
            "metadata.google.internal",
            "hooks.example.com",
            "0",
            "00",
            "0x0",
            "127.0.0.1%00.example.com",
            "①②⑦.0.0.1",
            "127。0。0。1",
            "%31%32%37.0.0.1",
            "127.0.0.1%20",
            "127.0.0.1%09",
            "127..0.1",
            ".127.0.0.1",
            "-1"));
    return hosts;
  }

  private static Set<String> spellings(String dotted) {
    byte[] bytes = bytes(dotted);
    int[] part = {bytes[0] & 255, bytes[1] & 255, bytes[2] & 255, bytes[3] & 255};
    long whole = ((long) part[0] << 24) | (part[1] << 16) | (part[2] << 8) | part[3];
    String hex =
        String.format(Locale.ROOT, "%02x%02x:%02x%02x", part[0], part[1], part[2], part[3]);
    return new LinkedHashSet<>(
        List.of(
            dotted,
            dotted + ".",
            Long.toString(whole),
            "0x" + Long.toHexString(whole),
            "0" + Long.toOctalString(whole),
            each("0x%x", part),
            each("0%o", part),
            each("000%o", part),
            part[0] + "." + (whole & 0xffffff),
            part[0] + "." + part[1] + "." + (whole & 0xffff),
            "[::ffff:" + dotted + "]",
            "[::ffff:" + hex + "]",
            "[::" + dotted + "]",
            "[64:ff9b::" + dotted + "]",
            "[2002:" + hex + "::1]"));
  }

  private static String each(String format, int[] part) {
    String whole = String.join(".", format, format, format, format);
    return String.format(Locale.ROOT, whole, part[0], part[1], part[2], part[3]);
  }

  private static byte[] bytes(String dotted) {
    try {
      return Inet4Address.getByName(dotted).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
