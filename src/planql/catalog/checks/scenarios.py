"""Rules about one scenario, and about assumed usage that stands in no scenario.

Source: RULES 9.1 (docs/rules/costs-and-scenarios.md).
"""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from planql.catalog.checks.pointers import check_repeated_items, repetitions, under
from planql.catalog.scenarios import AssumedUsage, DailySeries, MonthlyTotal, Scenario
from planql.problems import Mistake, escape_pointer

WEEK: Final = 7
"""Weights in a week's shape."""

LONGEST_SERIES: Final = 3660
"""Most days of a daily series: ten years."""


def check_scenario(scenario: Scenario) -> Iterator[Mistake]:
    """Every rule that one scenario can break by itself; pointers are relative to it."""
    yield from check_repeated_items("rate_plans", scenario.rate_plans)
    yield from under("/usage", check_assumed_usage(scenario.usage))


def check_assumed_usage(usage: Sequence[AssumedUsage]) -> Iterator[Mistake]:
    """Every rule that a list of assumed usage can break; pointers are relative to the list."""
    yield from check_usage_once(usage)
    for index, assumed in enumerate(usage):
        prefix = escape_pointer(index, "quantity")
        yield from under(prefix, check_weekdays(assumed))
        yield from under(prefix, check_series(assumed))


def check_usage_once(usage: Sequence[AssumedUsage]) -> Iterator[Mistake]:
    """Usage of a meter with the same properties is assumed once."""
    kinds = [(assumed.meter, _text(assumed.properties)) for assumed in usage]
    for index, first in repetitions(kinds):
        yield Mistake(
            "repeated-usage",
            f'usage of meter "{usage[index].meter}" with these properties is assumed twice',
            escape_pointer(index),
            "add the quantities up, or tell them apart by their properties",
            related=(escape_pointer(first),),
        )


def check_weekdays(assumed: AssumedUsage) -> Iterator[Mistake]:
    """A week's shape has seven weights, not all of them 0; the pointer is the quantity's."""
    quantity = assumed.quantity
    weekdays = quantity.weekdays if isinstance(quantity, MonthlyTotal) else None
    if weekdays is None or (len(weekdays) == WEEK and any(weekdays)):
        return
    found = "all weights are 0" if len(weekdays) == WEEK else f"there are {len(weekdays)} weights"
    yield Mistake(
        "weekday-weights",
        f"{found}; a week has seven days, some of them with usage",
        "/weekdays",
        'write Monday to Sunday: ["1", "1", "1", "1", "1", "0", "0"]',
    )


def check_series(assumed: AssumedUsage) -> Iterator[Mistake]:
    """A daily series has at least one day and at most ten years of them."""
    series = assumed.quantity.quantities if isinstance(assumed.quantity, DailySeries) else None
    if series is not None and not 1 <= len(series) <= LONGEST_SERIES:
        yield Mistake(
            "daily-series-length",
            f"the series has {len(series)} days; it takes 1 to {LONGEST_SERIES}",
            "/quantities",
            'what repeats is written as "monthly" or "level"',
        )


def _text(properties: dict[str, object] | None) -> str:
    """Properties as text that is the same for the same properties, whatever their order."""
    return json.dumps(properties, sort_keys=True, default=str)
