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
from collections.abc import Callable
from datetime import datetime
from typing import Final

from planql.gateway.access import Access
from planql.gateway.api_keys import PREFIX, find_principal
from planql.gateway.calls import Call
from planql.gateway.customer_tokens import BadToken, read_token
from planql.gateway.principals import Admin, Anonymous, Principal
from planql.gateway.refusals import unauthenticated

_BEARER: Final = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)
_CHARACTERS: Final = 8_192
_DEVELOPER: Final = Admin("development")
_NOBODY: Final = Anonymous()


class Authentication:
    """Says who sent a request, or refuses it.

    Args:
        access: Who may ask.
        clock: Gives the present instant.
    """

    def __init__(self, access: Access, clock: Callable[[], datetime]) -> None:
        self._access = access
        self._clock = clock
        self._unnamed = _unnamed(access)

    def identify(self, call: Call) -> None:
        """Write into a request who sent it.

        Raises:
            Refusal: 401, it shows something that is not good.
        """
        principal = self._unnamed
        if b"authorization" in call.headers:
            principal = identify(call.header(b"authorization"), self._access, self._clock())
        call.principal = principal
        call.note.role = principal.role


def identify(given: str | None, access: Access, now: datetime) -> Principal:
    """Who sent the header `Authorization`; None: it was not sent.

    Raises:
        Refusal: 401, they show something that is not good.
    """
    if given is None or access.is_development:
        return _unnamed(access)
    found = _BEARER.fullmatch(given)
    if found is None or len(given) > _CHARACTERS:
        raise unauthenticated("send one header: Authorization: Bearer, and a key or a token")
    return _principal(found[1], access, now)


def _unnamed(access: Access) -> Principal:
    """Who sent a request that does not say so."""
    return _DEVELOPER if access.is_development else _NOBODY


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
