"""HTTP to places that the operator of the server has listed, and to no other.

- No redirect is followed: it leads to where nobody has listed.
- A name in the public name system reaches no private, loopback or link-local address, whoever changes the
  system: the addresses are looked at here, and the connection is made to one that was looked at.
- A call ends in time, also one whose answer comes drop by drop.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from kg.errors import KgError, UsageError
from server.refusal import Refusal

_PRIVATE_NAMES = ("localhost", "local", "internal", "lan", "home.arpa", "test")
"""Ends of names that no public server has (RFC 6761, RFC 6762, RFC 8375 and ICANN's ``internal``)."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Call:
    """What to send, and how much to wait and take for it."""

    iri: str
    timeout: float  # seconds, for all of it
    limit: int  # bytes of the answer
    body: bytes | None = None  # None is a GET, else a POST
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Called:
    """What has come back."""

    media_type: str  # with its parameters
    body: bytes


def check_listed(iri: str, option: str) -> None:
    """Refuse what cannot be called.

    Raises:
        UsageError: it is no address of HTTP, or has a password in it.
    """
    try:
        parts = urlsplit(iri)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or set(iri) & set('<>"{}|\\^` \t\r\n#') or "@" in parts.netloc:
        raise UsageError(f"{option}: {iri!r} is not an address of the kind https://host/path")


def call(request: Call) -> Called:
    """Call a place that is listed.

    Raises:
        Refusal: 502 or 504, it cannot be reached, refuses, redirects, or its answer is too large or too late.
    """
    connection = _connection(urlsplit(request.iri), request.timeout)
    outcome: Future[Called] = Future()
    threading.Thread(target=_settle, args=(connection, request, outcome), daemon=True).start()
    try:
        return outcome.result(request.timeout)
    except TimeoutError as error:
        _cut(connection)
        reason = f"{request.iri} has not answered within {request.timeout:g} s"
        raise Refusal(504, reason) from error


def _settle(connection: _Plain, request: Call, outcome: Future[Called]) -> None:
    try:
        with contextlib.closing(connection):
            outcome.set_result(_called(connection, request))
    except KgError as error:
        outcome.set_exception(error)
    except TimeoutError as error:
        outcome.set_exception(error)
    except (OSError, http.client.HTTPException, ValueError) as error:
        outcome.set_exception(
            Refusal(502, f"{request.iri} cannot be reached: {error or type(error).__name__}")
        )


def _called(connection: _Plain, request: Call) -> Called:
    parts = urlsplit(request.iri)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    method = "GET" if request.body is None else "POST"
    connection.request(method, target, request.body, dict(request.headers))
    with connection.getresponse() as response:
        return _taken(response, request)


def _taken(response: http.client.HTTPResponse, request: Call) -> Called:
    if 300 <= response.status < 400:
        place = response.headers.get("Location", "elsewhere")
        raise Refusal(502, f"{request.iri} redirects to {place}, which is not followed")
    body = response.read(request.limit + 1)
    if response.status != 200:
        said = body[:500].decode("utf-8", "replace").strip()
        raise Refusal(502, f"{request.iri} answers {response.status}: {said or response.reason}")
    if len(body) > request.limit:
        raise Refusal(502, f"{request.iri} answers more than {request.limit} bytes")
    return Called(response.headers.get("Content-Type", ""), body)


def _connection(parts: SplitResult, timeout: float) -> _Plain:
    kind = _Secure if parts.scheme == "https" else _Plain
    return kind(parts.hostname or "", parts.port, timeout=timeout)


class _Plain(http.client.HTTPConnection):
    reached: socket.socket | None = None  # kept, as ``sock`` goes when the head of an answer is there

    def connect(self) -> None:
        self.sock = self.reached = _reach(self.host, self.port, self.timeout)


class _Secure(_Plain, http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = self.reached = context.wrap_socket(self.sock, server_hostname=self.host)


def _reach(host: str, port: int, timeout: float | None) -> socket.socket:
    error: OSError | None = None
    for address in addresses(host, port):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as failure:
            error = failure
    raise error or OSError(f"{host} has no address")


def addresses(host: str, port: int) -> Iterator[str]:
    """Yield the addresses of a listed host at which it may be called.

    Raises:
        Refusal: 502, it has a private address that it was not listed with.
        OSError: it has none.
    """
    for _, _, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        address = str(place[0])
        if not may_reach(host, address):
            reason = f"{host} leads to {address}, a private address: list that address instead if it is meant"
            raise Refusal(502, reason)
        yield address


def may_reach(host: str, address: str) -> bool:
    """Whether a host that is listed under this name may have this address.

    An address that is listed as such, may; a name that only a private network can have, leads to private
    addresses, but not to link-local ones, where clouds keep what no query may read; any other name must lead
    to public ones.
    """
    reached = _innermost(ipaddress.ip_address(address.partition("%")[0]))
    with contextlib.suppress(ValueError):
        return _innermost(ipaddress.ip_address(host.partition("%")[0])) == reached
    if reached.is_multicast or reached.is_unspecified or reached.is_link_local:
        return False
    return reached.is_global or _is_private_name(host)


def _is_private_name(host: str) -> bool:
    name = host.lower().rstrip(".")
    return "." not in name or name.endswith(tuple(f".{end}" for end in _PRIVATE_NAMES))


def _innermost(address: Address) -> Address:
    """The address that is meant where one of version 6 wraps one of version 4."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address


def _cut(connection: _Plain) -> None:
    """End what a thread reads from, now."""
    if connection.reached is not None:
        with contextlib.suppress(OSError):
            connection.reached.shutdown(socket.SHUT_RDWR)
