"""Laws of costs: which row is in force on a day."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planql.catalog.checks.costs import check_row_order
from planql.catalog.costs import CostRow, SubscriptionDayCost, row_in_force
from planql.entity import read_entity

FIRST = date(2026, 1, 1)
days = st.integers(min_value=0, max_value=60).map(lambda number: FIRST + timedelta(days=number))


def cost(starts: list[date]) -> SubscriptionDayCost:
    """A cost whose rows begin on these days."""
    rows: list[Any] = [{"effective_from": f"{day}", "unit_costs": {"USD": "1"}} for day in starts]
    document = {"key": "hosting", "type": "subscription_day", "rows": rows}
    return read_entity(SubscriptionDayCost, document)


def start(row: CostRow | None) -> date | None:
    """The day on which a row begins."""
    return None if row is None else row.effective_from


@given(st.lists(days, unique=True, max_size=6).map(sorted), days)
def test_the_row_in_force_is_the_latest_that_has_begun(starts: list[date], on: date) -> None:
    """No row that has begun is later than the one in force; before the first there is none."""
    begun = [day for day in starts if day <= on]
    assert start(row_in_force(cost(starts), on)) == max(begun, default=None)


@given(st.lists(days, min_size=1, max_size=6, unique=True).map(sorted), days)
def test_a_later_row_changes_nothing_before_it(starts: list[date], on: date) -> None:
    """What was in force on a day stays so, whatever rows are added after it."""
    *earlier, last = starts
    if on < last:
        assert start(row_in_force(cost(earlier), on)) == start(row_in_force(cost(starts), on))


@given(st.lists(days, max_size=6))
def test_rows_in_order_are_the_ones_that_pass(starts: list[date]) -> None:
    """The check of the order passes exactly what is strictly ascending."""
    ascends = starts == sorted(set(starts))
    assert (list(check_row_order(cost(starts))) == []) == ascends
