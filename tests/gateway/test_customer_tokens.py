"""Tokens of customers: which are believed, and what forgers try."""

import base64
import hmac
import json
from dataclasses import dataclass, field
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as elliptic_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from tests.gateway.credentials import NOW, SECRET, token

from planql.errors import InvalidInput
from planql.gateway.customer_tokens import (
    Algorithm,
    BadToken,
    TokenKey,
    public_key,
    read_token,
    secret_key,
)
from planql.gateway.principals import Customer

CASES = Path(__file__).resolve().parents[1] / "cases" / "gateway" / "tokens.json"
START = int(NOW.timestamp())
KEY = TokenKey("HS256", SECRET)
GOOD = {"sub": "acme", "exp": START + 600}


@dataclass(frozen=True)
class Case:
    """What a token says, its times in seconds from now, and why it is believed or not."""

    name: str
    because: str
    claims: dict[str, Any]
    raw: dict[str, Any] = field(default_factory=dict)
    payload: str = ""
    audience: str | None = None
    issuer: str | None = None
    refused: str = ""

    def text(self) -> str:
        """The payload of the token."""
        times = {
            name: START + self.claims[name] for name in ("exp", "nbf", "iat") if name in self.claims
        }
        return self.payload or json.dumps({**self.claims, **times, **self.raw})


def part(text: str | bytes) -> str:
    """A part of a token."""
    given = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(given).rstrip(b"=").decode()


def forged(header: object, payload: object, secret: bytes = SECRET, digest: Any = sha256) -> str:  # noqa: ANN401 - hashlib's
    """A token put together by hand, signed with an HMAC."""
    text = payload if isinstance(payload, str) else json.dumps(payload)
    signed = f"{part(json.dumps(header))}.{part(text)}"
    return f"{signed}.{part(hmac.new(secret, signed.encode(), digest).digest())}"


def load() -> list[Any]:
    """The cases of the file."""
    found = [Case(**each) for each in json.loads(CASES.read_text(encoding="utf-8"))]
    return [pytest.param(case, id=case.name) for case in found]


@pytest.mark.parametrize("case", load())
def test_a_token_is_believed_as_its_case_says(case: Case) -> None:
    """Times, customer, audience and issuer are judged at their exact bounds."""
    given = forged({"alg": "HS256", "typ": "JWT"}, case.text())
    key = TokenKey("HS256", SECRET, case.audience, case.issuer)
    if not case.refused:
        assert read_token(given, key, NOW) == Customer("acme")
        return
    with pytest.raises(BadToken, match=case.refused):
        read_token(given, key, NOW)


@pytest.fixture(scope="module")
def rsa() -> RSAPrivateKey:
    """A private key of RSA."""
    return generate_private_key(65537, 2048)


def pem(private: Any) -> bytes:  # noqa: ANN401 - any private key
    """Its public key in PEM."""
    found: bytes = private.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    return found


def test_tokens_are_signed_by_rsa_or_ed25519(rsa: RSAPrivateKey) -> None:
    """The public key says which of the two is taken."""
    edwards = Ed25519PrivateKey.generate()
    signers: list[tuple[Any, Algorithm]] = [(rsa, "RS256"), (edwards, "EdDSA")]
    for private, algorithm in signers:
        key = TokenKey(*public_key(pem(private)))
        assert key.algorithm == algorithm
        assert read_token(jwt.encode(GOOD, private, algorithm), key, NOW) == Customer("acme")


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "", None, 7, ["HS256"]])
@pytest.mark.parametrize("signature", ["", "AA", "keep"])
def test_a_token_without_a_signature_is_not_believed(name: object, signature: str) -> None:
    """`alg: none`, however it is written and whatever stands where the signature should."""
    given = forged({"alg": name}, GOOD)
    unsigned = given if signature == "keep" else given.rpartition(".")[0] + "." + signature
    with pytest.raises(BadToken):
        read_token(unsigned, KEY, NOW)


def test_a_public_key_is_no_secret(rsa: RSAPrivateKey) -> None:
    """A token signed by HMAC with the text of the public key, which everyone has, is refused."""
    key = TokenKey(*public_key(pem(rsa)))
    for secret in (pem(rsa), pem(rsa).strip(), pem(rsa).replace(b"\n", b"")):
        with pytest.raises(BadToken):
            read_token(forged({"alg": "HS256"}, GOOD, secret), key, NOW)


