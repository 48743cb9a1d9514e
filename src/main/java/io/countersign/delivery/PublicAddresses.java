package io.countersign.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** The addresses of the public internet, by the special-purpose registries of IANA. */
final class PublicAddresses {

  private static final List<Range> REFUSED_V4 =
      List.of(
          Range.v4(0, 0, 0, 0, 8), // this network
          Range.v4(10, 0, 0, 0, 8), // private
          Range.v4(100, 64, 0, 0, 10), // carrier-grade NAT
          Range.v4(127, 0, 0, 0, 8), // loopback
          Range.v4(169, 254, 0, 0, 16), // link-local, cloud metadata
          Range.v4(172, 16, 0, 0, 12), // private
          Range.v4(192, 0, 0, 0, 24), // protocol assignments
          Range.v4(192, 0, 2, 0, 24), // documentation
          Range.v4(192, 88, 99, 0, 24), // 6to4 relays
          Range.v4(192, 168, 0, 0, 16), // private
          Range.v4(198, 18, 0, 0, 15), // benchmarks
          Range.v4(198, 51, 100, 0, 24), // documentation
          Range.v4(203, 0, 113, 0, 24), // documentation
          Range.v4(224, 0, 0, 0, 4), // multicast
          Range.v4(240, 0, 0, 0, 4)); // reserved, broadcast

  /**
   * All that IANA gave out for the public IPv6 internet. Everything else is refused: loopback,
   * link-local, unique local, multicast, IPv4-mapped and -compatible, NAT64.
   */
  private static final Range GLOBAL_UNICAST = Range.v6(0x2000, 0, 3);

  private static final List<Range> REFUSED_V6 =
      List.of(
          Range.v6(0x2001, 0, 23), // protocol assignments, Teredo among them
          Range.v6(0x2001, 0xdb8, 32), // documentation
          Range.v6(0x2002, 0, 16), // 6to4: carries any IPv4 address
          Range.v6(0x3fff, 0, 20)); // documentation

  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return REFUSED_V4.stream().noneMatch(range -> range.contains(bytes));
    }
    return GLOBAL_UNICAST.contains(bytes)
        && REFUSED_V6.stream().noneMatch(range -> range.contains(bytes));
  }

  private record Range(byte[] start, int bits) {

    static Range v4(int a, int b, int c, int d, int bits) {
      return new Range(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, bits);
    }

    static Range v6(int first, int second, int bits) {
      byte[] start = new byte[16];
      start[0] = (byte) (first >> 8);
      start[1] = (byte) first;
      start[2] = (byte) (second >> 8);
      start[3] = (byte) second;
      return new Range(start, bits);
    }

    boolean contains(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
