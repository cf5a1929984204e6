"""API keys: made, listed by their hashes, and found again."""

import hmac
from hashlib import sha256

import pytest

from planql.errors import InvalidInput
from planql.gateway import api_keys
from planql.gateway.api_keys import (
    find_principal,
    new_api_key,
    parse_api_keys,
    require_different_names,
)
from planql.gateway.principals import Admin, Role, Server

DIGEST = sha256(b"planql_server_x").hexdigest()
LINE = f"server:checkout:sha256:{DIGEST}"


def test_a_new_key_is_found_by_its_line() -> None:
    """Whoever shows the key is who its line says; another key is nobody."""
    made = new_api_key(Role.ADMIN, "ops")
    keys = parse_api_keys(f"{LINE}\n{made.line}")
    assert made.secret.startswith("planql_admin_")
    assert find_principal(made.secret, keys) == Admin("ops")
    assert find_principal("planql_server_x", keys) == Server("checkout")
    assert find_principal(new_api_key(Role.ADMIN, "ops").secret, keys) is None
    assert find_principal("", keys) is None


def test_keys_differ_and_are_long() -> None:
    """32 random bytes are 43 characters; no two keys are equal."""
    made = {new_api_key(Role.SERVER, "a").secret for _ in range(20)}
    assert len(made) == 20
    assert {len(each) for each in made} == {len("planql_server_") + 43}


def test_nothing_shows_a_key() -> None:
    """Neither a new key nor a listed one is told when it is printed."""
    made = new_api_key(Role.SERVER, "a")
    assert made.secret not in repr(made)
    assert DIGEST not in repr(parse_api_keys(LINE))
    assert made.secret not in made.line


def test_lines_are_parted_by_blanks_and_commented() -> None:
    """A file has comments and empty lines; a variable of the environment has blanks."""
    other = LINE.replace("server:checkout", "admin:ops")
    expected = [Server("checkout"), Admin("ops")]
    for text in (f"# of 2026\n\n{LINE}  # shop\n{other}\n", f" {LINE} {other} "):
        assert [key.principal for key in parse_api_keys(text)] == expected
    assert parse_api_keys("# none yet\n") == ()


@pytest.mark.parametrize(
    "line",
    [
        "planql_server_pasted-secret",
        LINE.upper(),
        LINE[:-1],
        LINE + "0",
        LINE.replace("sha256", "md5"),
        LINE.replace("server", "customer"),
        LINE.replace("checkout", ""),
        LINE.replace("checkout", "Check"),
        f"server:checkout:sha256:{DIGEST}:more",
    ],
)
def test_another_line_is_refused_without_being_repeated(line: str) -> None:
    """A secret that was pasted in place of its line is not told to a terminal or a log."""
    with pytest.raises(InvalidInput) as caught:
        parse_api_keys(line)
    assert caught.value.code == "api-key-line"
    assert line not in caught.value.message + caught.value.hint


@pytest.mark.parametrize("name", ["", "Shop", "two words", "a:b", "x" * 65, "-a"])
def test_a_name_is_one_word(name: str) -> None:
    """A name that its line could not hold is refused when the key is made."""
    with pytest.raises(InvalidInput):
        new_api_key(Role.SERVER, name)


def test_two_keys_of_one_name_are_refused() -> None:
    """A log could not tell them apart."""
    with pytest.raises(InvalidInput, match='2 API keys are called "checkout"'):
        require_different_names(parse_api_keys(f"{LINE} {LINE}"))


def test_every_key_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one may be right: the others are compared nevertheless, by `hmac`."""
    compared: list[bytes] = []
    constant = hmac.compare_digest

    def noted(left: bytes, right: bytes) -> bool:
        compared.append(left)
        return constant(left, right)

    assert vars(api_keys)["compare_digest"] is constant
    monkeypatch.setattr(api_keys, "compare_digest", noted)
    keys = parse_api_keys(" ".join([LINE, *(new_api_key(Role.SERVER, c).line for c in "abc")]))
    assert find_principal("planql_server_x", keys) == Server("checkout")
    assert len(compared) == 4
