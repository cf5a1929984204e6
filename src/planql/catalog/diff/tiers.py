"""Tiers of two models, brought to the same bounds.

::

    before  |---- up to 100: 50 ----]------------ open: 45 ------------->
    after   |----------- up to 200: 50 -----------]----- open: 45 ------>
                                    ^ 100..200: 45 -> 50, told as "tier up to 200"

A bound that only one side has divides the other side's tier that holds it: what that tier says is
compared as if it had been written for both parts. What is due when the tier is entered belongs to
the first part alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from planql.catalog.diff.terms import Fact, Path

Facts = Mapping[Path, Fact]


def with_stand_ins(facts: Facts, other: Facts) -> Facts:
    """The facts of a document, divided at the bounds that only `other` has."""
    divided = dict(facts)
    missing = [tier for path, tier in other.items() if _is_tier(tier) and path not in facts]
    for tier in sorted(missing, key=_bound):
        holder = _holder(facts, tier)
        if holder is not None:
            for name in tier.term.shared:
                _put(divided, divided.get((*holder, name)), tier, name)
            for name in tier.term.on_entry:
                _put(divided, divided.pop((*holder, name), None), tier, name)
    return divided


def _is_tier(fact: Fact) -> bool:
    return bool(fact.term.shared or fact.term.on_entry) and fact.number is not None


def _bound(tier: Fact) -> Fraction:
    return tier.number or Fraction(0)


def _holder(facts: Facts, tier: Fact) -> Path | None:
    """The tier of a document that holds the upper bound of another document's tier."""
    siblings = [fact for fact in facts.values() if fact.at.path[:-1] == tier.at.path[:-1]]
    holding = [fact for fact in siblings if _is_tier(fact) and _bound(fact) >= _bound(tier)]
    return min(holding, key=_bound).at.path if holding else None


def _put(divided: dict[Path, Fact], fact: Fact | None, tier: Fact, name: str) -> None:
    """Let a fact of the holder be one of the tier."""
    if fact is not None:
        path = (*tier.at.path, name)
        words = fact.term.words + tier.at.about
        divided[path] = replace(fact, at=replace(fact.at, path=path), words=words)
