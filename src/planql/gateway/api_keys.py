"""API keys: what programs and administrators show; only their hashes are known to a server.

A key is `planql_<role>_` and 32 random bytes as text. A server is told one line per key::

    server:checkout:sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

A plain hash is enough: nobody can try all keys of 32 random bytes, as they could all passwords.
"""

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from typing import Final, Literal

from planql.errors import InvalidInput
from planql.gateway.principals import Admin, Role, Server

KeyRole = Literal[Role.SERVER, Role.ADMIN]
"""Who has an API key."""

PREFIX: Final = "planql_"
"""How every key begins, so that scanners for secrets find it, and no token is taken for one."""

_LINE: Final = re.compile(
    r"(?P<role>server|admin):(?P<name>[a-z0-9][a-z0-9._-]{0,63}):sha256:(?P<digest>[0-9a-f]{64})"
)
_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What a server knows of a key.

    Attributes:
        principal: Who shows it.
        digest: SHA-256 of the key.
    """

    principal: Server | Admin
    digest: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key that was just made.

    Attributes:
        secret: The key itself, which is kept nowhere.
        line: What a server is told of it.
    """

    secret: str = field(repr=False)
    line: str


def new_api_key(role: KeyRole, name: str) -> NewApiKey:
    """A fresh key.

    Raises:
        InvalidInput: `api-key-line`, the name has other characters than a-z, 0-9 and ". _ -".
    """
    secret = f"{PREFIX}{role.value}_{secrets.token_urlsafe(_BYTES)}"
    line = f"{role.value}:{name}:sha256:{_digest(secret).hex()}"
    _api_key(line)
    return NewApiKey(secret, line)


def parse_api_keys(text: str) -> tuple[ApiKey, ...]:
    """The keys that `text` lists: one a line, or parted by blanks; `#` begins a comment.

    Raises:
        InvalidInput: `api-key-line`, a line says something else.
    """
    return tuple(_api_key(entry) for entry in _entries(text))


def require_different_names(keys: tuple[ApiKey, ...]) -> tuple[ApiKey, ...]:
    """`keys`, each of which has a name of its own, so that a log can tell them apart.

    Raises:
        InvalidInput: `api-key-twice`.
    """
    names = Counter(key.principal.name for key in keys)
    for name, count in names.items():
        if count > 1:
            raise InvalidInput("api-key-twice", f'{count} API keys are called "{name}"')
    return keys


def find_principal(secret: str, keys: Iterable[ApiKey]) -> Server | Admin | None:
    """Who shows `secret`; how long it takes tells nothing about the keys."""
    digest = _digest(secret)
    found = [key.principal for key in keys if compare_digest(key.digest, digest)]
    return found[0] if found else None


def _entries(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from line.partition("#")[0].split()


def _api_key(line: str) -> ApiKey:
    found = _LINE.fullmatch(line)
    if found is None:
        # A key that was pasted in place of its hash is not repeated in a message or a log.
        raise InvalidInput(
            "api-key-line",
            "a line of API keys is not <server or admin>:<name>:sha256:<64 hexadecimal digits>",
            hint="planql key new prints a key and its line",
        )
    kind = Server if found["role"] == Role.SERVER else Admin
    return ApiKey(kind(found["name"]), bytes.fromhex(found["digest"]))


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
