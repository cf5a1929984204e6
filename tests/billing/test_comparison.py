"""Expected invoices against what is due: what is not as expected is named, the rest is silent."""

import pytest
from tests.billing.story_files import Doc, load_story, unexpected

STORY = "changes/upgrade-half-way"


def _expecting(invoice: int, member: str, value: object, line: int | None = None) -> Doc:
    document = load_story(STORY)
    target = document["invoices"][invoice]
    (target if line is None else target["lines"][line])[member] = value
    return document


def test_as_expected() -> None:
    """A story whose invoices are the ones expected has no differences."""
    assert unexpected(load_story(STORY)) == []


@pytest.mark.parametrize(
    ("document", "where", "expected", "actual"),
    [
        (_expecting(0, "total", "99"), "invoice 1, 2026-04-01: total", "99", "100.00"),
        (
            _expecting(0, "issued_on", "2026-04-02"),
            "invoice 1, 2026-04-01: issued_on",
            "2026-04-02",
            "2026-04-01",
        ),
        (
            _expecting(1, "amount", "-49", 0),
            "invoice 2, 2026-04-16: fee (credit), 2026-04-16 to 2026-05-01: amount",
            "-49",
            "-50.00",
        ),
        (
            _expecting(0, "fraction", {"used": "29", "full": "30"}, 0),
            "invoice 1, 2026-04-01: fee, 2026-04-01 to 2026-05-01: fraction",
            "{'used': '29', 'full': '30'}",
            "{'used': '30', 'full': '30', 'unit': 'day'}",
        ),
        (
            _expecting(0, "discounts", [{"discount": "ten", "amount": "10"}], 0),
            "invoice 1, 2026-04-01: fee, 2026-04-01 to 2026-05-01: discounts",
            "[{'discount': 'ten', 'amount': '10'}]",
            "[]",
        ),
        (
            _expecting(0, "group", {"region": "eu"}, 0),
            "invoice 1, 2026-04-01: line",
            "fee, 2026-04-01 to 2026-05-01 100",
            "",
        ),
    ],
)
def test_difference(document: Doc, where: str, expected: str, actual: str) -> None:
    """A wrong figure is named with what was expected and what is."""
    found = unexpected(document)[0]
    assert found.where == where
    assert {found.expected, found.actual} >= {actual}
    assert sorted(expected) == sorted(found.expected)


def test_an_unexpected_line() -> None:
    """A line that the story does not list is a difference, unless it is 0."""
    document = load_story(STORY)
    document["invoices"][0]["lines"] = []
    assert [(each.expected, each.actual) for each in unexpected(document)] == [
        ("", "fee, 2026-04-01 to 2026-05-01 100.00")
    ]


def test_lines_of_zero_may_be_missing() -> None:
    """A line of 0 may be expected or not, there or not."""
    document = load_story("usage/monthly-on-an-annual-plan")
    del document["invoices"][1]["lines"][0]
    document["invoices"][2]["lines"].append({"charge": "nothing", "amount": "0"})
    assert unexpected(document) == []


def test_a_line_without_an_amount() -> None:
    """A line may be expected by its period alone."""
    document = load_story(STORY)
    del document["invoices"][0]["lines"][0]["amount"]
    assert unexpected(document) == []
    document["invoices"][0]["lines"][0] = {"subscription": "other"}
    assert unexpected(document)[0].expected == "any charge"


def test_missing_and_additional_invoices() -> None:
    """Invoices that should be there and are not, or the other way round, are differences."""
    document = load_story(STORY)
    document["invoices"].append({"total": "1"})
    document["invoices"].append({"issued_on": "2026-07-01"})
    assert [each.expected for each in unexpected(document)] == [
        "one of any day",
        "one of 2026-07-01",
    ]
    del document["invoices"][2:]
    assert [each.actual for each in unexpected(document)] == ["one of 2026-05-01"]


def test_what_is_not_given_is_not_compared() -> None:
    """An invoice of which nothing is expected is always as expected; null is nothing."""
    document = load_story(STORY)
    document["invoices"] = [{}, {}, {"lines": [{"charge": "fee", "source": None}]}]
    (difference,) = unexpected(document)
    assert difference.expected == "nothing"
