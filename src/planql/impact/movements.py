"""Customers of one currency: who pays more and less, and how the changes are distributed.

::

    falls                                      rises
    ..., [-10, -5), [-5, 0)       0       (0, 5], (5, 10], ...     percent, or amount a month

Source: RULES 10 (docs/rules/impact.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from planql.impact.figures import Difference, summed
from planql.impact.results import Bucket, CustomerChange, CustomerImpact, Move, Movement
from planql.money import currency_digits

_PERCENTAGES: Final = (5, 10, 20, 50, 100)
"""Bounds of the buckets of a change in percent, on both sides of 0."""

_AMOUNTS: Final = (1, 10, 100, 1_000, 10_000)
"""The same of an amount a month, in hundreds of minor units."""

_HUNDRED_MINOR: Final = 2
"""Digits of a currency whose major unit holds a hundred minor ones."""


def movements(lines: Iterable[CustomerImpact]) -> tuple[Movement, ...]:
    """One movement for each currency, in the order in which they come up."""
    by_currency: dict[str, list[CustomerImpact]] = {}
    for line in lines:
        difference = line.per_month
        if difference is not None:
            by_currency.setdefault(difference.currency, []).append(line)
    return tuple(_movement(same) for same in by_currency.values())


def _movement(lines: Sequence[CustomerImpact]) -> Movement:
    changes = tuple(sorted(_changes(lines), key=lambda each: (each.customer, each.plans)))
    (total,) = summed(each.per_month for each in changes)
    percentages = [each.per_month.revenue_percentage for each in changes]
    known = [percentage for percentage in percentages if percentage is not None]
    amounts = [each.per_month.revenue for each in changes]
    scale = Fraction(10) ** (_HUNDRED_MINOR - currency_digits(total.currency))
    return Movement(
        total,
        changes,
        buckets(known, [Fraction(bound) for bound in _PERCENTAGES]),
        buckets(amounts, [bound * scale for bound in _AMOUNTS]),
    )


def _changes(lines: Iterable[CustomerImpact]) -> Iterator[CustomerChange]:
    """Subscriptions of a customer together; a plan that exported usage was tried on by itself."""
    gathered: dict[tuple[str, str], list[CustomerImpact]] = {}
    for line in lines:
        tried = "" if line.subscription else line.plan.key
        gathered.setdefault((line.customer, tried), []).append(line)
    for (customer, _), same in gathered.items():
        (total,) = summed(_differences(same))
        plans = tuple(sorted({line.plan.key for line in same}))
        moves = [line.moves for line in same if line.moves]
        yield CustomerChange(customer, plans, total, min(moves, key=_day, default=None))


def _differences(lines: Iterable[CustomerImpact]) -> Iterator[Difference]:
    yield from (line.per_month for line in lines if line.per_month)


def _day(move: Move) -> str:
    return move.on.isoformat()


def buckets(changes: Sequence[Fraction], bounds: Sequence[Fraction]) -> tuple[Bucket, ...]:
    """How many changes lie between bounds, falls first; every bucket is there, empty or not.

    Args:
        changes: Signed.
        bounds: Ascending, above 0; they stand on both sides of 0.
    """
    rises = [*pairwise([Fraction(0), *bounds]), (bounds[-1], None)]
    falls = [(None if upper is None else -upper, -lower) for lower, upper in reversed(rises)]
    nothing = Bucket(Fraction(0), Fraction(0), sum(change == 0 for change in changes))
    return (
        *(
            Bucket(low, high, sum(_falls(each, low, high) for each in changes))
            for low, high in falls
        ),
        nothing,
        *(
            Bucket(low, high, sum(_rises(each, low, high) for each in changes))
            for low, high in rises
        ),
    )


def _rises(change: Fraction, lower: Fraction, upper: Fraction | None) -> bool:
    return lower < change and (upper is None or change <= upper)


def _falls(change: Fraction, lower: Fraction | None, upper: Fraction) -> bool:
    return change < upper and (lower is None or lower <= change)
