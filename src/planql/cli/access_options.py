"""The options that say who may ask a server, and what is read from them."""

from pathlib import Path
from typing import Final

import click

from planql.cli.option_groups import OptionGroup
from planql.errors import InvalidInput
from planql.gateway.access import Access, read_origins
from planql.gateway.api_keys import ApiKey, parse_api_keys, require_different_names
from planql.gateway.customer_tokens import TokenKey, public_key, secret_key

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)

access_options: Final = OptionGroup(
    click.option(
        "--api-keys-file",
        type=_FILE,
        envvar="PLANQL_API_KEYS_FILE",
        show_envvar=True,
        help="File of API keys of programs and administrators: a line of `planql key new` each.",
    ),
    click.option(
        "--api-key",
        "api_keys",
        multiple=True,
        envvar="PLANQL_API_KEYS",
        show_envvar=True,
        help="Such a line; may be repeated. In the environment they are parted by blanks.",
    ),
    click.option(
        "--jwt-secret-file",
        type=_FILE,
        envvar="PLANQL_JWT_SECRET_FILE",
        show_envvar=True,
        help="File of the secret that customers' tokens are signed with (HS256), 32 bytes or more.",
    ),
    click.option(
        "--jwt-public-key-file",
        type=_FILE,
        envvar="PLANQL_JWT_PUBLIC_KEY_FILE",
        show_envvar=True,
        help="Or: PEM file of the public key that belongs to their signer (RS256 or EdDSA).",
    ),
    click.option(
        "--jwt-audience",
        envvar="PLANQL_JWT_AUDIENCE",
        show_envvar=True,
        help="What `aud` of a token must name; without it, tokens have no `aud`.",
    ),
    click.option(
        "--jwt-issuer",
        envvar="PLANQL_JWT_ISSUER",
        show_envvar=True,
        help="What `iss` of a token must be.",
    ),
    click.option(
        "--allowed-host",
        "hosts",
        multiple=True,
        envvar="PLANQL_ALLOWED_HOSTS",
        show_envvar=True,
        help="A name to answer under, besides localhost; may be repeated.",
    ),
    click.option(
        "--cors-origin",
        "origins",
        multiple=True,
        envvar="PLANQL_CORS_ORIGINS",
        show_envvar=True,
        help="Origin of a page that may ask from a browser; may be repeated.",
    ),
)
"""The options of `read_access`, in this order in the help."""


def read_access(  # noqa: PLR0913 - one per option
    *,
    api_keys_file: Path | None,
    api_keys: tuple[str, ...],
    jwt_secret_file: Path | None,
    jwt_public_key_file: Path | None,
    jwt_audience: str | None,
    jwt_issuer: str | None,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
) -> Access:
    """Who may ask, as the options say.

    Raises:
        InvalidInput: an option does not say what it should; no message repeats a secret.
    """
    # A file without keys must not turn into development mode.
    listed = _listed(api_keys_file) if api_keys_file else ()
    keys = require_different_names((*listed, *parse_api_keys("\n".join(api_keys))))
    token_key = None
    match jwt_secret_file, jwt_public_key_file:
        case Path() as path, None:
            token_key = TokenKey(*secret_key(path.read_bytes()), jwt_audience, jwt_issuer)
        case None, Path() as path:
            token_key = TokenKey(*public_key(path.read_bytes()), jwt_audience, jwt_issuer)
        case (None, None) if not (jwt_audience or jwt_issuer):
            pass
        case _:
            raise InvalidInput(
                "jwt-key",
                "tokens are checked with one key: --jwt-secret-file or --jwt-public-key-file",
            )
    return Access(keys, token_key, read_origins(origins), hosts)


def _listed(path: Path) -> tuple[ApiKey, ...]:
    keys = parse_api_keys(path.read_text(encoding="utf-8", errors="replace"))
    if not keys:
        raise InvalidInput(
            "no-api-keys",
            f'there is no API key in "{path}"',
            hint="planql key new prints a key and its line",
        )
    return keys
