"""JSON in parts."""

import orjson
import pytest

from planql.gateway.compiled.parts import fragment, written_in_parts

LONG = orjson.dumps("long" * 10_000)


def test_long_texts_are_parts_of_their_own() -> None:
    """They go out as they are, wherever they stand; the others are copied."""
    value = {"a": fragment(LONG), "b": [fragment(b"1"), fragment(LONG)], "c": "\0"}
    parts = written_in_parts(value)
    assert [part is LONG for part in parts] == [False, True, False, True, False]
    text = LONG.decode()
    assert b"".join(parts).decode() == f'{{"a":{text},"b":[1,{text}],"c":"\\u0000"}}'


def test_short_texts_are_one_part() -> None:
    """Copying them costs less than sending them on their own."""
    assert written_in_parts([fragment(b"{}")]) == (b"[{}]",)


def test_what_is_no_json_is_refused() -> None:
    """As without parts."""
    with pytest.raises(TypeError):
        written_in_parts(object())
