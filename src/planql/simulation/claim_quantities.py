"""What was measured of the usage that a claim carries, up to the end of each of its days.

Source: RULES 9.4 (docs/rules/simulation.md).
"""

from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from planql.catalog.filters import Filter
from planql.catalog.rate_plans import UsageCharge
from planql.charge_models import PerUnit
from planql.charge_models.scales import Scaled, scaled_quantity
from planql.metering.measure import measure
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.simulation.claims import Claim
from planql.simulation.placed_usage import place_usage

_ANY: Final = UsageCharge(
    key="any",
    name="Any",
    type="usage",
    meter="any",
    model=PerUnit(type="per_unit", unit_amount=Decimal(0)),
)
"""Measures usage for itself: without a price and without groups."""


def running_quantities(
    claim: Claim, tree: Filter | None, usage: Usage, time_zone: ZoneInfo
) -> list[Scaled]:
    """The quantity up to the end of each day of the claim's span, in units of 10**-12.

    Args:
        claim: Its meter measures, from the beginning of its span on.
        tree: What usage must match, beside the meter's own filter; None is all of it.
        usage: The claim's own.
        time_zone: Whose days count.
    """
    charge = _ANY.model_copy(update={"filter": tree})
    meter, span = claim.meter, claim.span
    placed = place_usage(charge, meter, usage, span, time_zone)
    if meter.aggregation.additive:
        groups = [placed.cumulatives(group) for group in placed.groups]
        return groups[0] if groups else placed.zeros
    active = placed.active()
    found: list[Scaled] = []
    for place, end in enumerate(placed.ends):
        if place in active:
            begun = Span(span.start, end)
            group, *_ = measure(charge, meter, usage, begun, claim.full).groups
            quantity = scaled_quantity(group.quantity or 0)
        found.append(quantity)
    return found
