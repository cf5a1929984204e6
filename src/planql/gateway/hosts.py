"""The Host header: a server answers only under names it was given.

A page of another site that makes a browser resolve its own name to this machine (DNS rebinding)
sends that name as Host, and gets nothing.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from planql.gateway.calls import Call
from planql.gateway.codes import ErrorCode
from planql.gateway.refusals import Refusal

LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
"""The names of this machine that no other machine can be reached by."""

_HOST: Final = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")
_MOST_REMEMBERED: Final = 256
"""Headers: more than the names of any server, each in the few ways that callers write it."""


class Hosts:
    """The names that a server answers under, besides those of this machine's loopback.

    Args:
        names: Of hosts, without ports: any will do.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name.lower().encode() for name in (*LOOPBACK_HOSTS, *names))
        self._remembered: set[bytes] = set()

    def check(self, call: Call) -> None:
        """Refuse a request for another host.

        Raises:
            Refusal: 421.
        """
        host = call.headers.get(b"host", b"")
        if host not in self._remembered:
            self._require_own(host)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered.add(host)

    def _require_own(self, host: bytes) -> None:
        matched = _HOST.fullmatch(host)
        if matched is None or matched[1].lower() not in self._names:
            raise Refusal(
                HTTPStatus.MISDIRECTED_REQUEST,
                ErrorCode.HOST_NOT_ALLOWED,
                f'this server does not answer for the host "{host.decode("latin-1")[:200]}"; '
                "start it with --allowed-host to name another",
            )
