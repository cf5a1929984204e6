"""The charge models, evaluated tier by tier and event by event."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tests.oracle.metering import Event
from tests.oracle.numerals import Doc, RefusedError, number, price

ZERO = Fraction(0)
PER_EVENT = (
    "flat_amount_per_event",
    "minimum_per_event",
    "maximum_per_event",
    "included_events",
)
TIERED = ("graduated", "volume", "stairstep", "graduated_percentage")


@dataclass(frozen=True)
class Step:
    """One tier that was entered: its number, the quantity in it and what it costs."""

    tier: int
    quantity: Fraction
    amount: Fraction


@dataclass(frozen=True)
class Priced:
    """The unrounded amount of one quantity, with the tiers it entered."""

    amount: Fraction
    steps: tuple[Step, ...] = ()


def _positive(text: object) -> Fraction:
    value = number(text)
    if value <= 0:
        raise RefusedError(f"must be above zero: {text!r}")
    return value


def check_tiers(tiers: Sequence[Doc]) -> None:
    """Refuse bounds that do not rise or do not end open."""
    if not tiers or tiers[-1]["up_to"] is not None:
        raise RefusedError("the last tier must be open")
    bounds = [ZERO]
    for tier in tiers[:-1]:
        if tier["up_to"] is None:
            raise RefusedError("only the last tier is open")
        bounds.append(_positive(tier["up_to"]))
    if any(upper <= lower for lower, upper in pairwise(bounds)):
        raise RefusedError("bounds must rise")


def check(model: Doc) -> None:
    """Refuse a model whose numbers or tiers break RULES 4."""
    if model["type"] in TIERED:
        check_tiers(model["tiers"])
    for holder in (model, *model.get("tiers", [])):
        for name, value in holder.items():
            if name in ("type", "tiers", "rounding", "up_to", "flat_amount_at_zero"):
                continue
            price(value)
    if model["type"] == "package":
        _positive(model["package_size"])


def needs_events(model: Doc) -> bool:
    """Return whether the model has parts per event."""
    return any(name in model for name in PER_EVENT)


def _tier_price(model: Doc, tier: Doc) -> tuple[Fraction, Fraction]:
    flat = number(tier.get("flat_amount", "0"))
    if model["type"] == "graduated_percentage":
        return flat, number(tier["percentage"]) / 100
    return flat, number(tier.get("unit_amount", "0"))


def _graduated(model: Doc, quantity: Fraction) -> Priced:
    steps = []
    lower = ZERO
    for place, tier in enumerate(model["tiers"], start=1):
        upper = quantity if tier["up_to"] is None else min(quantity, number(tier["up_to"]))
        inside = upper - lower
        flat, unit = _tier_price(model, tier)
        if inside > 0:
            steps.append(Step(place, inside, inside * unit + flat))
            lower = upper
    return Priced(sum((step.amount for step in steps), ZERO), tuple(steps))


def _whole(model: Doc, quantity: Fraction) -> Priced:
    for place, tier in enumerate(model["tiers"], start=1):
        if tier["up_to"] is None or quantity <= number(tier["up_to"]):
            flat, unit = _tier_price(model, tier)
            amount = flat + (ZERO if model["type"] == "stairstep" else quantity * unit)
            return Priced(amount, (Step(place, quantity, amount),))
    raise RefusedError("the last tier must be open")


def _tiers(model: Doc, quantity: Fraction) -> Priced:
    if quantity <= 0:
        first = number(model["tiers"][0].get("flat_amount", "0"))
        return Priced(first if model.get("flat_amount_at_zero") else ZERO)
    graduated = model["type"] in ("graduated", "graduated_percentage")
    return _graduated(model, quantity) if graduated else _whole(model, quantity)


def _package(model: Doc, quantity: Fraction) -> Priced:
    packages = quantity / number(model["package_size"])
    down = packages.numerator // packages.denominator
    up = -(-packages.numerator // packages.denominator)
    count = down if model.get("rounding") == "down" else up
    return Priced(count * price(model["amount"]))


def _one_event(model: Doc, value: Fraction, covered: Fraction) -> Fraction:
    if covered == value and value > 0:
        return ZERO
    flat = number(model.get("flat_amount_per_event", "0"))
    amount = (value - covered) * number(model["percentage"]) / 100 + flat
    if "minimum_per_event" in model:
        amount = max(amount, number(model["minimum_per_event"]))
    if "maximum_per_event" in model:
        amount = min(amount, number(model["maximum_per_event"]))
    return amount


def _per_event(model: Doc, events: Sequence[Event], included: Fraction) -> Priced:
    free = model.get("included_events")
    count = None if free is None else number(free)
    total = ZERO
    left = included
    for place, event in enumerate(events):
        first = count is None or place < count
        if first and count is not None and included == 0:
            continue
        covered = min(left, max(event.value, ZERO)) if first else ZERO
        left -= covered
        total += _one_event(model, event.value, covered)
    return Priced(total)


def amount_of(
    model: Doc, quantity: Fraction | None, events: Sequence[Event], included: Fraction
) -> Priced:
    """Return what a quantity costs, after its included units."""
    if needs_events(model):
        return _per_event(model, events, included)
    billed = max((quantity or ZERO) - included, ZERO)
    if model["type"] == "flat":
        return Priced(price(model["amount"]))
    if model["type"] == "per_unit":
        return Priced(billed * price(model["unit_amount"]))
    if model["type"] == "package":
        return _package(model, billed)
    if model["type"] == "percentage":
        return Priced(billed * number(model["percentage"]) / 100)
    return _tiers(model, billed)
