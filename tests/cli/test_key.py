"""`planql key new`: a key and its line."""

import json

import pytest

from planql.cli.main import main
from planql.gateway.api_keys import find_principal, parse_api_keys
from planql.gateway.principals import Admin, Server


def test_a_key_is_printed_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The first line is the key, the last one what a server is told of it."""
    assert main(["key", "new", "checkout"]) == 0
    secret, *_, line = capsys.readouterr().out.splitlines()
    assert find_principal(secret, parse_api_keys(line)) == Server("checkout")


def test_a_key_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """For programs, with the same two members."""
    assert main(["key", "new", "ops", "--for", "admin", "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert find_principal(made["key"], parse_api_keys(made["line"])) == Admin("ops")


def test_each_key_is_another(capsys: pytest.CaptureFixture[str]) -> None:
    """The same name gives another key the next time."""
    for _ in range(2):
        main(["key", "new", "checkout"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] != lines[4]


def test_a_name_of_two_words_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong use, told without a traceback."""
    assert main(["key", "new", "two words"]) == 2
    assert "API keys" in capsys.readouterr().err