def test_only_the_configured_algorithm_is_taken(rsa: RSAPrivateKey) -> None:
    """Neither a longer hash, nor another kind of key, nor one that the token brings along."""
    with pytest.raises(BadToken):
        read_token(forged({"alg": "HS512"}, GOOD, digest=sha512), KEY, NOW)
    with pytest.raises(BadToken):
        read_token(jwt.encode(GOOD, rsa, "RS256"), KEY, NOW)
    with pytest.raises(BadToken):
        read_token(jwt.encode(GOOD, rsa, "PS256"), TokenKey(*public_key(pem(rsa))), NOW)
    brought = {"alg": "HS256", "jwk": {"kty": "oct", "k": part(b"x" * 32)}, "kid": "../../dev/null"}
    with pytest.raises(BadToken):
        read_token(forged(brought, GOOD, b"x" * 32), KEY, NOW)


def test_another_key_or_another_word_is_not_believed() -> None:
    """A wrong secret, and a payload that was changed after it was signed."""
    with pytest.raises(BadToken, match="not signed with the key"):
        read_token(forged({"alg": "HS256"}, GOOD, b"y" * 45), KEY, NOW)
    header, _, signature = token().split(".")
    changed = ".".join([header, part(json.dumps({**GOOD, "sub": "other"})), signature])
    with pytest.raises(BadToken, match="not signed with the key"):
        read_token(changed, KEY, NOW)


@pytest.mark.parametrize(
    "given",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        "e30.e30.",
        part("[]") + ".e30.e30",
        part("{") + ".e30.e30",
        "e30." * 500,
        part("[" * 3000) + ".e30.e30",
        "eyJhbGciOiJIUzI1NiJ9.bnVsbA.AA",
    ],
)
def test_what_is_no_token_is_not_believed(given: str) -> None:
    """Whatever it is, it is refused, and never a defect."""
    with pytest.raises(BadToken):
        read_token(given, KEY, NOW)


@pytest.mark.parametrize("payload", ["[]", "null", "7", '"acme"', "{", "", "[" * 5000])
def test_a_signed_token_that_says_nothing_is_not_believed(payload: str) -> None:
    """The payload must be an object, even of whoever has the key."""
    with pytest.raises(BadToken):
        read_token(forged({"alg": "HS256"}, payload), KEY, NOW)


@pytest.mark.parametrize(
    "header", [{"crit": ["exp"]}, {"b64": False}, {"b64": False, "crit": ["b64"]}]
)
def test_what_a_token_demands_and_nobody_knows_is_refused(header: dict[str, Any]) -> None:
    """RFC 7515 4.1.11: a header that must be understood, and is not."""
    with pytest.raises(BadToken):
        read_token(forged({"alg": "HS256", **header}, GOOD), KEY, NOW)


@pytest.mark.parametrize("secret", [b"", b"short", b" " * 40, b"x" * 31, b"\n" + b"x" * 31 + b"\n"])
def test_a_short_secret_is_refused(secret: bytes) -> None:
    """31 bytes can be guessed sooner than the hash; blanks around them do not count."""
    with pytest.raises(InvalidInput) as caught:
        secret_key(secret)
    assert caught.value.code == "jwt-secret"
    assert b"x" * 31 not in caught.value.message.encode()


def test_a_secret_is_its_file_without_the_last_line_end() -> None:
    """32 bytes will do."""
    assert secret_key(b"x" * 32 + b"\n") == ("HS256", b"x" * 32)


def test_a_key_in_the_wrong_place_is_refused(rsa: RSAPrivateKey) -> None:
    """A public key is no secret; a private, a weak, an elliptic one or no key is no public key."""
    with pytest.raises(InvalidInput, match="PEM"):
        secret_key(pem(rsa))
    private = rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    weak = pem(generate_private_key(65537, 1024))  # noqa: S505 - it is refused
    elliptic = pem(elliptic_key(SECP256R1()))
    for wrong in (private, weak, elliptic, b"", SECRET, pem(rsa)[:80]):
        with pytest.raises(InvalidInput) as caught:
            public_key(wrong)
        assert caught.value.code == "jwt-public-key"


def test_a_key_is_not_told_when_it_is_printed() -> None:
    """What a log shows of the settings holds no secret."""
    assert SECRET.decode() not in repr(KEY)
