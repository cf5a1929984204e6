"""How amounts and quantities are written on charts."""

from fractions import Fraction

import pytest
from matplotlib.figure import Figure

from planql.charts.axes import amount_text, percentage_text, quantity_text, set_amount_axis


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("1234.5", "USD", "$1,234.50"),
        ("-99", "EUR", "-€99.00"),
        ("1000", "JPY", "¥1,000"),
        ("5", "CHF", "CHF 5.00"),
        ("0.005", "USD", "$0.01"),
    ],
)
def test_amounts(amount: str, currency: str, expected: str) -> None:
    """An amount has its symbol, separators and the digits of its currency."""
    assert amount_text(Fraction(amount), currency) == expected


def test_quantities() -> None:
    """A quantity has separators and 6 decimals at most."""
    assert quantity_text(Fraction(100_000, 3)) == "33,333.333333"
    assert quantity_text(Fraction(1500)) == "1,500"


def test_percentages() -> None:
    """A percentage has one decimal at most."""
    assert percentage_text(Fraction(200, 3)) == "66.7 %"


@pytest.mark.parametrize(
    ("high", "low", "expected"),
    [
        (2_500_000, 0, {"$0", "$500,000", "$2,500,000"}),
        (25_000_000, 0, {"$0", "$5M", "$25M"}),
        (15 * 10**9, 0, {"$0", "$2.5B", "$15B"}),
        (0.001, 0, {"$0", "$0.0002", "$0.001"}),
        (1000, -1000, {"-$1,000", "-$500", "$0", "$1,000"}),
    ],
)
def test_labels_of_an_axis(high: float, low: float, expected: set[str]) -> None:
    """Labels have no more decimals than they need; great numbers are short along a whole axis."""
    axes = Figure().subplots()
    axes.set_ylim(low, high)
    set_amount_axis(axes, "USD")
    formatter = axes.yaxis.get_major_formatter()
    assert expected <= {formatter(value, 0) for value in axes.get_yticks()}
