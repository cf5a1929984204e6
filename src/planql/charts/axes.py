"""Axes that people read: currency with thousands separators, quantities, months."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from babel.numbers import get_currency_symbol
from matplotlib.axes import Axes
from matplotlib.ticker import Formatter, MaxNLocator

from planql.money import currency_digits, fixed, grouped, plain, round_half_away

_DAYS_OF_WEEK: Final = 7
_MONTHS_OF_YEAR: Final = 12
_DECIMALS: Final = 6
_UNITS: Final = ((10**10, 10**9, "B"), (10**7, 10**6, "M"), (0, 1, ""))
"""From which greatest number on an axis counts in what, and how that is written."""
_FEW_DAYS: Final = 75
"""Days whose labels are days; a longer range holds two firsts of a month at least."""


def amount_text(amount: Fraction, currency: str) -> str:
    """An amount at the digits of its currency: "$1,234.50", "-€99.00", "¥1,000"."""
    text = grouped(fixed(abs(amount), currency_digits(currency)))
    return f"{'-' if amount < 0 else ''}{_symbol(currency)}{text}"


def quantity_text(quantity: Fraction) -> str:
    """A quantity with separators, to 6 decimals at most: "1,500", "33.333333"."""
    return grouped(plain(round_half_away(quantity, _DECIMALS)))


def percentage_text(percentage: Fraction) -> str:
    """A percentage to one decimal: "63.4 %"."""
    return f"{plain(round_half_away(percentage, 1))} %"


def set_amount_axis(axes: Axes, currency: str) -> None:
    """The upright axis in money, with at most 7 labels and no more decimals than they need."""
    axes.yaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(_Labels(_symbol(currency)))


def set_quantity_axis(axes: Axes, top: float, label: str) -> None:
    """The level axis in a quantity from 0 to `top`."""
    axes.set_xlim(0, top)
    axes.xaxis.set_major_locator(MaxNLocator(9, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(_Labels(""))
    axes.set_xlabel(label)


def set_day_axis(axes: Axes, days: Sequence[date], most: int) -> None:
    """The level axis in days: the first of each month, or single days where there are few.

    Args:
        axes: Whose x is the place of a day in `days`.
        days: One after another.
        most: Labels that fit.
    """
    places: Sequence[int]
    if len(days) <= _FEW_DAYS:
        places = range(0, len(days), _day_step(len(days), most))
        labels = [f"{days[place].day} {days[place]:%b}" for place in places]
    else:
        places = _thinned(list(_month_places(days)), most)
        labels = [_month_label(days[place], is_first=place == places[0]) for place in places]
    axes.set_xlim(0, len(days))
    axes.set_xticks(places, labels, horizontalalignment="left")


def _day_step(count: int, most: int) -> int:
    """Every day, or each so many weeks, `most` labels at most."""
    return 1 if count <= most else _DAYS_OF_WEEK * -(-count // (_DAYS_OF_WEEK * most))


def _month_places(days: Sequence[date]) -> Iterator[int]:
    """The places of the days that begin a month."""
    return (place for place, day in enumerate(days) if day.day == 1)


def _thinned(places: Sequence[int], most: int) -> Sequence[int]:
    """Every place, or each second, third, fourth, sixth, twelfth ... of them, `most` at most."""
    steps = [1, 2, 3, 4, 6, *range(_MONTHS_OF_YEAR, len(places) + _MONTHS_OF_YEAR, _MONTHS_OF_YEAR)]
    step = next(step for step in steps if -(-len(places) // step) <= most)
    return places[::step]


def _month_label(day: date, *, is_first: bool) -> str:
    """The month, with the year where a year begins and on the first label."""
    return f"{day:%b}\n{day.year}" if is_first or day.month == 1 else f"{day:%b}"


class _Labels(Formatter):
    """Labels of numbers: "$1,500", "-$0.25"; "$2.5M" along a whole axis of great numbers."""

    def __init__(self, symbol: str) -> None:
        self._symbol = symbol

    def __call__(self, value: float, pos: int | None = None) -> str:  # noqa: ARG002 - matplotlib's signature
        """The label of `value`."""
        start, end = self.axis.get_view_interval()  # type: ignore[union-attr] # an axis holds it
        greatest = max(abs(start), abs(end))
        unit, letter = next((unit, letter) for least, unit, letter in _UNITS if greatest >= least)
        digits = f"{abs(value) / unit:,.{_DECIMALS}f}".rstrip("0").rstrip(".")
        return f"{'-' if value < 0 else ''}{self._symbol}{digits}{letter if value else ''}"


def _symbol(currency: str) -> str:
    symbol: str = get_currency_symbol(currency, locale="en_US")
    return f"{symbol} " if symbol[-1:].isalpha() else symbol
