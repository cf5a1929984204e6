"""Who sent a request: `Authorization: Bearer` with an API key or a token, and nothing else.

::

    no header             --> Anonymous
    planql_server_...     --> Server      an API key, by its hash
    planql_admin_...      --> Admin
    a JWT                 --> Customer    by its `sub`
    anything else         --> 401

A key or a token that is not good is never taken for none. There are no cookies, so no page can
make a browser speak for someone. A server that was told of no keys takes every caller for an
administrator; `planql serve` lets such a one listen on loopback only.

Source: RFC 6750.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from planql.gateway.access import Access
from planql.gateway.api_keys import PREFIX, find_principal
from planql.gateway.customer_tokens import BadToken, read_token
from planql.gateway.endpoint import refused
from planql.gateway.principals import Admin, Anonymous, Principal, name_principal
from planql.gateway.refusals import Refusal, unauthenticated

_BEARER: Final = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)
_CHARACTERS: Final = 8_192
_DEVELOPER: Final = Admin("development")


class Authentication:
    """ASGI middleware that says who sent a request, or refuses it."""

    def __init__(self, app: ASGIApp, access: Access, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._access = access
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its principal, or refuse it."""
        if scope["type"] == "http":
            try:
                given = Headers(scope=scope).getlist("authorization")
                name_principal(scope, identify(given, self._access, self._clock()))
            except Refusal as refusal:
                return await refused(refusal).send(send)
        return await self._app(scope, receive, send)


def identify(given: Sequence[str], access: Access, now: datetime) -> Principal:
    """Who sent the `Authorization` headers in `given`.

    Raises:
        Refusal: 401, they show something that is not good.
    """
    if access.is_development:
        return _DEVELOPER
    if not given:
        return Anonymous()
    found = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
    if found is None or len(given[0]) > _CHARACTERS:
        raise unauthenticated("send one header: Authorization: Bearer, and a key or a token")
    return _principal(found[1], access, now)


def _principal(credential: str, access: Access, now: datetime) -> Principal:
    if credential.startswith(PREFIX):
        holder = find_principal(credential, access.api_keys)
        if holder is None:
            raise unauthenticated("this server does not know the API key")
        return holder
    if access.tokens is None:
        raise unauthenticated("this server takes no tokens")
    try:
        return read_token(credential, access.tokens, now)
    except BadToken as error:
        raise unauthenticated(str(error)) from None
