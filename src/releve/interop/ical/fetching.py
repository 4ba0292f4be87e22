"""Gets a calendar from where it is published. The address was given by a person of the practice, and may be wrong, slow
or false: what it can reach and what it can cost are bounded here.

Only http and https; never an address of a private network, of this machine or of a cloud's own services, unless the
installation says so (RELEVE_FEED_NETWORKS). The address that was looked at is the one that is connected to: a name that
answers differently the second time gains nothing. Redirections are looked at in the same way.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from releve.interop.ical.errors import BadFeed
from releve.interop.ical.sieve import MOST_BYTES

Address = IPv4Address | IPv6Address
MOST_REDIRECTS = 5
TIMEOUT = 10.0  # seconds without a sign of life
LONGEST = 30.0  # seconds in all
LONGEST_URL = 2000
CHUNK = 65_536
REFUSALS = {401: "not_allowed", 403: "not_allowed", 404: "not_found", 410: "not_found"}
MOVED = (301, 302, 303, 307, 308)
OPEN = IPv6Network("2000::/3")  # what of IPv6 is given out to the Internet
MAPPED = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))  # they hide an IPv4 address
OF_CLOUDS = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("168.63.129.16/32"),
)  # look public, and answer to one machine alone


@dataclass(frozen=True, slots=True)
class Fetched:
    """`data` None: nothing has changed since (304)."""

    data: bytes | None
    etag: str = ""
    modified: str = ""


def address_of(text: str) -> str:
    """The address as it is kept: webcal:// is https://. Raises BadFeed."""
    text = text.strip()
    for scheme in ("webcal://", "webcals://"):
        if text.lower().startswith(scheme):
            text = "https://" + text[len(scheme) :]
    _parts(text)
    return text


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 80) > 0
    except ValueError:
        usable = False
    if not usable or len(url) > LONGEST_URL or any(ord(c) <= ord(" ") or ord(c) == 127 for c in url):
        raise BadFeed("bad_address")
    return parts


def fetch(
    url: str, *, etag: str = "", modified: str = "", networks: Sequence[str] = (),
    elapsed: Callable[[], float] = time.monotonic,
) -> Fetched:  # fmt: skip
    """`networks`: private ones that may be reached. Raises BadFeed, with nothing but a code in it."""
    over = elapsed() + LONGEST
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {k: v for k, v in asked.items() if v}
    for _ in range(MOST_REDIRECTS + 1):
        parts = _parts(url)
        connection = _connection(parts, networks)
        cut = threading.Timer(max(0.1, over - elapsed()), connection.cut)  # however slowly it trickles
        cut.daemon = True
        cut.start()
        try:
            answer = _ask(connection, parts, headers)
            if answer.status not in MOVED:
                got = _read(answer)
                if elapsed() >= over:  # cut: what came is not the whole
                    raise BadFeed("too_slow")
                return got
            url = _onward(url, answer.headers.get("Location", ""))
        except BadFeed:
            raise
        except TimeoutError:
            raise BadFeed("too_slow") from None
        except ssl.SSLError:
            raise BadFeed("not_secure") from None
        except (OSError, ValueError, http.client.HTTPException):  # ValueError: the connection was cut under our hands
            raise BadFeed("too_slow" if elapsed() >= over else "unreachable") from None
        finally:
            cut.cancel()
            connection.close()
    raise BadFeed("too_many_redirects")


def _onward(url: str, to: str) -> str:
    """Never from a secure connection to an open one."""
    target = urljoin(url, to)
    if url.startswith("https:") and not target.startswith("https:"):
        raise BadFeed("not_secure")
    return target


def _ask(connection: http.client.HTTPConnection, parts: SplitResult, more: dict[str, str]) -> http.client.HTTPResponse:
    headers = {"User-Agent": "Releve", "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "gzip", **more}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + b64encode(pair.encode()).decode()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("GET", path.encode("ascii", "ignore").decode(), headers=headers)
    return connection.getresponse()


def _read(answer: http.client.HTTPResponse) -> Fetched:
    if answer.status == 304:
        return Fetched(None)
    if answer.status != 200:
        server = answer.status >= 500
        raise BadFeed(REFUSALS.get(answer.status, "server_error" if server else "bad_answer"))
    packed = answer.headers.get("Content-Encoding", "identity").lower()
    if packed not in ("identity", "gzip", "deflate", ""):
        raise BadFeed("bad_answer")
    data = b"".join(_pieces(answer, packed in ("gzip", "deflate")))
    return Fetched(data, answer.headers.get("ETag", "")[:200], answer.headers.get("Last-Modified", "")[:100])


def _pieces(answer: http.client.HTTPResponse, packed: bool) -> Iterator[bytes]:
    """No more than may be read, unpacked as it comes: what is small on the way may be huge at home."""
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    left = MOST_BYTES
    while piece := answer.read1(CHUNK):
        try:
            piece = unpack.decompress(piece, left + 1) if packed else piece
        except zlib.error:
            raise BadFeed("bad_answer") from None
        left -= len(piece)
        if left < 0:
            raise BadFeed("too_big")
        yield piece


# --- where it may connect to -----------------------------------------------------------------------------------------
def permitted(address: Address, networks: Sequence[str]) -> bool:
    """An address of the open Internet, or of a network that the installation names."""
    plain = address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
    if any(plain in network for network in map(ip_network, networks) if network.version == plain.version):
        return True
    if isinstance(plain, IPv6Address):
        return plain.is_global and plain in OPEN and not any(plain in network for network in MAPPED)
    return plain.is_global and not plain.is_multicast and not any(plain in network for network in OF_CLOUDS)


def _connection(parts: SplitResult, networks: Sequence[str]) -> "_Plain":
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadFeed("unreachable") from None
    reached = [str(row[4][0]) for row in found if permitted(ip_address(str(row[4][0]).partition("%")[0]), networks)]
    if not reached:
        raise BadFeed("private_network")
    cls = _Secure if secure else _Plain
    connection = cls(host, port, timeout=TIMEOUT)
    connection.reached = reached[0]
    return connection


class _Plain(http.client.HTTPConnection):
    reached = ""  # the address that was looked at

    def connect(self) -> None:
        self.sock = socket.create_connection((self.reached, self.port), TIMEOUT)

    def cut(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # closed already, or never opened
            self.sock.shutdown(socket.SHUT_RDWR)


class _Secure(_Plain):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
