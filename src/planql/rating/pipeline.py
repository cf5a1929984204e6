"""The order in which a charge is rated, written once.

::

    measured quantity
      -> included units -> model -> proration -> rounding      one line (per group)
      -> cap                                                   shared over the groups
      -> charge-scoped discounts -> minimum                    planql.rating.discounts, .minimums

Source: RULES 5 (docs/rules/rating.md).
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from planql.aggregations import Count, Sum
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import Charge, UsageCharge
from planql.charge_models import PercentageModel
from planql.charge_models.scales import AMOUNT_SCALE
from planql.errors import InvalidInput
from planql.metering.measured import Measured, MeasuredGroup, RejectedEvent
from planql.money import added_up
from planql.rating.events import event_steps
from planql.rating.lines import RatedLine, Rating, capped
from planql.rating.prepared import ONE, ZERO, PreparedCharge, note_on, prepare

_ADDITIVE: Final = (Count, Sum)
"""Aggregations whose groups add up to the whole."""


def rate_quantity(  # noqa: PLR0913 - three of them say how a part of a period differs
    charge: Charge,
    currency: str,
    quantity: Fraction | None,
    *,
    proration: Fraction = ONE,
    allowance: Fraction = ONE,
    free_units: Fraction = ZERO,
) -> Rating:
    """What `charge` costs for one `quantity`: rounded and capped, before discounts and minimum.

    Args:
        charge: A valid charge (`planql.catalog.checks.require_valid_charge`).
        currency: An ISO 4217 code.
        quantity: Before included units; None and negative quantities are rated as 0.
        proration: What the model's amount is multiplied by: the part of a period.
        allowance: What included units and the cap are multiplied by.
        free_units: Units of discounts, added to the included units before `allowance`.

    Raises:
        InvalidInput: `events-needed`, when the charge prices events one by one.
    """
    prepared = prepare(charge, currency, allowance=allowance, free_units=free_units)
    return rate_prepared(charge, prepared, quantity, proration)


def rate_prepared(
    charge: Charge, prepared: PreparedCharge, quantity: Fraction | None, proration: Fraction = ONE
) -> Rating:
    """`rate_quantity` of a charge that is prepared already.

    Raises:
        InvalidInput: `events-needed`, when the charge prices events one by one.
    """
    model = charge.model
    if model.type == "percentage" and model.is_per_event:
        raise InvalidInput(
            "events-needed",
            f'charge "{charge.key}" prices each event; a quantity alone cannot be rated',
            pointer="/quantity",
            hint="rate its events instead of a quantity",
        )
    line = prepared.line(quantity, proration)
    if prepared.cap is not None:
        [line] = capped([line], prepared.cap_amount, prepared.digits)
    return Rating(quantity, line.amount, (line,))


def rate_measured(
    charge: UsageCharge, prepared: PreparedCharge, measured: Measured, meter: Meter
) -> Rating:
    """What `charge` costs for measured usage: a line per group, the cap over their sum.

    The quantity is the sum over the groups when the meter counts or sums; with `group_by` and any
    other aggregation there is none.

    Args:
        charge: A valid charge (`planql.catalog.checks.require_valid_charge`).
        prepared: The same, made ready to be rated.
        measured: What the charge's meter measured.
        meter: The charge's.
    """
    lines = [_line(charge, prepared, group) for group in measured.groups]
    return _rating(lines, prepared, _quantity(charge, meter, lines), measured.rejected)


def _line(charge: UsageCharge, prepared: PreparedCharge, group: MeasuredGroup) -> RatedLine:
    model = charge.model
    if not (model.type == "percentage" and model.is_per_event):
        return prepared.line(group.quantity, group=group.group)
    steps = event_steps(model, _units_on_events(charge, model, prepared), group.events)
    amount = sum((step.amount for step in steps), ZERO) * AMOUNT_SCALE
    note = "" if steps else note_on(group.quantity)
    return prepared.rounded(group.quantity, amount, steps, group.group, note)


def _units_on_events(
    charge: UsageCharge, model: PercentageModel, prepared: PreparedCharge
) -> Fraction:
    """Units that cover events.

    Included events alone are free whatever their value; free units of discounts have nothing more
    to cover there, so that a discount never raises a price.
    """
    events_alone = model.included_events is not None and not charge.included_units
    return ZERO if events_alone else prepared.included_units


def _quantity(charge: UsageCharge, meter: Meter, lines: Sequence[RatedLine]) -> Fraction | None:
    if not charge.group_by:
        return lines[0].quantity
    if not isinstance(meter.aggregation, _ADDITIVE):
        return None
    return sum((line.quantity or ZERO for line in lines), ZERO)


def _rating(
    lines: Sequence[RatedLine],
    prepared: PreparedCharge,
    quantity: Fraction | None,
    rejected: tuple[RejectedEvent, ...] = (),
) -> Rating:
    after_cap = capped(lines, prepared.cap_amount, prepared.digits)
    return Rating(
        quantity=quantity,
        amount=added_up(line.amount for line in after_cap),
        lines=after_cap,
        rejected_events=rejected,
    )
