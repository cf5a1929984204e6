"""Price curves for people: prices by quantity, then where they change places."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planql.cli.screens import print_table
from planql.money import currency_digits, fixed, grouped, plain, round_half_away
from planql.simulation.crossings import Comparison, Order, Stretch
from planql.simulation.curves import CurvePoint, PriceCurve
from planql.simulation.priced_curves import PricedCurves

_QUANTITY_DIGITS: Final = 6
_UNIT_DIGITS: Final = 6
"""Decimals of the price of a unit."""


def print_curves(answer: PricedCurves, console: Console) -> None:
    """Print the table, then a paragraph for each pair of curves, then each break-even."""
    _say(console, f"{answer.unit}, {answer.currency}\n")
    print_table(console, _table(answer))
    for comparison in answer.between:
        _say(console, f"\n{comparison.one.name} and {comparison.other.name}:")
        for line in _places(comparison):
            _say(console, f"  {line}")
    for comparison in answer.break_even:
        _say(console, f"\n{comparison.one.name}:")
        for line in _earnings(comparison):
            _say(console, f"  {line}")
    for remark in answer.remarks:
        _say(console, f"\nno break-even: {remark}")


def _say(console: Console, text: str) -> None:
    console.print(Text(text), soft_wrap=True)


def _table(answer: PricedCurves) -> Table:
    """A row per quantity: each price with the price of a unit, and the cost."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("quantity", justify="right")
    for curve in answer.curves:
        table.add_column(Text(curve.name), justify="right", overflow="fold")
        table.add_column("per unit", justify="right")
    if answer.cost is not None:
        table.add_column("cost", justify="right")
    for quantity in answer.quantities:
        table.add_row(_quantity(quantity), *_cells(answer, quantity))
    return table


def _cells(answer: PricedCurves, quantity: Fraction) -> Iterator[str]:
    digits = currency_digits(answer.currency)
    for curve in answer.curves:
        point = curve.at(quantity)
        yield _amount(point.amount, digits)
        yield _unit_price(point)
    if answer.cost is not None:
        yield _amount(answer.cost.amount(quantity), digits)


def _unit_price(point: CurvePoint) -> str:
    price = point.unit_price
    return "" if price is None else grouped(plain(round_half_away(price, _UNIT_DIGITS)))


def _places(comparison: Comparison) -> Iterator[str]:
    """Which of two prices is lower where."""
    names = {
        Order.LOWER: f"{comparison.one.name} is lower",
        Order.HIGHER: f"{comparison.other.name} is lower",
        Order.EQUAL: "equal",
    }
    for stretch in _worth_saying(comparison):
        where = _where(stretch, comparison.one)
        amount = f" ({_price(stretch, comparison)})" if stretch.is_point else ""
        yield f"{names[stretch.order]} {where}{amount}"


def _earnings(comparison: Comparison) -> Iterator[str]:
    """Where a price earns money, breaks even, loses money."""
    words = {
        Order.LOWER: "loses money",
        Order.HIGHER: "earns money",
        Order.EQUAL: "breaks even",
    }
    for stretch in _worth_saying(comparison):
        where = _where(stretch, comparison.one)
        amount = f" ({_price(stretch, comparison)})" if stretch.is_point else ""
        yield f"{words[stretch.order]} {where}{amount}"


def _worth_saying(comparison: Comparison) -> Iterator[Stretch]:
    """All stretches but that both are equal at quantity 0 alone."""
    for stretch in comparison.stretches:
        if stretch.end > 0 or len(comparison.stretches) == 1:
            yield stretch


def _price(stretch: Stretch, comparison: Comparison) -> str:
    digits = currency_digits(comparison.one.currency)
    amount = _amount(comparison.one.amount(stretch.start), digits)
    return f"{amount} {comparison.one.currency}"


def _where(stretch: Stretch, curve: PriceCurve) -> str:
    """A range of quantities: "above 5,500, below 6,000", "up to 500", "at 200"."""
    if stretch.is_point:
        return f"at {_quantity(stretch.start)}"
    reaches_top = stretch.includes_end and stretch.end == curve.top
    if stretch.start == 0 and reaches_top:
        return f"from 0 to {_quantity(stretch.end)}"
    start = f"{'from' if stretch.includes_start else 'above'} {_quantity(stretch.start)}"
    end = f"{'up to' if stretch.includes_end else 'below'} {_quantity(stretch.end)}"
    if stretch.start == 0:
        return end
    return start if reaches_top else f"{start}, {end}"


def _amount(amount: Fraction, digits: int) -> str:
    return grouped(fixed(amount, digits))


def _quantity(quantity: Fraction) -> str:
    return grouped(plain(round_half_away(quantity, _QUANTITY_DIGITS)))
