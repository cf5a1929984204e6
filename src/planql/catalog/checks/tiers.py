"""Rules about the tiers of a charge model; pointers are relative to the model.

Source: RULES 4.1 (docs/rules/charge-models.md).
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from planql.charge_models import (
    ChargeModel,
    Graduated,
    GraduatedPercentage,
    Stairstep,
    Tier,
    Volume,
)
from planql.charge_models.tiers import TierBase
from planql.problems import Mistake, escape_pointer

Tiers = Sequence[TierBase]
TierRule = Callable[[Tiers], Iterator[Mistake]]


def check_tiers(model: ChargeModel) -> Iterator[Mistake]:
    """Every rule about the tiers of a model; nothing for a model without tiers."""
    if isinstance(model, Graduated | Volume | Stairstep | GraduatedPercentage):
        for rule in TIER_RULES:
            yield from rule(model.tiers)


def check_some(tiers: Tiers) -> Iterator[Mistake]:
    """A charge model with tiers has at least one."""
    if not tiers:
        hint = 'add at least {"up_to": null, ...}'
        yield Mistake("no-tiers", '"tiers" is empty; it needs at least one tier', "/tiers", hint)


def check_order(tiers: Tiers) -> Iterator[Mistake]:
    """Each tier ends above the end of the tier before it."""
    bounded = [(i, tier.up_to) for i, tier in enumerate(tiers) if tier.up_to is not None]
    for (before, lower), (index, upper) in pairwise(bounded):
        if upper <= lower:
            yield Mistake(
                "tier-order",
                f'tier {index + 1} ends at "{upper:f}", but tier {before + 1} already ends at '
                f'"{lower:f}"',
                _pointer(index, "up_to"),
                'tiers must be in ascending order of "up_to"',
            )


def check_closed(tiers: Tiers) -> Iterator[Mistake]:
    """The last tier is open; where another one is, that one is the mistake."""
    bounds = [tier.up_to for tier in tiers]
    if bounds and bounds[-1] is not None and None not in bounds:
        last = len(bounds)
        yield Mistake(
            "tier-closed",
            f'tier {last}, the last one, ends at "{bounds[-1]:f}"; what is above has no price',
            _pointer(last - 1, "up_to"),
            'write "up_to": null in the last tier; to limit what is due, write a "cap"',
        )


def check_open(tiers: Tiers) -> Iterator[Mistake]:
    """Only the last tier is open."""
    for index, tier in enumerate(tiers[:-1]):
        if tier.up_to is None:
            yield Mistake(
                "tier-open",
                f"tier {index + 1} of {len(tiers)} is open, so the tiers after it are never used",
                _pointer(index, "up_to"),
                'only the last tier has "up_to": null',
            )


def check_priced(tiers: Tiers) -> Iterator[Mistake]:
    """A tier has a unit amount, a flat amount, or both."""
    for index, tier in enumerate(tiers):
        if isinstance(tier, Tier) and tier.unit_amount is None and tier.flat_amount is None:
            yield Mistake(
                "tier-without-price",
                f'tier {index + 1} has neither "unit_amount" nor "flat_amount"',
                _pointer(index),
                'add one of them; free units have "unit_amount": "0"',
            )


TIER_RULES: Final[tuple[TierRule, ...]] = (
    check_some,
    check_order,
    check_closed,
    check_open,
    check_priced,
)


def _pointer(index: int, *members: str) -> str:
    return "/tiers" + escape_pointer(index, *members)
