"""The words of pricing: one row for each member of a document.

Owns: what each member is called, what its change does to the price, and whether it is frozen.
Does not own: what any of that means (`planql.catalog.diff.terms`).

A member without a row is called by its name, is no price, and is frozen where its document is: to
say more about a new member, or a new kind of document, add a row to the module of its noun.

Source: RULES 10.2 (docs/rules/versions.md).
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from planql.catalog.diff.telling import table
from planql.catalog.diff.terms import Term, never
from planql.catalog.diff.vocabulary import company, discounts, models, plans, usage
from planql.catalog.diff.vocabulary.words import NOTHING, Rows, cosmetic
from planql.entity import Entity

COMMON: Final[Mapping[str, Term]] = {
    "schema_reference": NOTHING,
    "key": NOTHING,
    "name": cosmetic("name"),
    "description": cosmetic("description"),
    "metadata": Term('metadata "{}"', frozen=never, is_cosmetic=True, tell=table),
}
"""Members that mean the same wherever they stand."""

TERMS: Final[Rows] = {
    **plans.ROWS,
    **models.ROWS,
    **discounts.ROWS,
    **usage.ROWS,
    **company.ROWS,
}
"""Every row; a kind of entity also has the rows of the kinds it derives from."""


@cache
def term_of(kind: type[Entity], member: str) -> Term:
    """The term of a member: its own row, else that of all members so called, else its name."""
    rows = [TERMS[base] for base in kind.__mro__ if base in TERMS]
    found = next((row[member] for row in rows if member in row), None)
    return found or COMMON.get(member) or Term(member.replace("_", " "))
