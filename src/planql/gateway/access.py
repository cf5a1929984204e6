"""What a server was told about who may ask: API keys, the key of tokens, origins, hosts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from planql.errors import InvalidInput
from planql.gateway.api_keys import ApiKey
from planql.gateway.customer_tokens import TokenKey

_ORIGIN: Final = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask, and from which pages.

    Attributes:
        api_keys: Of programs and administrators.
        tokens: What tokens of customers are checked with; None: there are none.
        origins: Origins of other sites' pages that may ask, each exactly as browsers send it.
        hosts: Names that the server answers under, besides those of this machine's loopback.
        webhook_secret: With what webhooks are signed; None: there are none.
    """

    api_keys: tuple[ApiKey, ...] = ()
    tokens: TokenKey | None = None
    origins: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()
    webhook_secret: bytes | None = field(default=None, repr=False)

    @property
    def is_development(self) -> bool:
        """Whether nothing tells callers apart, so that each of them is an administrator."""
        return not self.api_keys and self.tokens is None


DEVELOPMENT: Final = Access()
"""Nobody is asked who they are: for a server that only its own machine can reach."""


def read_origins(given: Iterable[str]) -> frozenset[str]:
    """The origins of pages, each exactly as browsers send it.

    Raises:
        InvalidInput: `not-an-origin`; neither `*` nor `null` is one.
    """
    for origin in given:
        if not _ORIGIN.fullmatch(origin):
            raise InvalidInput(
                "not-an-origin",
                f'"{origin}" is not an origin: scheme, host and port, such as '
                '"https://prices.example.com"',
                hint="write it in small letters, without a path or a slash at its end",
            )
    return frozenset(given)
