package io.countersign.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Keeps messages from reaching addresses inside the house.
 *
 * <p>It is asked at the moment of each connection, and the addresses it returns are the ones that
 * are connected to: a name that changes its address between a check and a connection (rebinding)
 * gains nothing. One refused address refuses the whole name.
 */
final class AddressGuard implements DnsResolver {

  private static final Set<Integer> PORTS = Set.of(443, 8443);

  /** Names end in a label with a letter, so that no spelling of a number passes for a name. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}\\.?$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*"
              + "[a-z]([a-z0-9-]{0,61}[a-z0-9])?\\.?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("((0|[1-9][0-9]{0,2})\\.){3}(0|[1-9][0-9]{0,2})");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+]");

  private final AllowedAddresses allowed;
  private final DnsResolver names;
  private final Set<Integer> ports;

  AddressGuard(AllowedAddresses allowed, DnsResolver names) {
    this(allowed, names, PORTS);
  }

  AddressGuard(AllowedAddresses allowed, DnsResolver names, Set<Integer> ports) {
    this.allowed = allowed;
    this.names = names;
    this.ports = ports;
  }

  /**
   * Checks a URL's form, and its address if it is written as one. Names are looked up only when a
   * connection is made.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  URI check(String text) {
    URI url = parse(text);
    String host = url.getHost();
    if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "expected a URL of scheme, plain host name or address, port and path only");
    }
    int port = port(url);
    if (allowed.contains(host, port)) {
      return url;
    }
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException("expected https, found " + url.getScheme());
    }
    if (!ports.contains(port)) {
      throw new IllegalArgumentException("expected port 443 or 8443, found " + port);
    }
    checkHost(host);
    return url;
  }

  private static URI parse(String text) {
    try {
      URI url = new URI(text);
      if ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme())) {
        return url;
      }
      throw new IllegalArgumentException("expected an https URL, found another scheme or none");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected an https URL (RFC 3986), found none", e);
    }
  }

  private static int port(URI url) {
    if (url.getPort() != -1) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  private static void checkHost(String host) {
    if (DOTTED_QUAD.matcher(host).matches() || IPV6.matcher(host).matches()) {
      checkLiteral(host);
    } else if (!NAME.matcher(host).matches()) {
      throw new IllegalArgumentException("expected a host name of letters, digits, - and .");
    }
  }

  private static void checkLiteral(String host) {
    try {
      // No look-up: the form of an address was checked before.
      refuseUnlessPublic(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("expected an IP address, found none", e);
    }
  }

  private static void refuseUnlessPublic(InetAddress address) throws UnknownHostException {
    if (!PublicAddresses.contains(address)) {
      throw new RefusedAddress();
    }
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    boolean exempt = allowed.contains(host, port);
    if (!exempt && !ports.contains(port)) {
      throw new RefusedAddress();
    }
    InetAddress[] addresses = exempt ? names.resolve(host) : resolve(host);
    return Arrays.stream(addresses).map(a -> new InetSocketAddress(a, port)).toList();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    if (addresses == null || addresses.length == 0) {
      throw new UnknownHostException("the host name has no address");
    }
    for (InetAddress address : addresses) {
      refuseUnlessPublic(address);
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** The host's address is one that messages may not go to. */
  static final class RefusedAddress extends UnknownHostException {
    private static final long serialVersionUID = 1;

    RefusedAddress() {
      super("the address guard refused the host's address or port");
    }
  }
}
