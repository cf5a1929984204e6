"""The recurring fees of a plan, for one billing period of a charge."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from planql.catalog.fields import BillingCycle
from planql.catalog.rate_plans import Charge, RatePlan, RecurringCharge
from planql.errors import InvalidInput
from planql.periods import Interval, IntervalUnit
from planql.rating.quantities import declared_quantity
from planql.simulation.curves import PriceCurve, charge_curve, cost_curve, sum_of

_DAYS_OF_WEEK = 7
_MONTHS_OF_YEAR = 12


def with_fees(
    curve: PriceCurve, plan: RatePlan, charge: Charge, quantities: Mapping[str, Decimal]
) -> PriceCurve:
    """The curve of `charge` and the plan's recurring fees together.

    A fee of another billing cycle counts by the length of the charge's: a third of a quarter's fee
    in a month.

    Raises:
        InvalidInput: `missing-quantity` or `quantity-out-of-bounds`, for a fee by seats; a fee
            whose cycle cannot be held against that of the charge.
    """
    fees = Fraction(0)
    for fee in plan.charges:
        if isinstance(fee, RecurringCharge) and fee.key != charge.key:
            share = _ratio(_cycle(charge, plan), _cycle(fee, plan))
            fees += share * _amount(fee, plan.currency, quantities)
    level = cost_curve(plan.currency, curve.top, unit_cost=Fraction(0), fixed=fees, name="fees")
    return sum_of([curve, level], curve.name)


def _amount(fee: RecurringCharge, currency: str, quantities: Mapping[str, Decimal]) -> Fraction:
    """A whole period of a fee, unrounded."""
    given = quantities.get(fee.quantity.name) if fee.quantity else None
    number = declared_quantity(fee.quantity, given, "")
    return charge_curve(fee, currency, max(number, Fraction(1))).amount(number)


def _cycle(charge: Charge, plan: RatePlan) -> BillingCycle:
    return charge.billing_cycle or plan.billing_cycle


def _ratio(one: BillingCycle, other: BillingCycle) -> Fraction:
    """How often the second cycle goes into the first: a month is a third of a quarter."""
    lengths = [_length(cycle.as_interval()) for cycle in (one, other)]
    if lengths[0][0] is not lengths[1][0]:
        raise InvalidInput(
            "billing-cycles",
            "days and months have no ratio, so that the fees of the plan cannot be added",
        )
    return Fraction(lengths[0][1], lengths[1][1])


def _length(interval: Interval) -> tuple[IntervalUnit, int]:
    """An interval in days or in months."""
    match interval.unit:
        case IntervalUnit.WEEK:
            return IntervalUnit.DAY, interval.count * _DAYS_OF_WEEK
        case IntervalUnit.YEAR:
            return IntervalUnit.MONTH, interval.count * _MONTHS_OF_YEAR
        case unit:
            return unit, interval.count
