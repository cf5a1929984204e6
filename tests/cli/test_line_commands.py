"""A JSON document per line in, one per line out, whatever the lines hold."""

import io
import json
from typing import Any

import pytest

from planql.cli.line_commands import answer_lines
from planql.errors import InvalidInput


def echo(document: object) -> dict[str, object]:
    """Answer a document with itself; refuse `"refuse"`, fail on `"fail"`."""
    if document == "refuse":
        raise InvalidInput("a-code", '"refuse" is refused', pointer="/x")
    if document == "fail":
        raise ZeroDivisionError("one over nothing")
    return {"got": document if isinstance(document, str | list | int) else str(document)}


def answers(source: bytes) -> list[Any]:
    """The answers to the lines of `source`."""
    target = io.BytesIO()
    answer_lines(echo, io.BytesIO(source), target)
    return [json.loads(line) for line in target.getvalue().splitlines()]


def test_every_line_is_answered_in_order() -> None:
    """Answers stand in the order of their lines; the last line needs no end."""
    assert answers(b'"a"\n[1]\n"c"') == [{"got": "a"}, {"got": [1]}, {"got": "c"}]


def test_blank_lines_are_ignored() -> None:
    """A line of nothing but spaces is no document; line ends of either kind do."""
    assert answers(b'\n  \r\n"a"\r\n\t\n') == [{"got": "a"}]


def test_a_refusal_takes_the_place_of_its_answer() -> None:
    """A bad line is answered with code, message and pointer, and the run goes on."""
    error = {"code": "a-code", "message": '"refuse" is refused', "pointer": "/x"}
    assert answers(b'"refuse"\n"b"\n') == [{"error": error}, {"got": "b"}]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "json-syntax"),
        (b'{"a": 1, "a": 2}', "repeated-key"),
        (b'"\xfc"', "not-utf-8"),
        (b"NaN", "json-syntax"),
    ],
)
def test_what_is_not_json_is_an_error_of_its_line(line: bytes, code: str) -> None:
    """Text that cannot be read spoils its own line only."""
    first, second = answers(line + b'\n"b"\n')
    assert first["error"]["code"] == code
    assert second == {"got": "b"}


def test_a_defect_does_not_end_the_run() -> None:
    """An exception nobody expected is answered as `internal-error`, without a traceback."""
    first, second = answers(b'"fail"\n"b"\n')
    assert first["error"]["code"] == "internal-error"
    assert "ZeroDivisionError" in first["error"]["message"]
    assert second == {"got": "b"}


def test_numbers_are_read_exactly() -> None:
    """A number keeps every digit that was written."""
    assert answers(b"0.30000000000000000000000001\n") == [{"got": "0.30000000000000000000000001"}]


def test_text_goes_out_as_utf_8() -> None:
    """Text is not escaped, except for what UTF-8 cannot say."""
    target = io.BytesIO()
    answer_lines(lambda _: {"a": "ü", "b": "\ud800"}, io.BytesIO(b"1\n"), target)
    assert target.getvalue() == '{"a": "ü", "b": "\\ud800"}\n'.encode()


def test_every_answer_is_sent_at_once() -> None:
    """Each answer is flushed before the next line is read."""
    flushed: list[int] = []

    class Target(io.BytesIO):
        def flush(self) -> None:
            flushed.append(len(self.getvalue().splitlines()))

    target = Target()
    answer_lines(echo, io.BytesIO(b"1\n2\n"), target)
    assert flushed[:2] == [1, 2]
