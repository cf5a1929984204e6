"""Tokens of customers: JWTs that the company's own login signs, and planql only reads.

::

    {"sub": "acme", "exp": 1781503200}      sub: the customer's key
                                            exp: required, at most an hour ahead
    nbf, iat                                never ahead of the clock, where they are given
    aud, iss                                as configured; an `aud` that is not is refused

One algorithm is taken, and it follows from the configured key, never from the token: so no token
without a signature is believed, nor one that is signed with a public key as if it were a secret.

Source: RFC 7519, RFC 8725.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from planql.errors import InvalidInput
from planql.gateway.principals import Customer

Algorithm = Literal["HS256", "RS256", "EdDSA"]

LONGEST_SECONDS: Final = 3600
"""How far ahead of the clock a token may end."""
LEEWAY_SECONDS: Final = 30
"""How far two clocks may be apart."""

_SECRET_BYTES: Final = 32
_RSA_BITS: Final = 2048
_KEY_CHARACTERS: Final = 300


class BadToken(Exception):
    """A token that is not believed; the message says why and never repeats the token."""


@dataclass(frozen=True, slots=True)
class TokenKey:
    """What tokens are checked with.

    Attributes:
        algorithm: The only one that is taken.
        key: The shared secret, or the public key.
        audience: What `aud` must name; None: tokens have none.
        issuer: What `iss` must be; None: anything.
    """

    algorithm: Algorithm
    key: bytes | RSAPublicKey | Ed25519PublicKey = field(repr=False)
    audience: str | None = None
    issuer: str | None = None


def secret_key(secret: bytes) -> tuple[Algorithm, bytes]:
    """The algorithm and the key that a shared secret stands for; blanks around it do not count.

    Raises:
        InvalidInput: `jwt-secret`, it is short enough to be guessed, or no secret but a PEM key.
    """
    stripped = secret.strip()
    if len(stripped) < _SECRET_BYTES or stripped.startswith(b"-----BEGIN"):
        raise InvalidInput(
            "jwt-secret",
            f"the secret for tokens has {len(stripped)} bytes or is a PEM key; "
            f"it must be {_SECRET_BYTES} random bytes or more",
            hint="openssl rand -base64 48 makes one; a public key goes to --jwt-public-key-file",
        )
    return "HS256", stripped


def public_key(pem: bytes) -> tuple[Algorithm, RSAPublicKey | Ed25519PublicKey]:
    """The algorithm and the key that a PEM file holds.

    Raises:
        InvalidInput: `jwt-public-key`, it is no public key of RSA (2048 bits or more) or Ed25519.
    """
    try:
        found = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        found = None
    if isinstance(found, Ed25519PublicKey):
        return "EdDSA", found
    if isinstance(found, RSAPublicKey) and found.key_size >= _RSA_BITS:
        return "RS256", found
    raise InvalidInput(
        "jwt-public-key",
        f"the key for tokens is no public key of RSA ({_RSA_BITS} bits or more) or Ed25519 in PEM",
        hint="openssl pkey -in private.pem -pubout prints the public key of a private one",
    )


def read_token(token: str, key: TokenKey, now: datetime) -> Customer:
    """The customer whom `token` was signed for.

    Raises:
        BadToken: it is not signed with the key, not valid now, or names no customer.
    """
    claims = _claims(token, key)
    _check_times(claims, now.timestamp())
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.strip() or len(subject) > _KEY_CHARACTERS:
        raise BadToken("the token has no customer's key as its sub")
    return Customer(subject)


def _claims(token: str, key: TokenKey) -> Mapping[str, object]:
    """What the token says, its signature checked; its times are not."""
    options: jwt.types.Options = {
        "verify_exp": False,
        "verify_nbf": False,
        "verify_iat": False,
        "verify_sub": False,
    }
    try:
        claims: Mapping[str, object] = jwt.decode(
            token,
            key.key,
            algorithms=[key.algorithm],
            options=options,
            audience=key.audience,
            issuer=key.issuer,
        )
    except jwt.InvalidAudienceError:
        raise BadToken("the token is for another audience") from None
    except jwt.InvalidIssuerError:
        raise BadToken("the token is from another issuer") from None
    except jwt.MissingRequiredClaimError as error:
        raise BadToken(f"the token has no {error.claim}") from None
    except jwt.PyJWTError:
        raise BadToken("the token is not signed with the key that this server knows") from None
    return claims


def _check_times(claims: Mapping[str, object], now: float) -> None:
    """Refuse a token that is not valid now, or for too long; whatever is no number is refused."""
    end = _seconds(claims, "exp")
    if end is None:
        raise BadToken("the token has no exp")
    if not now < end + LEEWAY_SECONDS:
        raise BadToken("the token has expired")
    if not end <= now + LONGEST_SECONDS + LEEWAY_SECONDS:
        raise BadToken("the token ends more than an hour from now")
    for name in ("nbf", "iat"):
        start = _seconds(claims, name)
        if start is not None and not start <= now + LEEWAY_SECONDS:
            raise BadToken("the token is not valid yet")


def _seconds(claims: Mapping[str, object], name: str) -> float | None:
    """Seconds since 1970; None when the token does not say."""
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadToken(f"the token's {name} is no number of seconds")
    return value
