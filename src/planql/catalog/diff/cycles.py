"""How many of one billing cycle fit into another, so that amounts of both can be compared."""

from fractions import Fraction
from typing import Final

from planql.periods import Interval, IntervalUnit

_DAYS: Final = {IntervalUnit.DAY: 1, IntervalUnit.WEEK: 7}
_MONTHS: Final = {IntervalUnit.MONTH: 1, IntervalUnit.YEAR: 12}


def cycle_ratio(old: Interval, new: Interval) -> Fraction | None:
    """Length of `new` over the length of `old`: 12 from a month to a year.

    Returns:
        None where no number is true of every month: from weeks to months.
    """
    for lengths in (_DAYS, _MONTHS):
        if old.unit in lengths and new.unit in lengths:
            return Fraction(lengths[new.unit] * new.count, lengths[old.unit] * old.count)
    return None
