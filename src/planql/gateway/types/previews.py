"""What comes next: the upcoming invoice, and what a change would do."""

from datetime import datetime
from enum import Enum
from fractions import Fraction
from zoneinfo import ZoneInfo

import strawberry
from strawberry import enum_value

from planql.billing import upcoming
from planql.billing.change_previews import ChangePreview as Previewed
from planql.billing.confirmations import Confirmable
from planql.gateway.types.errors import UserError
from planql.gateway.types.invoices import Invoice, InvoiceLine, invoice_view, line_view, sums_due
from planql.gateway.types.money import Money, money


@strawberry.type(
    description="What is invoiced next if nothing more happens, with the usage known now."
)
class UpcomingInvoice:
    """The next time at which something is invoiced."""

    at: datetime | None = strawberry.field(
        description="When it is invoiced; null when no subscription goes on."
    )
    invoices: list[Invoice] = strawberry.field(
        description="One per currency; without lines there is none."
    )
    amounts_due: list[Money] = strawberry.field(
        description="What is to be paid, one amount per currency."
    )
    empty_because: str | None = strawberry.field(
        description="Why there is no invoice; null when there is one."
    )
    notices: list[str] = strawberry.field(
        description="What a person should know, such as a migration that gave way to another."
    )


@strawberry.type(
    description="What a change does: computed as the billing run would, from the same facts."
)
class ChangePreview:
    """A change that did not happen, or has just been stored."""

    at: datetime = strawberry.field(description="When it is asked for.")
    effective_at: datetime = strawberry.field(
        description="When it takes effect; counted in days, that is a local midnight."
    )
    rate_plan: str = strawberry.field(description="Key of the rate plan from then on.")
    version: int = strawberry.field(description="Its version.")
    invoices: list[Invoice] = strawberry.field(
        description="What is invoiced at once, usage so far included; without lines there is none."
    )
    amounts_due: list[Money] = strawberry.field(
        description="What is to be paid at once, one amount per currency."
    )
    empty_because: str | None = strawberry.field(
        description="Why nothing is invoiced at once; null when something is."
    )
    lines: list[InvoiceLine] = strawberry.field(
        description="The credits and debits of the change, whenever they are invoiced; a token "
        "binds them. Usage is not among them: it is an estimate until it is invoiced."
    )
    net: list[Money] = strawberry.field(
        description="What these lines come to, one amount per currency; below 0 is a credit."
    )
    upcoming_invoice: UpcomingInvoice = strawberry.field(
        description="The next invoice after those that are issued at once."
    )
    token: str | None = strawberry.field(
        description="Given to the mutation, it makes sure that what was seen here is what happens; "
        "null where nothing can be confirmed."
    )
    expires_at: datetime | None = strawberry.field(
        description="When the token stops being taken: after 15 minutes, or at the customer's "
        "midnight."
    )


@strawberry.enum(description="What makes a token stale.")
class StaleReason(Enum):
    """Why a token is not taken."""

    EXPIRED = enum_value("expired", description="The preview is too old.")
    MOVED = enum_value(
        "moved",
        description="The same change does something else now: the prices, the subscription or the "
        "invoices have moved.",
    )


@strawberry.type(description="A change that was not made: its preview is out of date.")
class StalePreviewError(UserError):
    """What is seen again before it is confirmed."""

    reason: StaleReason = strawberry.field(description="What made it stale.")
    preview: ChangePreview = strawberry.field(
        description="What the change does now, with a new token."
    )


def upcoming_view(found: upcoming.Upcoming, time_zone: ZoneInfo) -> UpcomingInvoice:
    """The upcoming invoice as the schema shows it; `time_zone` is the customer's."""
    return UpcomingInvoice(
        at=found.at,
        invoices=[invoice_view(each, time_zone) for each in found.invoices],
        amounts_due=sums_due(found.invoices),
        empty_because=found.empty_because or None,
        notices=list(found.notices),
    )


def confirmable_view(found: Confirmable, time_zone: ZoneInfo) -> ChangePreview:
    """A preview with its token as the schema shows it; `time_zone` is the customer's."""
    return preview_view(found.preview, time_zone, found.token, found.expires_at)


def preview_view(
    found: Previewed,
    time_zone: ZoneInfo,
    token: str | None = None,
    expires_at: datetime | None = None,
) -> ChangePreview:
    """A preview as the schema shows it; `time_zone` is the customer's."""
    rate_plan, version = found.plan
    return ChangePreview(
        at=found.at,
        effective_at=found.effective_at,
        rate_plan=rate_plan,
        version=version,
        invoices=[invoice_view(each, time_zone) for each in found.invoices],
        amounts_due=sums_due(found.invoices),
        empty_because=None if found.invoices else _nothing_at_once(found),
        lines=[line_view(each.line, each.currency, time_zone) for each in found.lines],
        net=_net(found),
        upcoming_invoice=upcoming_view(found.upcoming, time_zone),
        token=token,
        expires_at=expires_at,
    )


def _nothing_at_once(found: Previewed) -> str:
    if found.effective_at > found.at:
        return f"it takes effect at {found.effective_at.isoformat()}"
    return "it makes no line that is invoiced at once"


def _net(found: Previewed) -> list[Money]:
    sums: dict[str, Fraction] = {}
    for each in found.lines:
        sums[each.currency] = sums.get(each.currency, Fraction(0)) + each.line.net
    return [money(amount, currency) for currency, amount in sorted(sums.items())]
