"""Nouns in the number that goes with a quantity."""

from decimal import Decimal

import pytest

from planql.cli.reporters.nouns import counted, noun_for


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("ticket", "tickets"),
        ("company", "companies"),
        ("day", "days"),
        ("mailbox", "mailboxes"),
        ("batch", "batches"),
    ],
)
def test_nouns_follow_their_quantity(noun: str, plural: str) -> None:
    """One is singular; none, parts and many are plural."""
    assert noun_for(1, noun) == noun
    assert all(noun_for(quantity, noun) == plural for quantity in (0, 2, Decimal("1.5")))


def test_counts_are_grouped() -> None:
    """A number of things, as a person writes it."""
    assert (counted(1, "error"), counted(1000, "file")) == ("1 error", "1,000 files")
