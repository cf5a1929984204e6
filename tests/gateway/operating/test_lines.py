"""Ids of requests, what is taken out of lines, and how lines are written."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from planql.gateway.operating.log_lines import LogFormat, configure_logging, fields
from planql.gateway.operating.redaction import redacted
from planql.gateway.operating.request_ids import request_id


@pytest.mark.parametrize("given", [b"a", b"9f3c-1.x_Y", b"a" * 64])
def test_a_sane_id_is_kept(given: bytes) -> None:
    """Letters, digits, dots, hyphens and underscores, up to 64."""
    assert request_id(given) == given.decode()


@pytest.mark.parametrize("given", [None, b"", b"a" * 65, b"a b", b"a\nb", b"-a", b'"', b"\xff"])
def test_any_other_is_replaced(given: bytes | None) -> None:
    """A fresh one has 16 hexadecimal digits, and is another each time."""
    assert len(request_id(given)) == 16
    assert request_id(given) != request_id(given)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("key planql_server_abc-DEF_1 came", "key [redacted] came"),
        ("/planql_admin_x/y", "/[redacted]"),
        ('"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln"', '"[redacted]"'),
        ("Authorization: Bearer abcdefgh12", "Authorization: Bearer [redacted]"),
        ("authorization: basic dXNlcjpwYXNz", "authorization: basic [redacted]"),
        ("postgresql://planql:pass@db/planql", "postgresql://[redacted]@db/planql"),
        ("https://prices.example.com/a?b=c", "https://prices.example.com/a?b=c"),
        ("the bearer of bad news", "the bearer of bad news"),
        ("planql_requests_total", "planql_requests_total"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str, left: str) -> None:
    """API keys, tokens, bearers and passwords in addresses; nothing else."""
    assert redacted(text) == left


@pytest.fixture
def root() -> Iterator[StringIO]:
    """Where the log is written to; afterwards logging is as it was."""
    top, planql = logging.getLogger(), logging.getLogger("planql")
    before = (top.handlers[:], top.level, planql.level)
    top.handlers[:] = []
    yield StringIO()
    top.handlers[:], level, of_planql = before
    top.setLevel(level)
    planql.setLevel(of_planql)
    logging.captureWarnings(capture=False)


def test_json_has_one_object_per_line(root: StringIO) -> None:
    """Time, level, logger, message, own fields, and the traceback of a defect in one text."""
    configure_logging(LogFormat.JSON, "info", root)
    logging.getLogger("planql.x").debug("not this")
    logging.getLogger("uvicorn.error").info("nor this")
    logging.getLogger("uvicorn.error").warning("two\nlines")
    try:
        int("planql_admin_secret")
    except ValueError:
        known = fields(request_id="r1")
        logging.getLogger("planql.x").exception("request %s", "r1", extra=known)
    told = [json.loads(line) for line in root.getvalue().splitlines()]
    assert [each["message"] for each in told] == ["two\nlines", "request r1"]
    assert (told[1]["level"], told[1]["request_id"]) == ("error", "r1")
    assert told[1]["time"].endswith("Z")
    assert "ValueError" in told[1]["traceback"]
    assert "secret" not in root.getvalue()


def test_nobody_can_make_up_a_line_of_text(root: StringIO) -> None:
    """What follows a line end is indented, and what moves a cursor is replaced."""
    configure_logging(LogFormat.TEXT, "debug", root)
    logging.getLogger("planql.x").debug("a\n2026 info b\r\x1b[1mc")
    try:
        int("x")
    except ValueError:
        logging.getLogger("planql.x").exception("defect")
    first, second, *_ = root.getvalue().splitlines()
    assert first.endswith("debug a")
    assert second == "    2026 info b??[1mc"
    assert all(line[0] in "2 " for line in root.getvalue().splitlines())


@pytest.mark.parametrize("form", LogFormat)
def test_secrets_that_look_like_nothing_are_taken_out(root: StringIO, form: LogFormat) -> None:
    """Those that the server was told, wherever they stand in a line."""
    configure_logging(form, "info", root, secrets=['plain"words'])
    logging.getLogger("planql.x").info('GET /plain"words 404', extra=fields(path='/plain"words'))
    assert "words" not in root.getvalue()
    assert root.getvalue().count("[redacted]") == (2 if form is LogFormat.JSON else 1)
