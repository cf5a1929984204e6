"""Where values, names and mistakes stand in a JSON text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planql.entity import parse_json
from planql.errors import InvalidInput
from planql.sources.json_positions import Positions, Spot, spot_after

FAULTS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/json_text/faults.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]

PLAN = """{
  "key": "pro",
  "charges": [
    {"key": "fee", "model": {"type": "flat", "amount": "1"}},
    {"key": "\\u0061/b~c"}
  ],
  "a/b~c": null
}
"""


@pytest.mark.parametrize("case", FAULTS, ids=[case["about"] for case in FAULTS])
def test_says_where_and_how_a_text_is_not_json(case: dict[str, Any]) -> None:
    """The first fault of a text has its line, its column, a sentence and a hint."""
    (fault,) = Positions(case["text"]).mistakes
    assert fault.mistake.code == case["code"]
    assert (fault.spot.line, fault.spot.column) == (case["line"], case["column"])
    assert (fault.mistake.message, fault.mistake.hint) == (case["message"], case["hint"])


@pytest.mark.parametrize("case", FAULTS, ids=[case["about"] for case in FAULTS])
def test_agrees_with_the_parser_on_the_kind_of_fault(case: dict[str, Any]) -> None:
    """What one refuses the other refuses, with the same code."""
    with pytest.raises(InvalidInput) as refused:
        parse_json(case["text"])
    assert refused.value.code == case["code"]


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/key", 2, 10),
        ("/charges", 3, 14),
        ("/charges/0", 4, 5),
        ("/charges/0/model/amount", 4, 56),
        ("/charges/1/key", 5, 13),
        ("/a~1b~0c", 7, 12),
    ],
)
def test_finds_the_first_character_of_each_value(pointer: str, line: int, column: int) -> None:
    """A pointer leads to the line and column at which its value begins."""
    assert Positions(PLAN).spot(pointer) == Spot(line, column)


def test_finds_the_name_of_a_member() -> None:
    """A member's name stands at its opening quote."""
    assert Positions(PLAN).spot("/charges/0/model", at_name=True) == Spot(4, 20)


def test_has_no_name_for_an_item() -> None:
    """An item of a list has no name, so its value is what is pointed at."""
    assert Positions(PLAN).spot("/charges/1", at_name=True) == Spot(5, 5)


def test_points_at_the_holder_of_what_is_missing() -> None:
    """A missing member is reported where the object that lacks it begins."""
    assert Positions(PLAN).spot("/charges/0/model/tiers/3/up_to") == Spot(4, 29)


def test_is_a_mapping_from_pointers_to_lines() -> None:
    """Every value of a document has its line; nothing else has."""
    positions = Positions(PLAN)
    assert positions["/charges/1"] == 5
    assert len(positions) == len(list(positions)) == 11
    assert "/charges/2" not in positions


def test_counts_characters_not_bytes() -> None:
    """A letter of two bytes and an emoji of four are one column each."""
    assert Positions('["äö🚀", 1]').spot("/1") == Spot(1, 9)


def test_counts_lines_at_line_feeds() -> None:
    """A carriage return before a line feed ends no line of its own."""
    positions = Positions('{\r\n  "a": 1,\r\n  "b": 2\r\n}')
    assert positions.spot("/b") == Spot(3, 8)


def test_gives_both_places_of_a_repeated_member() -> None:
    """The second of two equal names is reported, the first is related, and reading goes on."""
    first, second = Positions('{"a": {"x": 1}, "a": {"x": 2}, "b": 1, "b": 2}').mistakes
    assert (first.mistake.pointer, first.spot, first.related) == ("/a", Spot(1, 17), (Spot(1, 2),))
    assert (second.mistake.pointer, second.spot) == ("/b", Spot(1, 40))


def test_reads_the_last_of_repeated_members() -> None:
    """The place of a repeated member is the one whose value counts."""
    assert Positions('{"a": 1, "a": 2}').spot("/a") == Spot(1, 15)


def test_refuses_brackets_without_end() -> None:
    """50,000 opening brackets are refused at the 101st, without exhausting the stack."""
    (fault,) = Positions("[" * 50_000).mistakes
    assert (fault.mistake.code, fault.spot) == ("nested-too-deeply", Spot(1, 101))


def test_reads_brackets_up_to_the_limit() -> None:
    """100 lists inside each other are read."""
    assert Positions("[" * 100 + "]" * 100).mistakes == ()


@pytest.mark.parametrize("number", ["9" * 1001, f"0.{'9' * 999}", f"1e{'9' * 30}"])
def test_refuses_a_number_that_nobody_wrote(number: str) -> None:
    """Over 1,000 characters, or an exponent that nothing can hold, is no number of a document."""
    (fault,) = Positions(f"[{number}]").mistakes
    assert (fault.mistake.code, fault.spot) == ("json-syntax", Spot(1, 2))
    assert fault.mistake.message == f"{number[:40]} is not a number that can be read"
    assert _refusal(f"[{number}]") == "json-syntax"


def test_reads_a_number_up_to_the_limit() -> None:
    """A number of 1,000 digits is read."""
    assert Positions(f"[{'9' * 1000}]").mistakes == ()


def test_the_spot_after_a_text() -> None:
    """What follows a text stands one column behind its last line's last character."""
    assert spot_after("") == Spot(1, 1)
    assert spot_after("ab\ncd") == Spot(2, 3)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values, st.sampled_from([None, 0, 2]))
def test_law_every_value_stands_at_its_place(value: object, indent: int | None) -> None:
    """At the place of each pointer stands the text of the value that it leads to."""
    text = json.dumps(value, indent=indent)
    positions = Positions(text)
    assert positions.mistakes == ()
    lines = text.split("\n")
    for pointer in positions:
        spot = positions.spot(pointer)
        rest = "\n".join([lines[spot.line - 1][spot.column - 1 :], *lines[spot.line :]])
        found, _ = json.JSONDecoder().raw_decode(rest)
        assert found == _resolve(value, pointer)


def _resolve(value: Any, pointer: str) -> object:  # noqa: ANN401 - any JSON value
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


@given(json_values, st.data())
def test_law_refuses_what_the_parser_refuses(value: object, data: st.DataObject) -> None:
    """A text with one character changed is refused by both or by neither."""
    text = json.dumps(value)
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.sampled_from('{}[]",:0.e-tx \n\\')) + text[at + 1 :]
    codes = {fault.mistake.code for fault in Positions(changed).mistakes}
    code = _refusal(changed)
    assert code in codes if code else not codes


def _refusal(text: str) -> str | None:
    """The code with which the parser refuses a text."""
    try:
        parse_json(text)
    except InvalidInput as error:
        return error.code
    return None
