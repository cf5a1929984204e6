"""Who may ask a server, as its options and its environment say."""

from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from planql.cli.access_options import access_options, read_access
from planql.errors import InvalidInput
from planql.gateway.access import Access
from planql.gateway.api_keys import new_api_key
from planql.gateway.principals import Admin, Role, Server

CHECKOUT = new_api_key(Role.SERVER, "checkout").line
OPS = new_api_key(Role.ADMIN, "ops").line
SECRET = "x" * 40


@click.command()
@access_options
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:  # noqa: ANN401 - click's values
    """Reads the options."""
    context.obj.append(read_access(**options))


def read(*arguments: object, **environment: str) -> Access:
    """What is read from arguments and environment."""
    found: list[Access] = []
    runner = CliRunner(env={f"PLANQL_{name}": value for name, value in environment.items()})
    result = runner.invoke(command, [str(each) for each in arguments], obj=found)
    if isinstance(result.exception, InvalidInput):
        raise result.exception
    assert result.exception is None, result.output
    return found[0]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with keys in files."""
    public = Ed25519PrivateKey.generate().public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "keys.txt").write_text(f"# keys\n{CHECKOUT}  # shop\n", encoding="utf-8")
    (tmp_path / "none.txt").write_text("# none yet\n", encoding="utf-8")
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    (tmp_path / "public.pem").write_bytes(pem)
    return tmp_path


def test_without_options_it_is_development_mode() -> None:
    """Nothing tells callers apart."""
    assert read().is_development
    assert read("--cors-origin", "http://localhost:5173").is_development


def test_keys_come_from_a_file_and_from_options(files: Path) -> None:
    """Both lists count together."""
    access = read("--api-keys-file", files / "keys.txt", "--api-key", OPS)
    assert [key.principal for key in access.api_keys] == [Server("checkout"), Admin("ops")]
    assert not access.is_development


def test_the_environment_says_the_same(files: Path) -> None:
    """Every option has its variable; several values are parted by blanks."""
    access = read(
        API_KEYS=f"{CHECKOUT} {OPS}",
        JWT_SECRET_FILE=str(files / "secret"),
        JWT_AUDIENCE="planql",
        JWT_ISSUER="https://login",
        CORS_ORIGINS="https://a.example https://b.example",
    )
    assert len(access.api_keys) == 2
    assert access.tokens is not None
    assert access.tokens.key == SECRET.encode()
    assert (access.tokens.audience, access.tokens.issuer) == ("planql", "https://login")
    assert access.origins == {"https://a.example", "https://b.example"}


def test_a_public_key_says_how_tokens_are_signed(files: Path) -> None:
    """Tokens alone are enough to tell callers apart."""
    access = read("--jwt-public-key-file", files / "public.pem")
    assert access.tokens is not None
    assert access.tokens.algorithm == "EdDSA"
    assert not access.is_development


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--api-keys-file", "none.txt"], "no-api-keys"),
        (["--api-keys-file", "secret"], "api-key-line"),
        (["--api-keys-file", "keys.txt", "--api-key", CHECKOUT], "api-key-twice"),
        (["--jwt-secret-file", "secret", "--jwt-public-key-file", "public.pem"], "jwt-key"),
        (["--jwt-audience", "planql"], "jwt-key"),
        (["--jwt-issuer", "https://login"], "jwt-key"),
        (["--jwt-secret-file", "none.txt"], "jwt-secret"),
        (["--jwt-public-key-file", "secret"], "jwt-public-key"),
        (["--cors-origin", "*"], "not-an-origin"),
    ],
)
def test_a_mistake_never_becomes_development_mode(
    files: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str
) -> None:
    """A file without keys, or half of what tokens need, is refused; no message has a secret."""
    monkeypatch.chdir(files)
    with pytest.raises(InvalidInput) as caught:
        read(*arguments)
    assert caught.value.code == code
    assert SECRET not in caught.value.message + caught.value.hint
