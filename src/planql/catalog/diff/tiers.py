"""Tiers of two models, brought to the same bounds.

::

    before  |---- up to 100: 50 ----]------------ open: 45 ------------->
    after   |----------- up to 200: 50 -----------]----- open: 45 ------>
                                    ^ 100..200: 45 -> 50, told as "tier up to 200"

A bound that only one side has divides the other side's tier that holds it: what that tier says is
compared as if it had been written for both parts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planql.catalog.diff.terms import Fact, Path

Facts = Mapping[Path, Fact]


def with_stand_ins(facts: Facts, other: Facts) -> Facts:
    """The facts of a document, and what they say of the tiers that only `other` has."""
    return {**facts, **dict(_stand_ins(facts, other))}


def _stand_ins(facts: Facts, other: Facts) -> Iterator[tuple[Path, Fact]]:
    for path, tier in other.items():
        if not tier.term.stand_ins or tier.number is None or path in facts:
            continue
        holder = _holder(facts, tier)
        if holder is not None:
            yield from _taken(facts, holder.at.path, tier)


def _holder(facts: Facts, tier: Fact) -> Fact | None:
    """The tier of a document that holds the upper bound of another document's tier."""
    siblings = [
        fact
        for path, fact in facts.items()
        if path[:-1] == tier.at.path[:-1] and fact.number is not None
    ]
    holding = [fact for fact in siblings if (fact.number or 0) >= (tier.number or 0)]
    return min(holding, key=lambda fact: fact.number or 0, default=None)


def _taken(facts: Facts, holder: Path, tier: Fact) -> Iterator[tuple[Path, Fact]]:
    """What the holder says, as if it had been written for the tier."""
    for name in tier.term.stand_ins:
        fact = facts.get((*holder, name))
        if fact is not None:
            path = (*tier.at.path, name)
            yield path, replace(fact, at=replace(fact.at, path=path), is_stand_in=True)
