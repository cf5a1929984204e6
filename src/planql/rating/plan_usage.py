"""Recorded usage of many customers, rated by one version of a rate plan, with totals per charge.

Every customer is rated on its own: tiers and included units start afresh for each. Amounts are
before discounts and minimums, which belong to a subscription.

Source: RULES 3 and 5 (docs/rules/rating.md).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planql.catalog.meters import Meter
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.metering.events import UsageEvent
from planql.metering.measure import measure
from planql.metering.measured import RejectedEvent
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.rating.lines import Rating
from planql.rating.pipeline import rate_measured
from planql.rating.prepared import ZERO, PreparedCharge, prepare


@dataclass(frozen=True, slots=True)
class ChargeUsage:
    """What the usage of one charge comes to over all customers.

    Attributes:
        charge: Key of the charge.
        name: As on the invoice.
        customers: How many have a quantity other than 0.
        quantity: Sum of their quantities; customers without a value add nothing.
        amount: Sum of their amounts, each rounded and capped, before discounts and minimums.
        rejected_events: Events that do not count.
    """

    charge: str
    name: str
    customers: int
    quantity: Fraction
    amount: Fraction
    rejected_events: tuple[RejectedEvent, ...]


def by_customer(events: Iterable[UsageEvent]) -> dict[str, list[UsageEvent]]:
    """The events of each subject, in input order; those without one belong to the subject ""."""
    customers: dict[str, list[UsageEvent]] = {}
    for event in events:
        customers.setdefault(event.subject, []).append(event)
    return customers


def rate_plan_usage(
    plan: RatePlan,
    meter_of: Callable[[str], Meter],
    customers: Iterable[Iterable[UsageEvent]],
    period: Span,
) -> tuple[ChargeUsage, ...]:
    """What the usage charges of `plan` come to for `customers` in `period`.

    Args:
        plan: One version; its other charges are passed over.
        meter_of: The meter that a key names.
        customers: The events of each.
        period: The billing period, which is also the full one.
    """
    charges = [charge for charge in plan.charges if isinstance(charge, UsageCharge)]
    metered = [
        (charge, prepare(charge, plan.currency), meter_of(charge.meter)) for charge in charges
    ]
    rows = [
        [_rating(*each, usage, period) for each in metered]
        for usage in (Usage(tuple(events)) for events in customers)
    ]
    return tuple(
        _total(charge, [row[index] for row in rows]) for index, charge in enumerate(charges)
    )


def _rating(
    charge: UsageCharge, prepared: PreparedCharge, meter: Meter, usage: Usage, period: Span
) -> Rating:
    measured = measure(charge, meter, usage, period, period)
    return rate_measured(charge, prepared, measured, meter)


def _total(charge: UsageCharge, ratings: Sequence[Rating]) -> ChargeUsage:
    return ChargeUsage(
        charge=charge.key,
        name=charge.name,
        customers=sum(any(line.quantity for line in rating.lines) for rating in ratings),
        quantity=sum((rating.quantity or ZERO for rating in ratings), ZERO),
        amount=sum((rating.amount for rating in ratings), ZERO),
        rejected_events=tuple(event for rating in ratings for event in rating.rejected_events),
    )
