"""The sentences of a comment, and how amounts and plans are written in it."""

from fractions import Fraction
from pathlib import Path

import pytest

from planql.catalog.snapshot import Catalog
from planql.cli.reporters.comment_text import money, ratio, signed, versions
from planql.impact.comparisons import PlanPair
from planql.sources import load

BASE = Path(__file__).resolve().parents[2] / "cases" / "comment" / "base"


def base() -> Catalog:
    """A catalog with version 1 of plan "pro"."""
    catalog = load(BASE).catalog
    assert catalog is not None
    return catalog


@pytest.mark.parametrize(
    ("amount", "currency", "plain", "change"),
    [
        ("5", "USD", "$5.00", "+$5.00"),
        ("-5", "USD", "-$5.00", "-$5.00"),
        ("1234567.005", "USD", "$1,234,567.01", "+$1,234,567.01"),
        ("0.004", "USD", "$0.00", "no change"),
        ("-0.004", "EUR", "€0.00", "no change"),
        ("0.5", "JPY", "¥1", "+¥1"),
    ],
)
def test_amounts(amount: str, currency: str, plain: str, change: str) -> None:
    """To the digits of the currency, half away from zero, the sign before the symbol."""
    assert money(Fraction(amount), currency) == plain
    assert signed(Fraction(amount), currency) == change


def test_percentages() -> None:
    """One decimal, half away from zero; a dash for none."""
    shown = [ratio(Fraction("66.65")), ratio(Fraction(-5)), ratio(None)]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown] == ["66.7 %", "-5.0 %", "—"]


def test_versions() -> None:
    """Both versions, or the one where it is the same or the only one."""
    plan = base().rate_plan("pro", 1)
    pairs = [PlanPair("pro", plan, plan), PlanPair("pro", None, plan), PlanPair("pro", plan, None)]
    shown = [versions(pair).replace("\N{NO-BREAK SPACE}", " ") for pair in pairs]
    assert shown == ["<b>pro</b> v1", "<b>pro</b> v1", "<b>pro</b> v1 → —"]
