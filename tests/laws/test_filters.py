"""Laws of filters: the algebra of and, or, and the pairs of operators that negate each other."""

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.strategies.measuring import (
    Data,
    all_parts,
    any_part,
    condition,
    conditions,
    data,
    filters,
    moderate,
    scalars,
    values,
)

from planql.catalog.filters import Filter
from planql.metering.matching import compile_filter


def matches(tree: Filter, content: Data) -> bool:
    """Whether an event with this data counts."""
    return compile_filter(tree)(content)


@moderate
@given(st.lists(filters, min_size=1, max_size=3), data)
def test_and_is_all_and_or_is_any(parts: list[Filter], content: Data) -> None:
    """An and matches when every part does, an or when one does, whatever the parts are."""
    answers = [matches(part, content) for part in parts]
    assert matches(all_parts(parts), content) is all(answers)
    assert matches(any_part(parts), content) is any(answers)


@moderate
@given(filters, filters, data)
def test_the_order_of_parts_does_not_matter(one: Filter, other: Filter, content: Data) -> None:
    """And and or commute."""
    for join in (all_parts, any_part):
        assert matches(join([one, other]), content) is matches(join([other, one]), content)


@moderate
@given(filters, filters, data)
def test_absorption(one: Filter, other: Filter, content: Data) -> None:
    """A and (A or B) is A, and so is A or (A and B)."""
    answer = matches(one, content)
    assert matches(all_parts([one, any_part([one, other])]), content) is answer
    assert matches(any_part([one, all_parts([one, other])]), content) is answer


@moderate
@given(filters, filters, filters, data)
def test_distribution(one: Filter, two: Filter, three: Filter, content: Data) -> None:
    """A and (B or C) is (A and B) or (A and C)."""
    left = all_parts([one, any_part([two, three])])
    right = any_part([all_parts([one, two]), all_parts([one, three])])
    assert matches(left, content) is matches(right, content)


@moderate
@given(scalars, values)
def test_ne_negates_eq_where_the_property_is_present(wanted: object, value: object) -> None:
    """Exactly one of eq and ne matches a value that is there."""
    equal = matches(condition("a", "eq", wanted), {"a": value})
    assert matches(condition("a", "ne", wanted), {"a": value}) is not equal


@moderate
@given(st.lists(scalars, max_size=4), values)
def test_not_in_negates_in_where_the_property_is_present(
    wanted: list[object], value: object
) -> None:
    """Exactly one of in and not_in matches a value that is there."""
    listed = matches(condition("a", "in", wanted), {"a": value})
    assert matches(condition("a", "not_in", wanted), {"a": value}) is not listed


@moderate
@given(conditions, st.sampled_from([{}, {"a": None, "b": None, "c": None}, {"c": {"d": None}}]))
def test_a_missing_property_matches_nothing(leaf: Filter, content: Data) -> None:
    """Missing or null: no operator matches, negations included."""
    assert not matches(leaf, content)


@moderate
@given(st.lists(scalars, min_size=1, max_size=4), values)
def test_in_is_an_or_of_eq(wanted: list[object], value: object) -> None:
    """A value is in a list when it equals one of its items."""
    either = any_part([condition("a", "eq", item) for item in wanted])
    assert matches(condition("a", "in", wanted), {"a": value}) is matches(either, {"a": value})


@moderate
@given(scalars, scalars)
def test_equality_is_symmetric(one: object, other: object) -> None:
    """What is asked of the filter's value and what of the event's may change places."""
    there = matches(condition("a", "eq", one), {"a": other})
    assert matches(condition("a", "eq", other), {"a": one}) is there


@moderate
@given(scalars, scalars)
def test_numbers_are_less_equal_or_greater(bound: object, value: object) -> None:
    """Of lt, gt and both bounds, exactly one holds for two numbers and none for anything else."""
    content = {"a": value}
    less, more = (matches(condition("a", name, bound), content) for name in ("lt", "gt"))
    at_most, at_least = (matches(condition("a", name, bound), content) for name in ("lte", "gte"))
    assert [less, more, at_most and at_least].count(True) == int(at_most or at_least)
    assert at_most is (less or (at_most and at_least))
    assert at_least is (more or (at_most and at_least))


@moderate
@given(filters, data)
def test_asking_changes_nothing(tree: Filter, content: Data) -> None:
    """A compiled filter is pure: it answers alike twice and leaves the data as it was."""
    before = repr(content)
    ask = compile_filter(tree)
    assert ask(content) is ask(content)
    assert repr(content) == before
