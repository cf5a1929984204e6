"""What a change of a number does to the price: open functions, one per kind of number.

A number that is left out is None. What that means differs: no included units are 0 of them, no
cap is an infinite one. Every function is odd: swapping its arguments turns up into down.
"""

from collections.abc import Callable
from fractions import Fraction

from planql.catalog.diff.records import Direction

Effect = Callable[[Fraction | None, Fraction | None], Direction]


def no_effect(old: Fraction | None, new: Fraction | None) -> Direction:  # noqa: ARG001 - an Effect
    """Nothing can be said about the price."""
    return Direction.NONE


def higher_costs_more(old: Fraction | None, new: Fraction | None) -> Direction:
    """An amount, a minimum, a percentage; none is 0."""
    before, after = old or 0, new or 0
    return _direction(after > before, after < before)


def higher_costs_less(old: Fraction | None, new: Fraction | None) -> Direction:
    """Included units, a discount, a trial, the size of a package; none is 0."""
    return higher_costs_more(new, old)


def limit_lowers(old: Fraction | None, new: Fraction | None) -> Direction:
    """A cap, a greatest amount: a lower one costs less; none is an infinite one."""
    if old is None or new is None:
        return _direction(new is None, old is None)
    return higher_costs_more(old, new)


def _direction(up: bool, down: bool) -> Direction:
    if up == down:
        return Direction.NONE
    return Direction.UP if up else Direction.DOWN
