"""Every story under tests/cases/invoices bills what was worked out by hand."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from tests.billing.story_files import (
    FOLDER,
    NOTHING,
    Doc,
    due,
    read_story,
    story_files,
    unexpected,
)

from planql.billing.documents import invoice_document
from planql.billing.due import zone_of
from planql.billing.preview import due_in
from planql.billing.reading import read_invoice
from planql.billing.stories import catalog_for

STORIES = story_files()


def _name(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


def _read(path: Path) -> Doc:
    document: Doc = json.loads(path.read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("path", STORIES, ids=_name)
def test_story(path: Path) -> None:
    """The invoices are those that the story expects, each line and sum."""
    document = _read(path)
    assert unexpected(document) == [], document["about"]


@pytest.mark.parametrize("path", STORIES, ids=_name)
def test_sums_and_steps(path: Path) -> None:
    """Steps add up to lines, lines to invoices, and balances go on from one to the next."""
    answer = due(_read(path))
    for invoice in answer["invoices"]:
        lines = invoice["lines"]
        for line in lines:
            steps = sum(Fraction(step["amount"]) for step in line["steps"])
            # A step without a finite expansion is printed with 12 decimals.
            assert abs(steps - Fraction(line["amount"])) < Fraction(1, 10**10)
        taken = [cut for line in lines for cut in line["discounts"]]
        assert Fraction(invoice["subtotal"]) == sum(Fraction(line["amount"]) for line in lines)
        assert Fraction(invoice["discount_total"]) == sum(Fraction(cut["amount"]) for cut in taken)
        total = Fraction(invoice["subtotal"]) - Fraction(invoice["discount_total"])
        assert Fraction(invoice["total"]) == total
        assert Fraction(invoice["amount_due"]) == max(
            total - Fraction(invoice["balance_applied"]), 0
        )


@pytest.mark.parametrize("path", STORIES, ids=_name)
def test_invoices_read_back(path: Path) -> None:
    """An invoice that is read from its document prints the same document."""
    story = read_story(_read(path))
    zone = zone_of(story.customer, catalog_for(story, NOTHING))
    for invoice in due_in(story, NOTHING).invoices:
        printed = invoice_document(invoice, zone)
        assert invoice_document(read_invoice(printed, zone), zone) == printed


@pytest.mark.parametrize("path", STORIES, ids=_name)
def test_story_says_what_it_shows(path: Path) -> None:
    """A story is called as its file, and says in words what it works out."""
    document = _read(path)
    assert document["key"] == path.stem
    assert len(document["about"]) > len(document["key"])


def test_ids_are_unique() -> None:
    """No two lines of a story have the same id."""
    for path in STORIES:
        lines = [line for invoice in due(_read(path))["invoices"] for line in invoice["lines"]]
        ids = [line["id"] for line in lines]
        assert len(ids) == len(set(ids)), path
