"""Words of rate plans, of what customers agree to with them, and of moves between versions."""

from fractions import Fraction
from typing import Final

from planql.catalog.diff.effects import higher_costs_less, higher_costs_more, limit_lowers
from planql.catalog.diff.models import weigh_models
from planql.catalog.diff.telling import enter_charge, items, keyed, model
from planql.catalog.diff.terms import Term, unless_archived, when_past
from planql.catalog.diff.vocabulary.words import (
    AMOUNT,
    COUNT,
    EVERY_PERIOD,
    NOTHING,
    PART,
    PLAN,
    QUANTITY,
    USAGE,
    Rows,
)
from planql.catalog.migrations import Migration
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

ROWS: Final[Rows] = {
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
            number=lambda _: Fraction(1),
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
    Migration: {"from_version": Term("from version"), "to_version": Term("to version")},
}
