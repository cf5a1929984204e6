"""Filters at work: a tree of conditions becomes one function of an event's data.

A missing property (or null) matches nothing, `ne` and `not_in` included. Values are compared by
what they are: booleans equal only booleans, text equals text as it is written, a number equals a
number or a text that plainly says one, by value; everything else is unequal. Nothing fails.

Source: RULES 3.2; INTERFACES, `rate -` (docs/rules/metering.md).
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Final, assert_never

from planql.aggregations.values import Number, as_number, value_at
from planql.catalog.filters import AllOf, AnyOf, Condition, Filter

Matches = Callable[[Mapping[str, object]], bool]
"""Whether an event with this data counts."""

Test = Callable[[object], bool]
"""What a condition asks of a value that is there."""

Order = Callable[[Number, Number], bool]


def compile_filter(tree: Filter) -> Matches:
    """The function that a filter stands for; made once, it is cheap to ask."""
    match tree:
        case AllOf(parts=parts):
            return all_of(*map(compile_filter, parts))
        case AnyOf(parts=parts):
            return _any_of(*map(compile_filter, parts))
        case Condition():
            return _condition(tree.property, _TESTS[tree.operator](tree.value))
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


def _any_of(*parts: Matches) -> Matches:
    return lambda data: any(part(data) for part in parts)


def _condition(path: str, test: Test) -> Matches:
    def matches(data: Mapping[str, object]) -> bool:
        value = value_at(data, path)
        return value is not None and test(value)

    return matches


def _equals(expected: object) -> Test:
    return _one_of((expected,))


def _is_listed(expected: object) -> Test:
    return _one_of(expected if isinstance(expected, tuple) else (expected,))


def _one_of(expected: Sequence[object]) -> Test:
    """Whether a value equals one of those expected, looked up by what it is."""
    booleans = {value for value in expected if isinstance(value, bool)}
    texts = {value for value in expected if isinstance(value, str)}
    numbers = {as_number(value) for value in expected if not isinstance(value, str)} - {None}
    numbers_and_texts = numbers | {as_number(text) for text in texts} - {None}

    def test(value: object) -> bool:
        if isinstance(value, bool):
            return value in booleans
        if isinstance(value, str):
            return value in texts or as_number(value) in numbers
        return as_number(value) in numbers_and_texts

    return test


def _not(make: Callable[[object], Test]) -> Callable[[object], Test]:
    """The negation of a test; like every test it is only asked of a value that is there."""

    def negated(expected: object) -> Test:
        test = make(expected)
        return lambda value: not test(value)

    return negated


def _contains(expected: object) -> Test:
    """Whether a text holds another, as it is written."""
    return lambda value: isinstance(value, str) and isinstance(expected, str) and expected in value


def _exists(_: object) -> Test:
    return lambda _: True


def _compares(order: Order) -> Callable[[object], Test]:
    """Whether a number, or a text that plainly says one, stands in this order to another."""

    def make(expected: object) -> Test:
        bound = as_number(expected)

        def test(value: object) -> bool:
            number = as_number(value)
            return number is not None and bound is not None and order(number, bound)

        return test

    return make


_TESTS: Final[Mapping[str, Callable[[object], Test]]] = {
    "eq": _equals,
    "ne": _not(_equals),
    "in": _is_listed,
    "not_in": _not(_is_listed),
    "gt": _compares(operator.gt),
    "gte": _compares(operator.ge),
    "lt": _compares(operator.lt),
    "lte": _compares(operator.le),
    "contains": _contains,
    "exists": _exists,
}
"""What each operator asks, made from the value it compares with."""
