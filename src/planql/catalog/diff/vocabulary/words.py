"""What the rows of the vocabulary are made of: measures, ready terms, makers of terms."""

from collections.abc import Mapping
from typing import Final

from planql.catalog.diff.effects import higher_costs_more
from planql.catalog.diff.records import Measure
from planql.catalog.diff.telling import nothing, part
from planql.catalog.diff.terms import Term, never
from planql.entity import Entity

Rows = Mapping[type[Entity], Mapping[str, Term]]
"""Kind of entity -> member -> its term."""

AMOUNT, QUANTITY, PERCENTAGE, COUNT = (
    Measure.AMOUNT,
    Measure.QUANTITY,
    Measure.PERCENTAGE,
    Measure.COUNT,
)
PLAN: Final = frozenset({""})
USAGE: Final = frozenset({"usage"})
RECURRING: Final = frozenset({"recurring"})
EVERY_PERIOD: Final = USAGE | RECURRING


def cosmetic(words: str) -> Term:
    """A member that is only words."""
    return Term(words, frozen=never, is_cosmetic=True)


def free(words: str, measure: Measure = Measure.TEXT) -> Term:
    """A member that may change in place, and is no price."""
    return Term(words, measure, frozen=never)


NOTHING: Final = Term(tell=nothing)
PART: Final = Term(tell=part)
FLAT_AMOUNT: Final = Term("flat amount", AMOUNT, higher_costs_more, periodic=EVERY_PERIOD)
