"""Accrual: the lines of an invoice spread over the days that they are for.

::

    fee        100.00 of 1 to 31 May    3.23 3.23 3.23 ... 3.22     largest remainder
    usage      by running price         0    4.10 0    ... 2.35     telescopes to the line
    discount   of the charge            in proportion to the day's revenue above 0
    discount   of plan or invoice       -    -    -    ... whole    on the last day
    top-up     minimum, commitment      -    -    -    ... whole    on the last day

Source: RULES 9.3 (docs/rules/simulation.md).
"""

from collections.abc import Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from planql.money import split
from planql.simulation.day_ranges import Stretch, day_weights, touched
from planql.simulation.entries import Entry


def accrue(entry: Entry, time_zone: ZoneInfo) -> Stretch:
    """A fee, a credit, an adjustment or a top-up on the days of its span, in minor units."""
    span = entry.line.span
    if entry.stands_on_last_day:
        first, count = touched(span, time_zone)
        return Stretch(first + count - 1, [entry.net])
    weights = day_weights(span, time_zone, in_days=entry.line.in_days)
    return Stretch(weights.first, _discounted(split(entry.amount, weights.values), entry))


def accrue_usage(entry: Entry, first: int, prices: Sequence[int], before: Sequence[int]) -> Stretch:
    """Usage on the days on which it happened, in minor units.

    What late usage brings is the difference of two running prices. Where a part of it had been
    paid as a top-up to the minimum, that is taken back on the last day.

    Args:
        entry: The lines of the piece on one invoice.
        first: Ordinal of the piece's first day.
        prices: Of all usage now known, up to the end of each day.
        before: The same as it was billed before; empty when nothing was.
    """
    rises = [later - earlier for earlier, later in pairwise([0, *prices])]
    if before:
        known = [later - earlier for earlier, later in pairwise([0, *before])]
        rises = [rise - earlier for earlier, rise in zip(known, rises, strict=True)]
        rises[-1] += entry.amount - sum(rises)
    return Stretch(first, _discounted(rises, entry))


def _discounted(amounts: list[int], entry: Entry) -> list[int]:
    """After discounts: those of charges by revenue, those of plan and invoice on the last day."""
    own = entry.own_discounts
    if own:
        shares = split(own, [max(amount, 0) for amount in amounts])
        amounts = [amount - share for amount, share in zip(amounts, shares, strict=True)]
    amounts[-1] -= entry.discounts - own
    return amounts
