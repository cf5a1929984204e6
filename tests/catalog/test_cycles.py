"""Which billing cycles divide which, whatever the length of the months."""

from typing import Literal

import pytest

from planql.catalog.checks.cycles import divides
from planql.catalog.fields import BillingCycle

Unit = Literal["day", "week", "month", "year"]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (("month", 1), ("year", 1), True),
        (("month", 3), ("year", 1), True),
        (("month", 5), ("year", 1), False),
        (("month", 5), ("year", 5), True),
        (("year", 1), ("month", 24), True),
        (("year", 1), ("month", 6), False),
        (("month", 1), ("month", 1), True),
        (("month", 2), ("month", 1), False),
        (("week", 1), ("month", 1), False),
        (("week", 1), ("year", 1), False),
        (("week", 1), ("day", 14), True),
        (("week", 2), ("week", 3), False),
        (("day", 1), ("month", 1), True),
        (("day", 1), ("year", 1), True),
        (("day", 7), ("week", 1), True),
        (("day", 2), ("week", 1), False),
        (("day", 7), ("month", 1), False),
        (("month", 1), ("day", 30), False),
        (("month", 1), ("week", 4), False),
    ],
)
def test_a_cycle_divides_only_as_a_whole_number(
    part: tuple[Unit, int], whole: tuple[Unit, int], *, expected: bool
) -> None:
    """A cycle divides another when the quotient is whole for every length of month."""
    small = BillingCycle(interval=part[0], interval_count=part[1])
    large = BillingCycle(interval=whole[0], interval_count=whole[1])
    assert divides(small, large) is expected
