"""Filters at work: a tree of conditions becomes one function of an event's data.

A missing property (or null) matches nothing, `ne` and `not_in` included. Values are compared by
what they are: booleans equal only booleans, text equals text as it is written, a number equals a
number or a text that plainly says one, by value; everything else is unequal. Nothing fails.

Source: RULES 3.2; INTERFACES, `rate -` (docs/rules/metering.md).
"""

import operator
from collections.abc import Callable, Mapping
from typing import Final, assert_never

from planql.aggregations.values import Number, as_number, value_at
from planql.catalog.filters import AllOf, AnyOf, Condition, Filter

Matches = Callable[[Mapping[str, object]], bool]
"""Whether an event with this data counts."""

_ORDERS: Final[dict[str, Callable[[Number, Number], bool]]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def compile_filter(tree: Filter) -> Matches:
    """The function that a filter stands for; made once, it is cheap to ask."""
    match tree:
        case AllOf(parts=parts):
            return all_of(*map(compile_filter, parts))
        case AnyOf(parts=parts):
            return any_of(*map(compile_filter, parts))
        case Condition():
            return _condition(tree.property, _test(tree))
        case _:
            assert_never(tree)


def all_of(*parts: Matches) -> Matches:
    """Matches when every part does; without parts, always."""
    match parts:
        case ():
            return lambda _: True
        case (only,):
            return only
        case (first, second):
            return lambda data: first(data) and second(data)
        case _:
            return lambda data: all(part(data) for part in parts)


def any_of(*parts: Matches) -> Matches:
    """Matches when at least one part does."""
    return lambda data: any(part(data) for part in parts)


def equal(left: object, right: object) -> bool:
    """Whether two values are equal by what they are; neither is converted to a boolean."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    number = as_number(left)
    return number is not None and number == as_number(right)


def _condition(path: str, test: Callable[[object], bool]) -> Matches:
    def matches(data: Mapping[str, object]) -> bool:
        value = value_at(data, path)
        return value is not None and test(value)

    return matches


def _test(condition: Condition) -> Callable[[object], bool]:
    """What is asked of a value that is there."""
    expected = condition.value
    match condition.operator:
        case "eq" | "in":
            return _one_of(expected)
        case "ne" | "not_in":
            return _none_of(expected)
        case "contains":
            return lambda value: _contains(value, expected)
        case "exists":
            return lambda _: True
        case "gt" | "gte" | "lt" | "lte" as name:
            return _compares(_ORDERS[name], as_number(expected))
        case _:
            assert_never(condition.operator)


def _one_of(expected: object) -> Callable[[object], bool]:
    values = expected if isinstance(expected, tuple) else (expected,)
    return lambda value: any(equal(value, candidate) for candidate in values)


def _none_of(expected: object) -> Callable[[object], bool]:
    listed = _one_of(expected)
    return lambda value: not listed(value)


def _contains(value: object, part: object) -> bool:
    return isinstance(value, str) and isinstance(part, str) and part in value


def _compares(
    order: Callable[[Number, Number], bool], bound: Number | None
) -> Callable[[object], bool]:
    def test(value: object) -> bool:
        number = as_number(value)
        return number is not None and bound is not None and order(number, bound)

    return test
