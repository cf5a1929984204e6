"""What a customer has used since the last invoice, and what that will cost."""

from fractions import Fraction
from zoneinfo import ZoneInfo

import strawberry

from planql.billing import running_usage
from planql.gateway.types.invoices import InvoiceLine, LinePeriod, line_view, span_view
from planql.gateway.types.money import Money, money, optional_money


@strawberry.type(
    description="A usage charge in the period that runs. The amount is what the invoice at its end "
    "would bill for the usage known now."
)
class CurrentUsage:
    """An estimate for a portal."""

    subscription: str = strawberry.field(description="Key of the subscription.")
    meter: str = strawberry.field(description="Key of the meter.")
    charge: str = strawberry.field(description="Key of the charge.")
    period: LinePeriod = strawberry.field(
        description="For what it is billed; a change of the charge splits a period."
    )
    quantity: Fraction | None = strawberry.field(
        description="What was measured; null is no value, or groups that need not add up."
    )
    included_units: Fraction | None = strawberry.field(
        description="Units of it that are free; null where the charge includes none."
    )
    estimated_amount: Money = strawberry.field(
        description="What it costs so far, before discounts."
    )
    cap: Money | None = strawberry.field(
        description="The most that it can cost; null where there is no limit."
    )
    lines: list[InvoiceLine] = strawberry.field(
        description="As it will be invoiced: one line, or one per group."
    )


def usage_view(found: running_usage.RunningUsage, time_zone: ZoneInfo) -> CurrentUsage:
    """A usage charge as the schema shows it; `time_zone` is the customer's."""
    in_days = found.lines[0].in_days if found.lines else True
    return CurrentUsage(
        subscription=found.subscription,
        meter=found.meter,
        charge=found.charge,
        period=span_view(found.span, time_zone, in_days=in_days),
        quantity=found.quantity,
        included_units=found.included_units,
        estimated_amount=money(found.amount, found.currency),
        cap=optional_money(found.cap, found.currency),
        lines=[line_view(each, found.currency, time_zone) for each in found.lines],
    )
