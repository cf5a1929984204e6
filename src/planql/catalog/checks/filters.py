"""The rule about filters; pointers are relative to the document that has one.

Source: INTERFACES, `rate -` (docs/rules/metering.md).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from planql.catalog.filters import AllOf, AnyOf, Condition, Filter
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.entity import describe
from planql.errors import InvalidInput
from planql.money import parse_decimal
from planql.problems import Mistake, escape_pointer


def check_meter_filter(meter: Meter) -> Iterator[Mistake]:
    """The values of a meter's filter are of the kind their operators compare with."""
    if meter.filter is not None:
        yield from check_filter(meter.filter, "/filter")


def check_charge_filters(plan: RatePlan) -> Iterator[Mistake]:
    """The values of charges' filters are of the kind their operators compare with."""
    for index, charge in enumerate(plan.charges):
        if isinstance(charge, UsageCharge) and charge.filter is not None:
            yield from check_filter(charge.filter, escape_pointer("charges", index, "filter"))


def check_filter(filter_: Filter, pointer: str) -> Iterator[Mistake]:
    """A condition's value is of the kind that its operator compares with."""
    match filter_:
        case AllOf(parts=parts):
            yield from _check_parts(parts, f"{pointer}/and")
        case AnyOf(parts=parts):
            yield from _check_parts(parts, f"{pointer}/or")
        case Condition():
            yield from _check_condition(filter_, pointer)
        case other:
            assert_never(other)


def _check_parts(parts: tuple[Filter, ...], pointer: str) -> Iterator[Mistake]:
    for index, part in enumerate(parts):
        yield from check_filter(part, pointer + escape_pointer(index))


def _check_condition(condition: Condition, pointer: str) -> Iterator[Mistake]:
    wanted, fits = _wanted(condition)
    if fits:
        return
    absent = condition.value is None
    found = "it has none" if absent else f"{describe(condition.value)} is not one"
    yield Mistake(
        "filter-operator",
        f'"{condition.operator}" takes {wanted}; {found}',
        pointer if absent else f"{pointer}/value",
        'a filter that can never match would count nothing; to ask for presence use "exists"',
    )


def _wanted(condition: Condition) -> tuple[str, bool]:
    """What the operator takes, and whether the condition's value is that."""
    value = condition.value
    match condition.operator:
        case "exists":
            return "no value", value is None
        case "in" | "not_in":
            return "a list with at least one item", isinstance(value, tuple) and bool(value)
        case "eq" | "ne":
            return "a single value", value is not None and not isinstance(value, tuple)
        case "contains":
            return "a text", isinstance(value, str)
        case "gt" | "gte" | "lt" | "lte":
            return "a number", _is_numeric(value)
        case other:
            assert_never(other)


def _is_numeric(value: object) -> bool:
    """Whether `value` is a number, or text that is one."""
    if not isinstance(value, str):
        return isinstance(value, int | Decimal) and not isinstance(value, bool)
    try:
        parse_decimal(value)
    except InvalidInput:
        return False
    return True
