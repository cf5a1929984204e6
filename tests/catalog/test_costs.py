"""Which row of a cost is in force on a day."""

from datetime import date

import pytest

from planql.catalog.costs import UsageCost, row_in_force
from planql.entity import read_entity

TOKENS = read_entity(
    UsageCost,
    {
        "key": "tokens",
        "type": "usage",
        "meter": "tokens",
        "rows": [
            {"effective_from": "2026-01-01", "unit_costs": {"USD": "0.000003"}},
            {"effective_from": "2026-07-01", "unit_costs": {"USD": "0.000002"}},
        ],
    },
)


@pytest.mark.parametrize(
    ("on", "index"),
    [("2026-01-01", 0), ("2026-06-30", 0), ("2026-07-01", 1), ("2030-01-01", 1)],
)
def test_a_row_holds_from_its_first_day_on(on: str, index: int) -> None:
    """The last row that has begun is in force, on its first day, too."""
    assert row_in_force(TOKENS, date.fromisoformat(on)) is TOKENS.rows[index]


def test_before_the_first_row_there_is_none() -> None:
    """What something cost before anyone wrote it down is not known."""
    assert row_in_force(TOKENS, date(2025, 12, 31)) is None
