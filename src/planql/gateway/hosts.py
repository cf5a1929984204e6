"""The Host header: a server answers only under names it was given.

A page of another site that makes a browser resolve its own name to this machine (DNS rebinding)
sends that name as Host, and gets nothing.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from planql.gateway.codes import ErrorCode
from planql.gateway.endpoint import refused
from planql.gateway.refusals import Refusal

LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
"""The names of this machine that no other machine can be reached by."""

_HOST: Final = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")


class AllowedHosts:
    """ASGI middleware that refuses requests for other hosts; any port will do."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and not self._allows(Headers(scope=scope).getlist("host")):
            return await refused(_misdirected(Headers(scope=scope).get("host", ""))).send(send)
        return await self._app(scope, receive, send)

    def _allows(self, given: list[str]) -> bool:
        matched = _HOST.fullmatch(given[0]) if len(given) == 1 else None
        return matched is not None and matched["name"].lower() in self._hosts


def _misdirected(host: str) -> Refusal:
    return Refusal(
        HTTPStatus.MISDIRECTED_REQUEST,
        ErrorCode.HOST_NOT_ALLOWED,
        f'this server does not answer for the host "{host[:200]}"; '
        "start it with --allowed-host to name another",
    )
