"""The words of pricing: one row for each member of a document.

Owns: what each member is called, what its change does to the price, and whether it is frozen.
Does not own: what any of that means (`planql.catalog.diff.terms`).

A member without a row is called by its name, is no price, and is frozen where its document is: to
say more about a new member, or a new kind of document, add a row.

Source: RULES 10.2 (docs/rules/versions.md).
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Final

from planql.aggregations.base import AggregationBase
from planql.catalog.costs import CostBase, CostRow
from planql.catalog.diff.effects import higher_costs_less, higher_costs_more, limit_lowers
from planql.catalog.diff.models import weigh_models
from planql.catalog.diff.records import Measure
from planql.catalog.diff.telling import (
    enter_charge,
    items,
    keyed,
    model,
    money_table,
    nothing,
    part,
    table,
    tier_bound,
    tier_name,
)
from planql.catalog.diff.terms import Term, never, unless_added, unless_archived, when_past
from planql.catalog.meters import DisplayUnit, Meter, QuantityRounding, Unit
from planql.catalog.migrations import Migration
from planql.catalog.products import AgentType, Product
from planql.catalog.rate_plans import (
    ChargeBase,
    DeclaredQuantity,
    OneTimeCharge,
    Proration,
    RatePlan,
    RecurringCharge,
    Trial,
    UsageCharge,
)
from planql.catalog.scenarios import AssumedUsage, DailySeries, Level, MonthlyTotal, Scenario
from planql.catalog.settings import CatalogSettings, Guardrails
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
from planql.discounts import (
    DiscountBase,
    Duration,
    FixedAmountDiscount,
    FreeUnitsDiscount,
    Once,
    PercentageDiscount,
    Repeating,
)
from planql.entity import Entity

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
FOR_EVER: Final = Fraction(10**9)
"""More billing periods than anyone subscribes for."""


def cycles_of(duration: Duration) -> Fraction:
    """In how many billing periods a discount acts."""
    if isinstance(duration, Repeating):
        return Fraction(duration.cycles)
    return Fraction(1) if isinstance(duration, Once) else FOR_EVER


def one(_: object) -> Fraction:
    """The number of something that is there or not."""
    return Fraction(1)


def is_up(rounding: str) -> Fraction:
    """1 where a package that is begun counts."""
    return Fraction(rounding == "up")


def cosmetic(words: str) -> Term:
    """A member that is only words."""
    return Term(words, frozen=never, is_cosmetic=True)


def free(words: str, measure: Measure = Measure.TEXT) -> Term:
    """A member that may change in place, and is no price."""
    return Term(words, measure, frozen=never)


def tiers(*shared: str, on_entry: str = "") -> Term:
    """The tiers of a model, and what of them holds for each part or is due on entry."""
    return Term(
        "tier",
        tell=keyed(tier_name),
        number=tier_bound,
        shared=frozenset(shared),
        on_entry=frozenset(filter(None, [on_entry])),
    )


NOTHING: Final = Term(tell=nothing)
PART: Final = Term(tell=part)
AT_ZERO: Final = Term("flat amount due without usage", effect=higher_costs_more)
UNIT_PRICE: Final = Term("unit price", AMOUNT, higher_costs_more, periodic=RECURRING)
FLAT_AMOUNT: Final = Term("flat amount", AMOUNT, higher_costs_more, periodic=EVERY_PERIOD)
PERCENT: Final = Term("percentage", PERCENTAGE, higher_costs_more)
GROWTH: Final = Term("growth per month", PERCENTAGE)

COMMON: Final[Mapping[str, Term]] = {
    "schema_reference": NOTHING,
    "key": NOTHING,
    "name": cosmetic("name"),
    "description": cosmetic("description"),
    "metadata": Term('metadata "{}"', frozen=never, is_cosmetic=True, tell=table),
}
"""Members that mean the same wherever they stand."""

TERMS: Final[Mapping[type[Entity], Mapping[str, Term]]] = {
    RatePlan: {
        "version": NOTHING,
        "status": Term("status", frozen=unless_archived),
        "billing_cycle": Term("billing cycle"),
        "effective_from": Term("first day", frozen=when_past),
        "trial": PART,
        "proration": PART,
        "charges": Term(
            "charge",
            effect=higher_costs_more,
            tell=keyed(lambda charge: charge.key, "", enter_charge),
            number=one,
            covers=True,
        ),
        "discounts": Term("automatic discount", effect=higher_costs_less, tell=items),
        "minimum_commitment": Term("minimum commitment", AMOUNT, higher_costs_more, periodic=PLAN),
        "prorate_allowances": Term("proration of allowances"),
    },
    Trial: {
        "days": Term("days of trial", COUNT, higher_costs_less),
        "bill_usage": Term("usage billed during the trial", effect=higher_costs_more),
    },
    Proration: {"basis": Term("proration")},
    ChargeBase: {
        "type": Term("type of charge"),
        "model": Term("charge model", tell=model, covers=True, weigh=weigh_models),
        "billing_cycle": Term("billing cycle of its own"),
        "included_units": Term("included units", QUANTITY, higher_costs_less, periodic=USAGE),
        "cap": Term("cap", AMOUNT, limit_lowers, periodic=EVERY_PERIOD),
        "minimum": Term("minimum", AMOUNT, higher_costs_more, periodic=EVERY_PERIOD),
        "prorate_allowances": Term("proration of allowances"),
        "discounts": Term("automatic discount", effect=higher_costs_less, tell=items),
    },
    OneTimeCharge: {"quantity": PART},
    RecurringCharge: {"timing": Term("timing"), "quantity": PART},
    DeclaredQuantity: {
        "name": Term("declared quantity"),
        "minimum": Term("least quantity", QUANTITY, higher_costs_more),
        "maximum": Term("greatest quantity", QUANTITY),
    },
    UsageCharge: {"group_by": Term("group", tell=items)},
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
    Meter: {"aggregation": PART, "rounding": PART, "unit": PART, "measures": free("measures")},
    AggregationBase: {"type": Term("aggregation")},
    QuantityRounding: {
        "mode": Term("rounding of the quantity"),
        "digits": Term("digits of the rounded quantity", COUNT),
    },
    Unit: {"name": cosmetic("unit"), "display": PART},
    DisplayUnit: {"name": cosmetic("display unit"), "per": cosmetic("units in a display unit")},
    DiscountBase: {
        "type": Term("type of discount"),
        "charges": Term("charge", tell=items),
        "duration": Term("duration", effect=higher_costs_less, number=cycles_of),
        "code": free("code"),
        "starts_at": free("start of redemption"),
        "ends_at": free("end of redemption"),
        "max_redemptions": free("redemptions in all", COUNT),
        "max_per_customer": free("redemptions per customer", COUNT),
        "products": Term("product", frozen=never, tell=items),
        "rate_plans": Term("rate plan", frozen=never, tell=items),
    },
    PercentageDiscount: {"percentage": Term("percentage", PERCENTAGE, higher_costs_less)},
    FixedAmountDiscount: {
        "amounts": Term(
            "amount in {}", AMOUNT, higher_costs_less, frozen=unless_added, tell=money_table
        ),
    },
    FreeUnitsDiscount: {"units": Term("free units", QUANTITY, higher_costs_less)},
    Product: {"features": Term("feature", is_cosmetic=True, tell=items)},
    AgentType: {
        "actions": Term("action", tell=keyed(lambda each: each.key, 'action "{}"')),
        "outcomes": Term("outcome", tell=keyed(lambda each: each.key, 'outcome "{}"')),
    },
    CatalogSettings: {
        "invoice_grace_hours": Term("hours before an invoice is issued", COUNT),
        "guardrails": PART,
    },
    Guardrails: {
        "max_increase_percentage": Term("greatest increase of a price", PERCENTAGE),
        "min_margin_percentage": Term("least margin of a scenario", PERCENTAGE),
    },
    Migration: {"from_version": Term("from version"), "to_version": Term("to version")},
    CostBase: {
        "type": Term("type of cost"),
        "rows": Term(
            "row of costs", tell=keyed(lambda row: str(row.effective_from), "costs from {}")
        ),
        "products": Term("product", tell=items),
    },
    CostRow: {
        "effective_from": NOTHING,
        "unit_costs": Term("unit cost in {}", AMOUNT, tell=money_table),
        "note": cosmetic("note"),
    },
    Scenario: {
        "rate_plans": Term("rate plan", tell=items),
        "customers": Term("customers", COUNT),
        "quantities": Term('declared quantity "{}"', QUANTITY, tell=table),
        "usage": Term("usage", tell=keyed(lambda usage: usage.meter, 'usage of "{}"')),
    },
    AssumedUsage: {
        "meter": NOTHING,
        "quantity": PART,
        "properties": Term('property "{}"', tell=table),
        "event_value": Term("size of an event", QUANTITY),
    },
    MonthlyTotal: {"total": Term("total per month", QUANTITY), "growth_percentage": GROWTH},
    DailySeries: {"quantities": Term("quantities by day")},
    Level: {"quantity": Term("quantity on each day", QUANTITY), "growth_percentage": GROWTH},
}
"""Kind of entity -> member -> its term; a kind also has the rows of the kinds it derives from."""


@cache
def term_of(kind: type[Entity], member: str) -> Term:
    """The term of a member: its own row, else that of all members so called, else its name."""
    rows = [TERMS[base] for base in kind.__mro__ if base in TERMS]
    found = next((row[member] for row in rows if member in row), None)
    return found or COMMON.get(member) or Term(member.replace("_", " "))
