"""Words of charge models and of their tiers."""

from fractions import Fraction
from typing import Final

from planql.catalog.diff.effects import higher_costs_less, higher_costs_more, limit_lowers
from planql.catalog.diff.telling import keyed, tier_bound, tier_name
from planql.catalog.diff.terms import Term
from planql.catalog.diff.vocabulary.words import (
    AMOUNT,
    FLAT_AMOUNT,
    NOTHING,
    PERCENTAGE,
    QUANTITY,
    RECURRING,
    USAGE,
    Rows,
)
from planql.charge_models import (
    Flat,
    Graduated,
    GraduatedPercentage,
    Package,
    PercentageModel,
    PerUnit,
    Stairstep,
    Volume,
)
from planql.charge_models.tiers import PercentageTier, Tier, TierBase


def is_up(rounding: str) -> Fraction:
    """1 where a package that is begun counts."""
    return Fraction(rounding == "up")


def tiers(*shared: str, on_entry: str = "") -> Term:
    """The tiers of a model, and what of them holds for each part or is due on entry."""
    return Term(
        "tier",
        tell=keyed(tier_name),
        number=tier_bound,
        shared=frozenset(shared),
        on_entry=frozenset(filter(None, [on_entry])),
    )


AT_ZERO: Final = Term("flat amount due without usage", effect=higher_costs_more)
UNIT_PRICE: Final = Term("unit price", AMOUNT, higher_costs_more, periodic=RECURRING)
PERCENT: Final = Term("percentage", PERCENTAGE, higher_costs_more)

ROWS: Final[Rows] = {
    Flat: {"type": NOTHING, "amount": FLAT_AMOUNT},
    PerUnit: {"type": NOTHING, "unit_amount": UNIT_PRICE},
    Package: {
        "type": NOTHING,
        "amount": Term("price of a package", AMOUNT, higher_costs_more, periodic=RECURRING),
        "package_size": Term("units in a package", QUANTITY, higher_costs_less),
        "rounding": Term("rounding of packages", effect=higher_costs_more, number=is_up),
    },
    PercentageModel: {
        "type": NOTHING,
        "percentage": PERCENT,
        "flat_amount_per_event": Term("amount per event", AMOUNT, higher_costs_more),
        "minimum_per_event": Term("least amount per event", AMOUNT, higher_costs_more),
        "maximum_per_event": Term("greatest amount per event", AMOUNT, limit_lowers),
        "included_events": Term("included events", QUANTITY, higher_costs_less, periodic=USAGE),
    },
    Graduated: {
        "type": NOTHING,
        "flat_amount_at_zero": AT_ZERO,
        "tiers": tiers("unit_amount", on_entry="flat_amount"),
    },
    GraduatedPercentage: {
        "type": NOTHING,
        "flat_amount_at_zero": AT_ZERO,
        "tiers": tiers("percentage", on_entry="flat_amount"),
    },
    Volume: {
        "type": NOTHING,
        "flat_amount_at_zero": AT_ZERO,
        "tiers": tiers("unit_amount", "flat_amount"),
    },
    Stairstep: {"type": NOTHING, "flat_amount_at_zero": AT_ZERO, "tiers": tiers("flat_amount")},
    TierBase: {"up_to": NOTHING, "flat_amount": FLAT_AMOUNT},
    Tier: {"unit_amount": UNIT_PRICE},
    PercentageTier: {"percentage": PERCENT},
}
