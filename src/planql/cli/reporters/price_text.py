"""The price of a charge in words, one line each: what a person would tell a customer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from planql.catalog.meters import Unit
from planql.catalog.rate_plans import Charge
from planql.charge_models import (
    Flat,
    Graduated,
    GraduatedPercentage,
    Package,
    PercentageModel,
    PercentageTier,
    PerUnit,
    Stairstep,
    Tier,
    Volume,
)
from planql.charge_models.tiers import TierBase
from planql.cli.reporters.money_text import money_text, quantity_text
from planql.cli.reporters.nouns import noun_for


@dataclass(frozen=True, slots=True)
class PriceTeller:
    """Says what a charge costs, in its currency and unit.

    Attributes:
        currency: ISO 4217 code of every amount.
        unit: What is counted; its display unit, if any, is the one that prices are told in.
    """

    currency: str
    unit: Unit

    def lines(self, charge: Charge) -> Iterator[str]:
        """What is free, the price, and its limits."""
        if charge.included_units is not None:
            yield f"first {self._quantity(charge.included_units)} included"
        yield from self._model(charge)
        if charge.minimum is not None:
            yield f"at least {self._money(charge.minimum)} per period"
        if charge.cap is not None:
            yield f"at most {self._money(charge.cap)} per period"

    def _model(self, charge: Charge) -> Iterator[str]:
        match charge.model:
            case Flat(amount=amount):
                yield self._money(amount)
            case PerUnit(unit_amount=amount):
                yield self._per_unit(amount)
            case Package() as model:
                begun = "begun" if model.rounding == "up" else "full"
                size = self._quantity(model.package_size)
                yield f"{self._money(model.amount)} per {begun} package of {size}"
            case Graduated(tiers=tiers):
                yield from self._tiers(tiers, "")
            case Volume(tiers=tiers):
                yield "all units at one price, by quantity:"
                yield from self._tiers(tiers, "  ")
            case Stairstep(tiers=tiers):
                yield "one amount, by quantity:"
                yield from self._tiers(tiers, "  ")
            case PercentageModel() as model:
                yield from self._percentage(model)
            case GraduatedPercentage(tiers=tiers):
                yield from self._tiers(tiers, "")
            case other:
                assert_never(other)

    def _percentage(self, model: PercentageModel) -> Iterator[str]:
        parts = [f"{model.percentage:f} %"]
        if model.flat_amount_per_event is not None:
            parts.append(f"+ {self._money(model.flat_amount_per_event)} per event")
        yield " ".join(parts)
        if model.minimum_per_event is not None:
            yield f"at least {self._money(model.minimum_per_event)} per event"
        if model.maximum_per_event is not None:
            yield f"at most {self._money(model.maximum_per_event)} per event"
        if model.included_events is not None:
            yield f"first {quantity_text(model.included_events)} events free"

    def _tiers(self, tiers: Sequence[TierBase], indent: str) -> Iterator[str]:
        """A line per tier, the prices below each other."""
        ranges = _ranges(tiers)
        width = max(map(len, ranges), default=0)
        for range_, tier in zip(ranges, tiers, strict=True):
            yield f"{indent}{range_.ljust(width)}  {self._tier(tier)}"

    def _tier(self, tier: TierBase) -> str:
        parts = []
        if isinstance(tier, Tier) and tier.unit_amount is not None:
            parts.append(self._per_unit(tier.unit_amount))
        if isinstance(tier, PercentageTier):
            parts.append(f"{tier.percentage:f} %")
        if tier.flat_amount is not None:
            parts.append(self._money(tier.flat_amount))
        return " + ".join(parts)

    def _per_unit(self, amount: Decimal) -> str:
        """The price of one unit, or of one display unit."""
        display = self.unit.display
        if amount == 0:
            return "free"
        if display is None:
            return f"{self._money(amount)} per {self.unit.name}"
        return f"{self._money(Fraction(amount) * Fraction(display.per))} per {display.name}"

    def _money(self, amount: Decimal | Fraction) -> str:
        return money_text(amount, self.currency)

    def _quantity(self, quantity: Decimal) -> str:
        return f"{quantity_text(quantity)} {noun_for(quantity, self.unit.name)}"


def _ranges(tiers: Sequence[TierBase]) -> list[str]:
    """Where each tier ends, inclusive; the open one begins above the end of the one before."""
    bounds = [quantity_text(tier.up_to) for tier in tiers if tier.up_to is not None]
    return [*(f"up to {bound}" for bound in bounds), f"above {(bounds or ['0'])[-1]}"]
