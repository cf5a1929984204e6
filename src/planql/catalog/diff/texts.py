"""Values of documents in words, for people who compare them."""

import json
from datetime import date
from decimal import Decimal
from functools import singledispatch

from planql.catalog.fields import BillingCycle, cycle_text
from planql.catalog.filters import AllOf, AnyOf, Condition
from planql.discounts import Forever, Once, Repeating


@singledispatch
def value_text(value: object) -> str:
    """A value as it is shown: numbers as they were written, everything else in words."""
    return str(value)


@value_text.register
def _(value: bool) -> str:
    return "yes" if value else "no"


@value_text.register
def _(value: Decimal) -> str:
    return f"{value:f}"


@value_text.register(date)
def _(value: date) -> str:
    return value.isoformat()


@value_text.register(tuple)
def _(value: tuple[object, ...]) -> str:
    return ", ".join(value_text(item) for item in value)


@value_text.register
def _(value: BillingCycle) -> str:
    return cycle_text(value)


@value_text.register(AllOf)
@value_text.register(AnyOf)
@value_text.register(Condition)
def filter_text(condition: AllOf | AnyOf | Condition) -> str:
    """A filter: `region in ["eu", "us"] and (tier eq "gold" or beta exists)`."""
    if isinstance(condition, Condition):
        name, operator = condition.property, condition.operator
        value = "" if operator == "exists" else f" {_compared_text(condition.value)}"
        return f"{name} {operator}{value}"
    joint = " and " if isinstance(condition, AllOf) else " or "
    return joint.join(_part_text(part) for part in condition.parts)


@value_text.register(Once)
@value_text.register(Repeating)
@value_text.register(Forever)
def duration_text(duration: Once | Repeating | Forever) -> str:
    """How long a discount acts: "3 billing periods"."""
    if isinstance(duration, Repeating):
        return f"{duration.cycles} billing periods"
    return "1 billing period" if isinstance(duration, Once) else "for ever"


def _part_text(part: AllOf | AnyOf | Condition) -> str:
    return filter_text(part) if isinstance(part, Condition) else f"({filter_text(part)})"


def _compared_text(value: object) -> str:
    """What a condition compares with, as JSON writes it; numbers to the digit."""
    if isinstance(value, tuple):
        return f"[{', '.join(_compared_text(item) for item in value)}]"
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
